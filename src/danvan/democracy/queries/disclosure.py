"""Plans, disclosures and lists, each page a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Prefetch, Q, QuerySet

from danvan.democracy.models import Disclosure, DisclosureItem, DisclosurePlan, Posting
from danvan.documents.models import Document
from danvan.documents.queries import acting_upon
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.organisations.models import Unit, UnitVersion
from danvan.organisations.models.units import in_force
from danvan.organisations.queries import oversees

WITH_UNIT = (roles.MEMBER, roles.HEAD, roles.DEPUTY, roles.LEADER, roles.FOCAL_OFFICER)


def seen(actor: Actor, prefix: str = "") -> Q:
    """Rows of the actor's units, and of every unit under the bodies he oversees."""
    units = Q(**{f"{prefix}unit__in": actor.scopes(*WITH_UNIT)})
    return units | Q(**{f"{prefix}body__in": oversees(actor)})


def visible_to(actor: Actor) -> QuerySet[DisclosurePlan]:
    return DisclosurePlan.objects.filter(seen(actor)).select_related("unit", "body")


def items_visible_to(actor: Actor) -> QuerySet[DisclosureItem]:
    held = DisclosureItem.objects.filter(seen(actor, "plan__"))
    return held.select_related("plan__unit", "plan__body", "matter", "person")


def disclosures_visible_to(actor: Actor) -> QuerySet[Disclosure]:
    return whole(Disclosure.objects.filter(seen(actor, "item__plan__")))


def postings_visible_to(actor: Actor) -> QuerySet[Posting]:
    held = Posting.objects.filter(seen(actor, "disclosure__item__plan__"))
    return held.select_related("disclosure__item__plan__unit", "disclosure__matter", "proof")


def whole(disclosures: QuerySet[Disclosure]) -> QuerySet[Disclosure]:
    """With everything ``disclosing`` reads of them."""
    documents = Document.objects.defer("text", "search_key").prefetch_related(
        Prefetch("acted_on", acting_upon())
    )
    return disclosures.select_related(
        "matter", "item__matter", "item__plan__unit", "item__plan__body", "file", "replaces"
    ).prefetch_related("postings", "replaced_by", Prefetch("document", documents))


def items_of(plan: DisclosurePlan) -> list[DisclosureItem]:
    """The plan's items with their disclosures."""
    held = Prefetch("disclosures", whole(Disclosure.objects.all()))
    return list(plan.items.select_related("matter", "person", "plan").prefetch_related(held))


def of_plans(plans: Collection[int]) -> QuerySet[Disclosure]:
    return whole(Disclosure.objects.filter(item__plan__in=plans))


def in_quarter(plan: DisclosurePlan, quarter: int) -> list[Posting]:
    """What was told in a quarter: postings that began in it, by item and day."""
    start, end = days_of(plan.year, quarter)
    held = Posting.objects.filter(
        disclosure__item__plan=plan, posted_from__gte=start, posted_from__lte=end
    )
    return list(
        held.select_related("disclosure__matter").order_by(
            "disclosure__item__order", "posted_from", "pk"
        )
    )


def days_of(year: int, quarter: int) -> tuple[dt.date, dt.date]:
    """First and last day of a quarter."""
    start = dt.date(year, 3 * quarter - 2, 1)
    after = dt.date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
    return start, after - dt.timedelta(days=1)


def day_in(year: int) -> dt.date:
    """The day whose names a page about a year shows: its last, or today if it still runs."""
    return min(max(clock.today(), dt.date(year, 1, 1)), dt.date(year, 12, 31))


def quarters_over(year: int, day: dt.date) -> list[int]:
    """Quarters of the year that have ended before that day."""
    return [q for q in (1, 2, 3, 4) if days_of(year, q)[1] < day]


def body_of(unit: Unit, day: dt.date) -> Unit:
    """The committee the unit stands under that day, or itself."""
    version = UnitVersion.objects.filter(in_force(day), unit=unit).select_related("parent").first()
    return version.parent if version and version.parent else unit


def kind_of(unit: Unit, day: dt.date) -> str:
    version = UnitVersion.objects.filter(in_force(day), unit=unit).first()
    return version.kind if version else ""
