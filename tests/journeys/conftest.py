"""A headless browser that refuses to be content with a page that is merely there.

Every page visited through ``Visit`` is checked: no axe finding of any impact, nothing in the
console, no request to another host, no script or style refused by the policy.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.journeys import chromium

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}
# Where DANVAN_PICTURES names a folder, each visited page is kept there to be looked at.
PICTURES = os.environ.get("DANVAN_PICTURES")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    found = chromium.find()
    if found is None:
        pytest.fail("Không có Chromium: chạy ./run test để cài.")
    path, environment = found
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, args=ARGUMENTS, env={**os.environ, **environment}
        )
        yield launched
        launched.close()


@dataclass
class Visit:
    """One person at one screen."""

    page: Any
    home: str
    complaints: list[str] = field(default_factory=list)

    def hear(self, text: str) -> None:
        """A form sent back with its errors (422) or a conflict (409) is an answer, no fault."""
        if not re.search(r"status of (422|409)", text):
            self.complaints.append(text)

    def go(self, address: str) -> Visit:
        self.page.goto(self.home + address)
        return self.look()

    def click(self, words: str, role: str = "button", exact: bool = True) -> Visit:
        self.page.get_by_role(role, name=words, exact=exact).first.click()
        self.page.wait_for_load_state()
        return self.look()

    def look(self, name: str = "") -> Visit:
        """Checks the page in view and keeps a picture if asked to."""
        from axe_playwright_python.sync_playwright import Axe
        from playwright.sync_api import Error

        self.page.wait_for_load_state("networkidle")
        try:
            found = Axe().run(self.page).response["violations"]
        except Error:
            # The click's own navigation arrived only now: look at the page it leads to.
            self.page.wait_for_load_state("networkidle")
            found = Axe().run(self.page).response["violations"]
        said = [f"{v['id']}: {[n['html'][:160] for n in v['nodes'][:3]]}" for v in found]
        assert not said, f"{self.page.url}: {said}"
        assert not self.complaints, f"{self.page.url}: {self.complaints}"
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        assert not wide, f"{self.page.url}: trang rộng hơn màn hình"
        if PICTURES and name:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{PICTURES}/{name}.png")
        return self


@pytest.fixture
def visit(browser: Any, live_server: Any) -> Iterator[Callable[..., Visit]]:
    """``visit(person)`` opens a signed-in browser for a Person (None: nobody signed in)."""
    opened = []

    def start(person: Any = None, size: dict[str, int] = DESKTOP) -> Visit:
        context = browser.new_context(viewport=size, locale="vi-VN", accept_downloads=True)
        opened.append(context)
        if person is not None:
            client = Client()
            client.force_login(person.user)
            value = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        page = context.new_page()
        seen = Visit(page, live_server.url)
        page.on("console", lambda m: m.type == "error" and seen.hear(m.text))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on(
            "request",
            lambda r: (
                r.url.startswith(("http:", "https:"))
                and not r.url.startswith(live_server.url)
                and seen.complaints.append(f"request off the server: {r.url}")
            ),
        )
        return seen

    yield start
    for context in opened:
        context.close()
