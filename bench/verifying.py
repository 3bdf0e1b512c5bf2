"""Forty criteria verified by keyboard in Chromium: keystrokes, and seconds the verifier waits.

Asked are forty an hour. What the product takes of that hour is measured (from the chord that
gives a mark until the next criterion stands there with the caret in its box); what is left is
told as time to read the proof of each. Every fourth mark is lowered and given a reason.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import time
from typing import Any

FORTY, DAY = 40, dt.date(2023, 10, 17)
REASON = "Thiếu sổ theo dõi"


def run() -> list[str]:
    """On the migrated, empty database of this process. Needs a Chromium."""
    from django.db import connection

    from bench import serving
    from danvan.accounts.models import User

    queue = _setting_up()
    cookie = serving.cookie_of(User.objects.get(username="noi-vu"))
    with serving.server(DANVAN_TODAY=DAY.isoformat()) as port:
        waits, strokes = _verified(f"http://127.0.0.1:{port}", cookie, queue)
    _all_given(queue)
    spent = sum(waits)
    return [
        f"verifying {len(waits)} criteria by keyboard ({connection.vendor}): {strokes} keystrokes, "
        f"{spent:.0f} s waited (median {statistics.median(waits) * 1000:.0f} ms, longest "
        f"{max(waits) * 1000:.0f} ms); of an hour {(3600 - spent) / FORTY:.0f} s are left to read "
        "each"
    ]


def _setting_up() -> list[int]:
    """Scores the office has to verify, sheet by sheet."""
    from decimal import Decimal

    from danvan.kernel import clock
    from danvan.scoring.models import Score
    from tests import city as small
    from tests.scoring import factory

    with clock.set_to(DAY):
        city = small.build()
        a_round = factory.round_for(city)
        for key in ("phuong-1", "phuong-2", "xa-tan-binh", "tu-phap", "van-hoa"):
            factory.submitted(a_round, city, key, share=Decimal("0.9"))
    mine = Score.objects.filter(verifier=city.units["noi-vu"]).exclude(claimed=None)
    rows = mine.order_by("sheet", "criterion__order").values_list("pk", flat=True)
    return list(rows[:FORTY])


def _all_given(queue: list[int]) -> None:
    from danvan.scoring.models import Score

    given = Score.objects.filter(pk__in=queue, verified__isnull=False).count()
    if given != len(queue):
        raise RuntimeError(f"only {given} of {len(queue)} marks were kept")


def _verified(address: str, cookie: str, queue: list[int]) -> tuple[list[float], int]:
    from playwright.sync_api import sync_playwright

    from tests.journeys import chromium
    from tests.journeys.conftest import ARGUMENTS, DESKTOP

    found = chromium.find()
    if found is None:
        raise SystemExit("bench: no Chromium")
    path, environment = found
    name, _, value = cookie.partition("=")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=ARGUMENTS, env={**os.environ, **environment}
        )
        context = browser.new_context(viewport=DESKTOP, locale="vi-VN")
        context.add_cookies([{"name": name, "value": value, "url": address}])
        told = _at_the_keyboard(context.new_page(), address, queue)
        browser.close()
    return told


def _at_the_keyboard(page: Any, address: str, queue: list[int]) -> tuple[list[float], int]:
    from django.urls import reverse

    waits, strokes = [], 0
    for number, pk in enumerate(queue):
        here = reverse("scoring:verify", args=[pk])
        if not page.url.endswith(here):  # the last criterion of a sheet does not lead on
            page.goto(address + here)
        if number % 4 == 3:
            page.keyboard.type("0")
            page.keyboard.press("Tab")
            page.keyboard.type(REASON)
            strokes += 2 + len(REASON)
        strokes += 1
        started = time.perf_counter()
        page.keyboard.press("Control+Enter")
        page.wait_for_url(lambda url, here=here: not url.endswith(here))
        page.wait_for_load_state()
        waits.append(time.perf_counter() - started)
    return waits, strokes
