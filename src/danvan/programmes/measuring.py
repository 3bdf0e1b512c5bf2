"""How far each target is: the figure that tells it, and whether that is enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from danvan.kernel import facts
from danvan.kernel.facts import Period
from danvan.programmes import shapes
from danvan.programmes.figures import Figure
from danvan.programmes.models import Programme, Target
from danvan.programmes.shortfall import Shortfall


@dataclass(frozen=True, slots=True)
class Measured:
    """A target and the figure that tells how far it is (None: nobody measures it yet)."""

    target: Target
    figure: Figure | None
    short: Shortfall | None = None

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
        wanted = self.target.value
        if now is None or wanted is None or self.target.unit not in ("%", self._measure):
            return None
        return {
            "=": now >= wanted,
            ">=": now >= wanted,
            ">": now > wanted,
            "<=": now <= wanted,
            "<": now < wanted,
        }[self.target.comparator]

    @property
    def said(self) -> str:
        """In a sentence: the figure in words, then whether the target is met, if that is known."""
        if self.figure is None or not self.figure.known:
            reading = self.figure.reading if self.figure else None
            return reading.said if reading and reading.said else _("chưa có nguồn dữ liệu")
        if self.reached is None:
            return self.figure.words
        return f"{self.figure.words}, {_('đạt') if self.reached else _('chưa đạt')}"


def measured(programme: Programme, targets: Sequence[Target], period: Period) -> list[Measured]:
    """Targets with what is known of them in the period: one call per fact."""
    codes = {t.fact for t in targets if t.fact in facts.REGISTRY}
    readings = facts.read(sorted(codes), [programme.pk], period)
    return [
        Measured(
            target,
            Figure(facts.REGISTRY[target.fact], readings[target.fact].get(programme.pk))
            if target.fact in codes
            else None,
        )
        for target in targets
    ]
