"""The plan's targets as the report tells them: asked, reached, whether that is enough."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from danvan.kernel import facts
from danvan.kernel.facts import Period, Reading
from danvan.programmes.models import Programme, Target
from danvan.ui import written

COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "=": operator.eq, ">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """One target. ``reached`` is None while nothing is known or nothing is to be compared."""

    target: Target
    reading: Reading | None

    @property
    def reached(self) -> bool | None:
        value = self.reading.value if self.reading else None
        if value is None or self.target.value is None:
            return None
        return COMPARED[self.target.comparator](value, self.target.value)

    @property
    def said(self) -> str:
        if self.reading is None or self.reading.value is None:
            return (
                self.reading.said
                if self.reading and self.reading.said
                else _("chưa có nguồn dữ liệu")
            )
        told = self.reading.said or f"{written.number(self.reading.value)} {self.target.unit}"
        if self.reached is None:
            return told
        return f"{told}, {_('đạt') if self.reached else _('chưa đạt')}"


def standings(programme: Programme, period: Period) -> list[Standing]:
    """Every target in the order of the plan: one call per fact."""
    targets = list(programme.targets.all())
    codes = {t.fact for t in targets if t.fact in facts.REGISTRY}
    read = facts.read(sorted(codes), [programme.pk], period)
    return [
        Standing(t, read[t.fact].get(programme.pk) if t.fact in codes else None) for t in targets
    ]
