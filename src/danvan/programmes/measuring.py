"""How far each target is: the figure that tells it, and whether that is enough.

A target is measured by a fact about the programme, or by a formula over several, or, where
neither is named, by how many of the ranked units reach the floor of the fact about units.
"""

from __future__ import annotations

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
    def said(self) -> str:
        """In a sentence: the figure in words, then whether the target is met, if that is known."""
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


def measured(programme: Programme, targets: Sequence[Target], period: Period) -> list[Measured]:
    """Targets with what is known of them in the period: one call per fact."""
    combine = {t.pk: combining.codes_of(t.inputs) for t in targets if t.formula}
    named = {t.fact for t in targets}.union(*combine.values())
    readings = facts.read_known(sorted(named), [programme.pk], period)
    short = shortfalls(programme, targets, period)

    now = {code: read.get(programme.pk) for code, read in readings.items()}
    told = {t.pk: combining.combined(t, now) for t in targets if t.formula}

    def figure(target: Target) -> Figure | None:
        if target.pk in told:
            return Figure(told[target.pk].fact, told[target.pk].reading)
        if target.fact in readings:
            known = readings[target.fact].get(programme.pk)
            return Figure(facts.REGISTRY[target.fact], known)
        held = short.get(target.pk)
        return _share(target, held) if held and not target.fact else None

    return [
        Measured(t, figure(t), short.get(t.pk), told[t.pk].why if t.pk in told else None)
        for t in targets
    ]


def _share(target: Target, short: Shortfall) -> Figure:
    """How many units reach the floor; nothing is known while no unit's figure is."""
    share = Fact("", "programme", "%", short.fact.label, short.fact.read)
    if not short.of or (not any(unit.known for unit in short.units) and not short.reached):
        return Figure(share, None)
    said = _("%s đơn vị đạt") % written.rate(short.reached, short.of)
    basis = reverse("programmes:targets", args=[target.programme_id])
    reached, of = Decimal(short.reached), Decimal(short.of)
    return Figure(share, Reading(reached / of, clock.now(), basis, said, reached, of))
