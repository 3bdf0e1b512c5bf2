"""Reads worth a name. Models are everybody's to learn from; what ended, its own unit's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Prefetch, Q, QuerySet

from danvan.documents.models import Document
from danvan.emulation import rules
from danvan.emulation.models import Adoption, Commendation, Exemplar, Movement, Visit, VisitFile
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.organisations.models import Unit, UnitVersion
from danvan.organisations.models.units import in_force
from danvan.organisations.queries import bodies_on, names_on, oversees, versions_on
from vanban.text import search_key

ENDED = (Exemplar.State.REJECTED, Exemplar.State.WITHDRAWN)
BELONGING = (roles.MEMBER, *rules.ACTS_FOR)
# Words every second name of a model begins with: they make two names no more alike.
COMMON = frozenset(
    {"mo", "hinh", "dan", "van", "kheo", "to", "nhom", "xa", "phuong", "khu", "pho", "va", "cua"}
)
ALIKE = 0.6


def visible_to(actor: Actor) -> QuerySet[Exemplar]:
    """Everybody with a place here reads models; rejected and withdrawn ones only their unit
    and who oversees the body."""
    if not actor.holds:
        return Exemplar.objects.none()
    own = Q(unit__in=actor.scopes(*BELONGING)) | Q(body__in=_watched(actor))
    return Exemplar.objects.filter(own | ~Q(state__in=ENDED))


def _watched(actor: Actor) -> frozenset[int]:
    return oversees(actor) | actor.scopes(*roles.VERIFYING)


def adoptions_visible_to(actor: Actor) -> QuerySet[Adoption]:
    held = Adoption.objects.filter(exemplar__in=visible_to(actor).values("pk"))
    return held.select_related("exemplar", "unit", "decided_by", "told_by")


def files_visible_to(actor: Actor) -> QuerySet[VisitFile]:
    """Minutes and pictures name people: the model's unit and who oversees or verifies."""
    own = Q(visit__exemplar__unit__in=actor.scopes(*BELONGING))
    return VisitFile.objects.filter(
        own | Q(visit__exemplar__body__in=_watched(actor))
    ).select_related("file")


def movements_visible_to(actor: Actor) -> QuerySet[Movement]:
    """The body that is told, and the unit that tells."""
    own = Q(unit__in=actor.scopes(*BELONGING))
    return Movement.objects.filter(own | Q(body__in=_watched(actor))).select_related("file")


def commendations_visible_to(actor: Actor) -> QuerySet[Commendation]:
    """Decided ones are everybody's; before that, who oversees the body."""
    if not actor.holds:
        return Commendation.objects.none()
    decided = Q(state=Commendation.State.DECIDED)
    held = Commendation.objects.filter(decided | Q(body__in=oversees(actor)))
    return held.select_related("body", "letter", "decision").defer("letter__text", "decision__text")


def adoptions_of(exemplar: Exemplar) -> list[Adoption]:
    return list(exemplar.adoptions.select_related("unit", "told_by", "decided_by"))


def visits_of(exemplar: Exemplar) -> list[Visit]:
    files = Prefetch("files", VisitFile.objects.select_related("file"))
    return list(exemplar.visits.select_related("entered_by").prefetch_related(files))


def same_name(exemplar: Exemplar) -> Exemplar | None:
    """Another standing registration of the same unit, year and name."""
    held = Exemplar.objects.filter(
        unit=exemplar.unit_id, year=exemplar.year, search_key=exemplar.search_key
    )
    return held.exclude(state__in=ENDED).exclude(pk=exemplar.pk).first()


def alike(body: int, year: int, name: str, unit: int | None = None) -> list[Exemplar]:
    """Standing models of this and the last year whose names say nearly the same.

    The unit's own of the year before is no double: it is the model that goes on.
    """
    words = _words(search_key(name))
    held = Exemplar.objects.filter(body=body, year__in=[year, year - 1]).exclude(state__in=ENDED)
    near = []
    for one in held.only("name", "search_key", "unit_id", "year"):
        others = _words(one.search_key)
        share = len(words & others) / len(words | others) if words | others else 0
        goes_on = one.unit_id == unit and one.year < year
        if share >= ALIKE and not goes_on:
            near.append((share, one))
    return [one for _share, one in sorted(near, key=lambda pair: -pair[0])][:5]


def _words(key: str) -> set[str]:
    return set(key.split()) - COMMON


def bodies_for(unit: int, day: dt.date) -> dict[int, str]:
    """Before which bodies a unit may register or report: the one above it, itself, else any."""
    bodies = bodies_on(day)
    parent = versions_on(day).filter(unit=unit).values_list("parent", flat=True).first()
    near = [pk for pk in (parent, unit) if pk in bodies]
    return {pk: bodies[pk] for pk in near} or bodies


def acted_for(actor: Actor, day: dt.date) -> dict[int, str]:
    """Units the actor may act for: id → name that day."""
    return names_on(day, actor.scopes(*rules.ACTS_FOR))


def apart(units: Iterable[int], day: dt.date) -> dict[int, str]:
    """Of these units, those under no body that runs a programme: id → name."""
    bodies = bodies_on(day)
    held = UnitVersion.objects.filter(in_force(day), unit__in=list(units))
    return {
        v.unit_id: v.name for v in held if v.unit_id not in bodies and v.parent_id not in bodies
    }


def adopters(exemplar: Exemplar, day: dt.date) -> list[tuple[int, str]]:
    """Units that may be named as applying the model: all but its own and those already there."""
    standing = [Adoption.State.CLAIMED, Adoption.State.CONFIRMED]
    known = set(exemplar.adoptions.filter(state__in=standing).values_list("unit", flat=True))
    held = UnitVersion.objects.filter(in_force(day)).order_by("sort_key")
    return [(v.unit_id, v.name) for v in held if v.unit_id not in known | {exemplar.unit_id}]


def document_called(code: str) -> Document | None:
    """The newest document of the register with this symbol."""
    return Document.objects.filter(code__iexact=code.strip()).order_by("-issued_on").first()


def names_in(year: int, units: Collection[int]) -> dict[int, str]:
    """What units were called in that year (today, if it is still running)."""
    day = min(dt.date(year, 12, 31), clock.today())
    names = names_on(day, units)
    missing = set(units) - set(names)
    if missing:
        held = Unit.objects.filter(pk__in=missing).prefetch_related("versions")
        names |= {u.pk: str(u) for u in held}
    return names
