"""How far each target is: the figure that tells it, and whether that is enough.

A target is measured by a fact about the programme, or by a formula over several, or, where
neither is named, by how many of the ranked units reach the floor of the fact about units. One
that an amendment ended, or brings in later, is not measured on a day on which it does not count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel import clock, facts
from danvan.kernel.facts import Fact, Period, Reading
from danvan.programmes import combining, shapes
from danvan.programmes.figures import Figure
from danvan.programmes.models import Programme, Target
from danvan.programmes.shortfall import Shortfall, shortfalls
from danvan.ui import written
from danvan.ui.formula_steps import Step


@dataclass(frozen=True, slots=True)
class Measured:
    """A target and the figure that tells how far it is (None: nobody measures it yet)."""

    target: Target
    figure: Figure | None
    short: Shortfall | None = None
    # How the value came about, for a target measured by a formula.
    why: Step | None = None
    # The day it is told for, where the target does not count then.
    idle_on: dt.date | None = None

    @property
    def idle(self) -> str:
        """Why it does not count: it ended, or it begins later; "" where it counts."""
        if self.idle_on is None:
            return ""
        if self.target.ended_by(self.idle_on):
            return _("thôi áp dụng từ %s") % written.day(self.target.removed_from)
        return _("áp dụng từ %s") % written.day(self.target.added_from)

    @property
    def asked(self) -> str:
        return str(shapes.COMPARATORS.get(self.target.comparator, self.target.comparator))

    @property
    def _measure(self) -> str:
        return self.figure.fact.measure if self.figure else ""

    @property
    def reached(self) -> bool | None:
        """Whether the target is met now; None while that is not known."""
        now = self.figure.percent if self.figure and self.figure.known else None
        if now is None:
            return None
        wanted, before = self.target.value, self.target.baseline
        if wanted is not None:
            comparable = self.target.unit in ("%", self._measure)
            return _meets(now, self.target.comparator, wanted) if comparable else None
        if before is None:
            return None
        way = {"up": ">", "down": "<", "hold": ">="}[self.target.direction]
        return _meets(now, way, before)

    @property
    def judged_by(self) -> str:
        """What "đạt" is judged by, or why it is not judged."""
        if self.idle:
            return _("chỉ tiêu không tính vào ngày này nên không kết luận đạt hay chưa")
        if self.reached is not None and self.target.value is not None:
            return _("so số hiện nay với mức kế hoạch yêu cầu")
        if self.reached is not None:
            return _("kế hoạch không nêu mức: so số hiện nay với xuất phát điểm")
        if self.figure is None:
            return _("chưa có nguồn dữ liệu nào đo chỉ tiêu này")
        if not self.figure.known:
            return _("chưa kết luận: số liệu chưa biết, không coi là 0")
        if self.target.value is None:
            return _("chưa kết luận: kế hoạch không nêu mức và chưa ghi xuất phát điểm")
        return _("chưa kết luận: số liệu và yêu cầu khác đơn vị tính")

    @property
    def said(self) -> str:
        """In a sentence: the figure in words, then whether the target is met, if that is known."""
        if self.idle:
            return self.idle
        if self.figure is None or not self.figure.known:
            reading = self.figure.reading if self.figure else None
            return reading.said if reading and reading.said else _("chưa có nguồn dữ liệu")
        if self.reached is None:
            return self.figure.words
        return f"{self.figure.words}, {_('đạt') if self.reached else _('chưa đạt')}"


def _meets(now: Decimal, comparator: str, wanted: Decimal) -> bool:
    """“100 %” and “đạt 60 %” ask for at least that much."""
    return {
        "=": now >= wanted,
        ">=": now >= wanted,
        ">": now > wanted,
        "<=": now <= wanted,
        "<": now < wanted,
    }[comparator]


def day_of(period: Period) -> dt.date:
    """Today, or the last day of a period that is over."""
    return min(clock.today(), period.end)


def measured(
    programme: Programme, targets: Sequence[Target], period: Period, on: dt.date | None = None
) -> list[Measured]:
    """Targets with what is known of them in the period: one call per fact.

    Only those that count are measured: on the day ``on``, else on that of the period.
    """
    day = on or day_of(period)
    counting = [target for target in targets if target.counts_on(day)]
    combine = {t.pk: combining.codes_of(t.inputs) for t in counting if t.formula}
    named = {t.fact for t in counting}.union(*combine.values())
    readings = facts.read_known(sorted(named), [programme.pk], period)
    short = shortfalls(programme, counting, period)

    now = {code: read.get(programme.pk) for code, read in readings.items()}
    told = {t.pk: combining.combined(t, now) for t in counting if t.formula}

    def figure(target: Target) -> Figure | None:
        if target.pk in told:
            return Figure(told[target.pk].fact, told[target.pk].reading)
        if target.fact in readings:
            known = readings[target.fact].get(programme.pk)
            return Figure(facts.REGISTRY[target.fact], known)
        held = short.get(target.pk)
        return _share(target, held) if held and not target.fact else None

    def measure(target: Target) -> Measured:
        if not target.counts_on(day):
            return Measured(target, None, idle_on=day)
        why = told[target.pk].why if target.pk in told else None
        return Measured(target, figure(target), short.get(target.pk), why)

    return [measure(target) for target in targets]


def _share(target: Target, short: Shortfall) -> Figure:
    """How many units reach the floor; nothing is known while no unit's figure is."""
    share = Fact("", "programme", "%", short.fact.label, short.fact.read)
    if not short.of or (not any(unit.known for unit in short.units) and not short.reached):
        return Figure(share, None)
    said = _("%s đơn vị đạt") % written.rate(short.reached, short.of)
    basis = reverse("programmes:targets", args=[target.programme_id])
    reached, of = Decimal(short.reached), Decimal(short.of)
    return Figure(share, Reading(reached / of, clock.now(), basis, said, reached, of))
