"""What is disclosed, as a citizen may read it: communes and wards only, names no longer than
the law's days. What an agency tells its own people is not public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Min, Q
from django.utils.translation import gettext as _

from danvan.democracy import disclosing
from danvan.democracy.models import Disclosure, MatterGroup
from danvan.democracy.queries import disclosure as queries
from danvan.kernel import clock
from danvan.kernel.models import StoredFile
from danvan.organisations.models import Unit
from danvan.organisations.queries import names_on
from danvan.ui import written


@dataclass(frozen=True, slots=True)
class PublicPosting:
    """Where it was told; no ``until``: it is still there."""

    form: str
    place: str
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class PublicDisclosure:
    """One disclosure. ``hidden``: why content and file are no longer shown ("" if they are)."""

    pk: int
    unit: int
    unit_name: str
    matter: str
    article: str
    title: str
    document: str
    decided_on: dt.date
    since: dt.date
    until: dt.date | None
    postings: tuple[PublicPosting, ...]
    file_name: str
    hidden: str = ""
    due_on: dt.date | None = None
    why_due: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """Decided, and not told anywhere yet: what the law's list calls it, and the last day to tell.

    Its own title stays inside: it may name somebody, and nobody has told it yet."""

    unit_name: str
    matter: str
    article: str
    decided_on: dt.date
    due_on: dt.date
    overdue: bool


def disclosures(
    unit: Unit | int, day: dt.date | None = None, newest: int | None = None
) -> list[PublicDisclosure]:
    """What the unit (or every unit under a committee) has told, newest first; five queries.

    ``newest``: no more than so many.
    """
    held = _newest_first([unit if isinstance(unit, int) else unit.pk], day or clock.today())
    return _all(held if newest is None else held[:newest], day or clock.today())


def disclosures_page(
    units: Collection[int], day: dt.date, number: str | int | None, size: int = 20
) -> Page[PublicDisclosure]:
    """One page of what the units (and every unit under a committee) told, newest first: reads
    that page and the count, whatever there is; seven queries."""
    page = Paginator(_newest_first(units, day), size).get_page(number)
    page.object_list = _all(page.object_list, day)
    return page


def expected(units: Collection[int], day: dt.date, most: int = 20) -> list[Expected]:
    """What must be told and is not yet, the first to be due in front; three queries."""
    held = Disclosure.objects.filter(
        _of(units), item__matter__group=MatterGroup.COMMUNE_DISCLOSE, due_on__isnull=False,
        decided_on__lte=day, replaced_by__isnull=True,
    ).exclude(postings__posted_from__lte=day)  # fmt: skip
    rows = list(
        held.select_related("item__matter", "item__plan__unit").order_by("due_on", "pk")[:most]
    )
    names = names_on(day, {d.item.plan.unit_id for d in rows})
    return [
        Expected(
            names.get(d.item.plan.unit_id) or str(d.item.plan.unit), d.item.matter.name,
            d.item.matter.where, d.decided_on, d.due_on, d.due_on < day,
        )
        for d in rows if d.due_on
    ]  # fmt: skip


def disclosure(pk: int, day: dt.date | None = None) -> PublicDisclosure | None:
    """One, or None if it is not for the public (or nothing was told yet)."""
    day = day or clock.today()
    return next(iter(_all(_told(day).filter(pk=pk), day)), None)


def disclosure_file(pk: int, day: dt.date | None = None) -> tuple[StoredFile, str] | None:
    """Its file with its name, while it may be shown."""
    shown = disclosure(pk, day)
    if shown is None or shown.hidden or not shown.file_name:
        return None
    held = Disclosure.objects.select_related("file").get(pk=pk)
    return (held.file, held.file_name) if held.file else None


def _of(units: Collection[int]) -> Q:
    return Q(item__plan__unit__in=units) | Q(item__plan__body__in=units)


def _newest_first(units: Collection[int], day: dt.date):  # type: ignore[no-untyped-def]
    """By the first day each was told; a page can be cut from it."""
    told = _told(day).filter(_of(units)).annotate(since=Min("postings__posted_from"))
    return told.order_by("-since", "-pk")


def _told(day: dt.date):  # type: ignore[no-untyped-def]
    """Of communes and wards, posted by that day, not replaced by something newer posted."""
    commune = Disclosure.objects.filter(
        item__matter__group=MatterGroup.COMMUNE_DISCLOSE, postings__posted_from__lte=day
    )
    newer = commune.filter(replaces__isnull=False).values("replaces")
    return queries.whole(commune.exclude(pk__in=newer).distinct())


def _all(held: Iterable[Disclosure], day: dt.date) -> list[PublicDisclosure]:
    rows = list(held)
    names = names_on(day, {d.item.plan.unit_id for d in rows})
    return [_public(d, names, day) for d in rows]


def _public(held: Disclosure, names: dict[int, str], day: dt.date) -> PublicDisclosure:
    until, hidden = disclosing.public_until(held), ""
    if until is not None and day > until:
        hidden = _("Có thông tin cá nhân; đã hết thời hạn công khai ngày %s.") % written.day(until)
    told = [p for p in held.postings.all() if p.posted_from <= day]
    plan, matter = held.item.plan, held.item.matter
    return PublicDisclosure(
        pk=held.pk, unit=plan.unit_id, unit_name=names.get(plan.unit_id) or str(plan.unit),
        matter=matter.name, article=matter.where,
        title=matter.name if hidden else held.subject,
        document="" if hidden else held.document_code,
        decided_on=held.decided_on, since=min(p.posted_from for p in told), until=until,
        postings=() if hidden else tuple(
            PublicPosting(str(p.get_form_display()), p.place, p.posted_from, p.posted_to)
            for p in told
        ),
        file_name="" if hidden else held.file_name, hidden=hidden, due_on=held.due_on,
        why_due=disclosing.why_due(held),
    )  # fmt: skip
