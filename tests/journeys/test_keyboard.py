"""Verification by keyboard alone: ten criteria, every keystroke counted (row 56)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from danvan.scoring.models import Score
from tests.scoring import factory

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "Thiếu sổ"


class Keyboard:
    """Counts every key pressed and every letter typed."""

    def __init__(self, page: Any) -> None:
        self.page, self.strokes = page, 0

    def press(self, key: str) -> None:
        self.strokes += 1
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.strokes += len(text)
        self.page.keyboard.type(text)


def test_row_56_ten_criteria_by_keyboard_only(city, on_day, visit) -> None:
    on_day(2023, 10, 17)
    a_round = factory.round_for(city)
    sheet = factory.submitted(a_round, city, "phuong-1", share=Decimal("0.9"))
    mine = Score.objects.filter(sheet=sheet, verifier=city.units["noi-vu"])
    ten = list(mine.exclude(claimed=None).order_by("criterion__order")[:10])
    seat = visit(city.people["noi-vu"])
    seat.go(reverse("scoring:verify", args=[ten[0].pk])).look("keyboard")
    keys = Keyboard(seat.page)
    lowered = {ten[2].pk, ten[5].pk, ten[8].pk}
    for score in ten:
        heading = seat.page.get_by_role("heading", level=1)
        expect(heading).to_contain_text(f"{score.criterion.code} ")
        expect(seat.page.get_by_label("Điểm thẩm định")).to_be_focused()
        if score.pk in lowered and score.claimed:
            keys.type("0")
            keys.press("Tab")
            keys.type(REASON)
        keys.press("Control+Enter")
        seat.page.wait_for_load_state()
        seat.page.wait_for_function(
            "code => !document.querySelector('h1').textContent.includes(code + ' ')",
            arg=score.criterion.code,
        )
    given = {s.pk: s for s in Score.objects.filter(pk__in=[s.pk for s in ten])}
    for score in ten:
        held = given[score.pk]
        wanted = Decimal(0) if score.pk in lowered else score.claimed
        assert (held.verified, held.verified_by) == (wanted, city.people["noi-vu"])
    changed = sum(1 for s in ten if s.pk in lowered and s.claimed)
    # One chord agrees; a change costs its figure, a Tab, the words of the reason, the chord.
    assert keys.strokes == 10 + changed * (2 + len(REASON))
    assert changed == 3
