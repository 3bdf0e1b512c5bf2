"""Whose pages these are: the committees that run a programme today, and what is under them."""

from __future__ import annotations

from danvan.kernel import clock
from danvan.organisations.models import Unit, UnitKind
from danvan.organisations.queries import bodies_on, versions_on

PEOPLES = (UnitKind.WARD, UnitKind.COMMUNE)


def bodies() -> list[tuple[Unit, str]]:
    """Committees with their names today; as a rule one."""
    names = bodies_on(clock.today())
    return [(unit, names[unit.pk]) for unit in Unit.objects.filter(pk__in=names).order_by("pk")]


def units_of(body: Unit, name: str) -> list[tuple[Unit, str]]:
    """The body, then the wards and communes under it, in Vietnamese order."""
    found = versions_on(clock.today()).filter(parent=body, kind__in=PEOPLES).order_by("sort_key")
    return [(body, name), *((version.unit, version.name) for version in found)]
