"""The catalogue as it stood on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet

from danvan.democracy.models import Matter, MatterGroup
from danvan.organisations.models import UnitKind
from danvan.organisations.models.units import in_force

# Whom the law obliges to disclose what (Luật 10/2022/QH15, Điều 11 and 46). The rest, such as
# Party organs, the Front and armed forces, follow rules of their own.
GROUP_OF_KIND = {
    UnitKind.WARD: MatterGroup.COMMUNE_DISCLOSE,
    UnitKind.COMMUNE: MatterGroup.COMMUNE_DISCLOSE,
    UnitKind.COMMITTEE: MatterGroup.AGENCY_DISCLOSE,
    UnitKind.DEPARTMENT: MatterGroup.AGENCY_DISCLOSE,
    UnitKind.SERVICE: MatterGroup.AGENCY_DISCLOSE,
}


def on(day: dt.date, groups: Sequence[str]) -> QuerySet[Matter]:
    """Lines in force that day."""
    return Matter.objects.filter(in_force(day), group__in=groups)


def of_year(year: int, group: str) -> list[Matter]:
    """One line per code for a year's plan: as it stands at the year's end."""
    return list(on(dt.date(year, 12, 31), [group]))


def version_of(matter: Matter, day: dt.date) -> Matter | None:
    """The same line as it stood on a day; none if there was none."""
    same = Matter.objects.filter(in_force(day), code=matter.code, scope=matter.scope)
    return same.first()


def process(code: str, day: dt.date) -> Matter | None:
    """A figure of the procedures that day (codes: data/matters.csv, group ``process``)."""
    return on(day, [MatterGroup.PROCESS]).filter(code=code).first()


def processes(day: dt.date) -> dict[str, Matter]:
    """All figures of the procedures that day, by code; one query."""
    return {m.code: m for m in on(day, [MatterGroup.PROCESS])}


def every_process() -> QuerySet[Matter]:
    """The figures of the procedures over time, for many days at once."""
    return Matter.objects.filter(group=MatterGroup.PROCESS)


def is_in_use() -> bool:
    return Matter.objects.exists()
