"""Reads worth a name; each page of series is a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from danvan.indices import comparing
from danvan.indices.comparing import Comparison
from danvan.indices.models import Edition, Index, Result
from danvan.kernel.access import Actor
from danvan.organisations.models import Succession, Unit, UnitVersion
from danvan.organisations.models.units import in_force


def visible_to(actor: Actor) -> QuerySet[Edition]:
    """Published figures: everybody who holds a place here reads them."""
    held = Edition.objects.all() if actor.holds else Edition.objects.none()
    return held.select_related("index", "body", "document").defer("document__text")


def results_visible_to(actor: Actor) -> QuerySet[Result]:
    held = Result.objects.filter(edition__in=visible_to(actor).values("pk"))
    return held.select_related("edition__index", "edition__body", "edition__document", "unit")


def newest() -> list[Index]:
    """The latest definition of every index."""
    return list({i.code: i for i in Index.objects.order_by("code", "valid_from")}.values())


def index_on(code: str, day: dt.date) -> Index | None:
    """The definition in force that day, else the first one there is."""
    held = Index.objects.filter(code=code)
    return held.filter(in_force(day)).last() or held.first()


def editions_of(editions: QuerySet[Edition], code: str) -> list[Edition]:
    """With the number of results, newest first."""
    found = editions.filter(code=code).annotate(units=Count("results"))
    return list(found.order_by("-year", "body"))


def names_by_year(units: Collection[int]) -> dict[int, list[UnitVersion]]:
    """Unit → its versions by date, one query."""
    held: dict[int, list[UnitVersion]] = {}
    for version in UnitVersion.objects.filter(unit__in=units).order_by("valid_from"):
        held.setdefault(version.unit_id, []).append(version)
    return held


def name_in(versions: Sequence[UnitVersion], year: int) -> str:
    """What the unit was called at the end of that year; its last name if it had none."""
    day = dt.date(year, 12, 31)
    held = [v for v in versions if v.holds_on(day)] or versions[-1:]
    return held[0].name if held else ""


@dataclass
class Line:
    """One unit's series: year → result beside that of the year before."""

    unit: int
    name: str
    key: str
    sort_key: bytes
    years: dict[int, Comparison] = field(default_factory=dict)

    @property
    def latest(self) -> Comparison:
        return self.years[max(self.years)]


@dataclass
class Series:
    """An index over the years for every unit that was measured."""

    years: list[int]
    lines: list[Line]
    illustrative: bool = False

    def of(self, unit: int) -> Line | None:
        return next((line for line in self.lines if line.unit == unit), None)


def series(results: QuerySet[Result]) -> Series:
    """Results of one index and one body, per unit, in Vietnamese order: three queries."""
    rows = list(results.select_related("edition__index", "unit").order_by("edition__year"))
    by_year = {(r.unit_id, r.edition.year): r for r in rows}
    made_of = successions_of({r.unit_id for r in rows})
    known = {r.unit_id for r in rows} | {
        s.predecessor_id for held in made_of.values() for s in held
    }
    versions = names_by_year(known)
    names = {unit: held[-1].name for unit, held in versions.items() if held}
    lines: dict[int, Line] = {}
    for row in rows:
        year = row.edition.year
        line = lines.setdefault(row.unit_id, Line(row.unit_id, "", row.unit.key, b""))
        held = versions.get(row.unit_id, [])
        line.name = name_in(held, year) or row.unit.key
        line.sort_key = bytes(held[-1].sort_key) if held else b""
        line.years[year] = comparing.compare(row, by_year, made_of, names)
    ordered = sorted(lines.values(), key=lambda line: (line.sort_key, line.key))
    years = sorted({r.edition.year for r in rows})
    return Series(years, ordered, any(r.edition.illustrative for r in rows))


def by_index(results: QuerySet[Result]) -> dict[str, list[Result]]:
    """Index code → results, oldest year first; one query."""
    held: dict[str, list[Result]] = {}
    for row in results.select_related("edition__index").order_by("edition__code", "edition__year"):
        held.setdefault(row.edition.code, []).append(row)
    return held


def successions_of(units: Collection[int]) -> comparing.Predecessors:
    """What these units were made of; one query."""
    return comparing.predecessors(
        Succession.objects.filter(successor__in=units).order_by("on", "predecessor")
    )


def comparisons(code: str, units: Iterable[int], year: int) -> dict[int, Comparison]:
    """Unit → its result of that year beside the year before: four queries at most."""
    wanted = set(units)
    now = list(
        Result.objects.filter(edition__code=code, edition__year=year, unit__in=wanted)
        .select_related("edition__index")
        .order_by("pk")
    )
    if not now:
        return {}
    made_of = successions_of({r.unit_id for r in now})
    before = {r.unit_id for r in now} | {
        s.predecessor_id for held in made_of.values() for s in held
    }
    earlier = Result.objects.filter(
        edition__code=code, edition__year=year - 1, unit__in=before
    ).select_related("edition__index")
    known = {(r.unit_id, r.edition.year): r for r in [*earlier, *now]}
    names = {u: held[-1].name for u, held in names_by_year(before).items() if held}
    return {r.unit_id: comparing.compare(r, known, made_of, names) for r in now}


def measurable(body: Unit, year: int) -> list[tuple[int, str]]:
    """The body and the units under it at the end of that year: (id, name)."""
    day = dt.date(year, 12, 31)
    held = UnitVersion.objects.filter(in_force(day)).filter(parent=body)
    own = UnitVersion.objects.filter(in_force(day), unit=body)
    return [(v.unit_id, v.name) for v in [*own, *held.order_by("sort_key")]]
