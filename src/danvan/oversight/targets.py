"""The plan's targets: where it began, where it stands, what is asked, and who falls short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel.facts import Period, Reading
from danvan.programmes import amending
from danvan.programmes.measuring import Measured, day_of, measured
from danvan.programmes.models import Programme, Target
from danvan.ui import written

SIGNS = {"=": "", ">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< "}
NAMED = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """One target on the leader's page, judged as everywhere (``programmes.measuring``)."""

    told: Measured

    @property
    def target(self) -> Target:
        return self.told.target

    @property
    def reading(self) -> Reading | None:
        return self.told.figure.reading if self.told.figure else None

    @property
    def reached(self) -> bool | None:
        return self.told.reached

    @property
    def now(self) -> str:
        if self.told.figure is None:
            return _("chưa có nguồn dữ liệu")
        known = self.reading is not None and (self.told.figure.known or self.reading.said)
        return self.told.figure.words if known else _("chưa có số liệu")

    @property
    def goal(self) -> str:
        if self.target.value is None:
            return str(self.target.get_direction_display())
        sign = SIGNS.get(self.target.comparator, "")
        return f"{sign}{written.number(self.target.value)} {self.target.unit}".strip()

    @property
    def before(self) -> str:
        if self.target.baseline is None:
            return written.UNKNOWN
        return f"{written.number(self.target.baseline)} {self.target.unit}".strip()

    @property
    def _names(self) -> Sequence[str]:
        """Units whose figure is known and not enough; the others are on the page of targets."""
        return [u.name for u in self.told.short.units if u.known] if self.told.short else []

    @property
    def short(self) -> Sequence[str]:
        """The first of them by name."""
        return self._names[:NAMED]

    @property
    def more(self) -> int:
        """How many are not named."""
        return max(0, len(self._names) - NAMED)

    @property
    def url(self) -> str:
        """The rows behind the figure, else the page of targets."""
        if self.reading and self.reading.basis:
            return self.reading.basis
        return reverse("programmes:targets", args=[self.target.programme_id])


def read(programme: Programme, period: Period) -> list[Standing]:
    """Every target that counts by then, in the order of the plan: one call per fact."""
    targets = amending.targets_on(programme, day_of(period))
    return [Standing(told) for told in measured(programme, targets, period)]
