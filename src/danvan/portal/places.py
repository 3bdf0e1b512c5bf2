"""Whose pages these are: the committees that run a programme today, and where a visitor is."""

from __future__ import annotations

from django.http import HttpRequest

from danvan.kernel import clock
from danvan.organisations.models import Unit, UnitKind
from danvan.organisations.queries import bodies_on, versions_on

PEOPLES = (UnitKind.WARD, UnitKind.COMMUNE)


def bodies() -> list[tuple[Unit, str]]:
    """Committees with their names today; as a rule one."""
    names = bodies_on(clock.today())
    return [(unit, names[unit.pk]) for unit in Unit.objects.filter(pk__in=names).order_by("pk")]


def units_of(body: Unit) -> list[tuple[Unit, str]]:
    """The body, then the wards and communes under it, in Vietnamese order."""
    found = versions_on(clock.today()).filter(parent=body, kind__in=PEOPLES).order_by("sort_key")
    here = [(unit, name) for unit, name in bodies() if unit.pk == body.pk]
    return [*here, *((version.unit, version.name) for version in found)]


def where(request: HttpRequest) -> str:
    """The visitor's address: counted as a digest against floods, never kept."""
    return str(request.META.get("REMOTE_ADDR", ""))
