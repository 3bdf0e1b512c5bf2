"""A cheap telephone: every page is looked at with 360 px (axe, console) and again with 320."""

from __future__ import annotations

import re
from typing import Any

from tests.journeys.conftest import PHONE, Visit

SMALL = {"width": 320, "height": 640}
# What a framework, a library or a hurried hand leaves in English on a page for everybody.
ENGLISH = re.compile(
    r"\b(save|submit|search|next|previous|delete|error|required|this field|page not|login|"
    r"choose|upload|select|enter a|warning|closed|none|true|false|server)\b",
    re.IGNORECASE,
)
WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > room + 1)
    .slice(0, 4).map(e => e.outerHTML.slice(0, 120));
}"""


class Phone:
    """One person at one small screen."""

    def __init__(self, seat: Visit) -> None:
        self.seat, self.page = seat, seat.page

    def go(self, address: str, name: str = "") -> Phone:
        self.page.goto(self.seat.home + address)
        return self.see(name)

    def follow(self, words: str, name: str = "") -> Phone:
        """A link, by its words."""
        return self.press(words, name, role="link")

    def press(self, words: str, name: str = "", role: str = "button") -> Phone:
        """A button, by its words; whatever it asks back is agreed to."""
        main = self.page.locator("body")
        main.get_by_role(role, name=words, exact=True).first.click()
        dialog = self.page.get_by_role("dialog")
        if role == "button" and dialog.is_visible():
            dialog.get_by_role("button", name=words, exact=True).click()
        self.page.wait_for_load_state()
        return self.see(name)

    def see(self, name: str = "") -> Phone:
        """No finding of axe, not blank, no English, no wider than the screen, here nor at 320."""
        self.seat.look(name)
        said = self.page.locator("main").inner_text()
        assert len(said.split()) > 8, f"{self.page.url}: gần như trống: {said!r}"
        foreign = ENGLISH.search(self.page.locator("body").inner_text())
        assert not foreign, f"{self.page.url}: {foreign and foreign.group()}"
        self.page.set_viewport_size(SMALL)
        wide = self.page.evaluate(WIDE)
        self.page.set_viewport_size(PHONE)
        assert not wide, f"{self.page.url} ở 320 px: {wide}"
        return self

    def fill(self, **typed: str) -> Phone:
        """Fields by their names."""
        for name, words in typed.items():
            self.page.locator(f"main [name={name}]:visible").first.fill(words)
        return self

    def wrong_at(self, field: str) -> str:
        """What is said at a field; the field says itself that it is wrong."""
        box: Any = self.page.locator(f"main [name={field}]:visible").first
        assert box.get_attribute("aria-invalid") == "true", f"{field} không báo sai"
        told = [
            self.page.locator(f"#{i}")
            for i in (box.get_attribute("aria-describedby") or "").split()
        ]
        return " ".join(each.inner_text() for each in told if each.count())

    def text(self) -> str:
        words: str = self.page.locator("main").inner_text()
        return words
