"""A score sheet as it is read: groups, lines with their rule in words, bands as ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from danvan.organisations import roles
from danvan.scoring.models import Band, CriteriaGroup, CriteriaSet, Criterion
from danvan.scoring.sheet_pages import worded
from danvan.ui import written


@dataclass(frozen=True, slots=True)
class PrintedLine:
    criterion: Criterion

    @property
    def owner(self) -> str:
        return str(roles.ROLES[self.criterion.owner_role].label)

    @property
    def rule(self) -> str:
        return worded(self.criterion)

    @property
    def by_system(self) -> bool:
        """Whether every figure of the formula is read by the system."""
        return bool(self.criterion.inputs)


@dataclass(frozen=True, slots=True)
class PrintedSection:
    group: CriteriaGroup | None
    lines: list[PrintedLine]


def printed_sections(held: CriteriaSet) -> list[PrintedSection]:
    """Groups in order; bonus and deductions after them. Two queries."""
    criteria = list(held.criteria.all())
    found = [
        PrintedSection(group, [PrintedLine(c) for c in criteria if c.group_id == group.pk])
        for group in held.groups.all()
    ]
    rest = [PrintedLine(c) for c in criteria if c.group_id is None]
    return [*found, PrintedSection(None, rest)] if rest else found


def bands_said(bands: Sequence[Band]) -> list[tuple[Band, str]]:
    """Each class with its range in words, best first."""
    said = []
    for place, band in enumerate(bands):
        floor = written.percent(band.floor)
        if place == 0:
            words = _("từ %s trở lên") % floor
        elif band.floor == 0:
            words = _("dưới %s") % written.percent(bands[place - 1].floor)
        else:
            words = _("từ %(from)s đến dưới %(to)s") % {
                "from": floor,
                "to": written.percent(bands[place - 1].floor),
            }
        said.append((band, words))
    return said
