"""What disclosure, consultation and ballots tell the others."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy import voting
from danvan.democracy.models import (
    Ballot,
    Consultation,
    Disclosure,
    DisclosureItem,
    DisclosurePlan,
    DraftOpinion,
    Matter,
    Posting,
)
from danvan.democracy.queries import matters
from danvan.kernel import clock
from danvan.kernel.calendar import Calendar
from danvan.kernel.facts import Period, Reading, Readings, offer
from danvan.ui import written


@offer(
    "democracy.disclosed_on_time",
    about="unit",
    measure="nội dung",
    label=gettext_lazy("Nội dung phải công khai được công khai đúng hạn"),
)
def disclosed_on_time(units: Sequence[int], period: Period) -> Readings:
    """Of what had to be told by a day of the period, what was told by then; three queries.

    What is not due yet counts neither way. Once a year is over, items of its plan of which
    nothing was told and nobody said why count as not told.
    """
    today = clock.today()
    plans = _plans(units, period)
    told: dict[int, list[bool]] = defaultdict(list)
    rows = Disclosure.objects.filter(
        item__plan__unit__in=units, due_on__gte=period.start, due_on__lte=period.end
    ).annotate(first=Min("postings__posted_from"))
    for unit, due, first in rows.values_list("item__plan__unit", "due_on", "first"):
        assert due is not None  # by the filter
        if first is not None or due < today:
            told[unit].append(first is not None and first <= due)
    silent = _silent(units, period, today)
    found: dict[int, Reading | None] = {}
    for unit in units:
        good, owed = sum(told[unit]), len(told[unit]) + silent.get(unit, 0)
        found[unit] = _ratio(good, owed, plans.get(unit), silent.get(unit, 0)) if owed else None
    return found


def _silent(units: Sequence[int], period: Period, today: dt.date) -> dict[int, int]:
    """Unit → items of plans of whole past years in the period about which nothing is known."""
    years = [
        y for y in range(period.start.year, period.end.year + 1)
        if period.end >= dt.date(y, 12, 31) < today
    ]  # fmt: skip
    rows = DisclosureItem.objects.filter(
        plan__unit__in=units, plan__year__in=years, not_arising="", disclosures__isnull=True
    )
    return dict(rows.order_by().values_list("plan__unit").annotate(n=Count("pk")))


def _plans(units: Sequence[int], period: Period) -> dict[int, int]:
    rows = DisclosurePlan.objects.filter(
        unit__in=units, year__gte=period.start.year, year__lte=period.end.year
    )
    return dict(rows.order_by("year").values_list("unit", "pk"))


def _ratio(good: int, owed: int, plan: int | None, silent: int) -> Reading:
    said = _("%s nội dung công khai đúng hạn") % written.rate(good, owed)
    if silent:
        said += _("; %d nội dung của kế hoạch không có lần công khai nào") % silent
    return Reading(
        Decimal(good) / owed, clock.now(), _basis(plan), said, Decimal(good), Decimal(owed)
    )


def _basis(plan: int | None) -> str:
    if plan is None:
        return reverse("democracy:disclosures")
    return reverse("democracy:disclosure_plan", args=[plan])


@offer(
    "democracy.disclosures_made",
    about="unit",
    measure="lần",
    label=gettext_lazy("Số lần công khai"),
)
def disclosures_made(units: Sequence[int], period: Period) -> Readings:
    """How often something was told in any form in the period; two queries. None without a plan."""
    plans = _plans(units, period)
    rows = Posting.objects.filter(
        disclosure__item__plan__unit__in=units,
        posted_from__gte=period.start,
        posted_from__lte=period.end,
    )
    counts = dict(
        rows.order_by().values_list("disclosure__item__plan__unit").annotate(n=Count("pk"))
    )
    found: dict[int, Reading | None] = {}
    for unit in units:
        count = counts.get(unit, 0)
        said = _("%d lần công khai") % count
        known = unit in plans or count
        found[unit] = (
            Reading(Decimal(count), clock.now(), _basis(plans.get(unit)), said) if known else None
        )
    return found


@offer(
    "democracy.opinions_answered",
    about="unit",
    measure="ý kiến",
    label=gettext_lazy("Ý kiến góp ý dự thảo được tiếp thu, giải trình"),
)
def opinions_answered(units: Sequence[int], period: Period) -> Readings:
    """Of the opinions on drafts whose days ended in the period, those answered; one query.

    One that repeats another counts by that one's answer. None without any opinion.
    """
    today = clock.today()
    rows = DraftOpinion.objects.filter(
        consultation__unit__in=units, consultation__closes_on__gte=period.start,
        consultation__closes_on__lte=min(period.end, today),
    ).exclude(consultation__state=Consultation.State.WITHDRAWN)  # fmt: skip
    told: dict[int, list[bool]] = defaultdict(list)
    for unit, own, other in rows.values_list("consultation__unit", "outcome", "same_as__outcome"):
        told[unit].append(bool(own or other))
    basis = reverse("democracy:consultations")
    found: dict[int, Reading | None] = {}
    for unit in units:
        good, given = sum(told[unit]), len(told[unit])
        said = _("%s ý kiến được trả lời") % written.rate(good, given)
        found[unit] = _share(good, given, said, basis)
    return found


@offer(
    "democracy.matters_by_the_rules",
    about="unit",
    measure="việc",
    label=gettext_lazy("Việc Nhân dân bàn, quyết định, tham gia ý kiến đúng quy trình"),
)
def matters_by_the_rules(units: Sequence[int], period: Period) -> Readings:
    """Votes held and drafts whose days ended in the period: of all, those with the law's days,
    forms and notice, an answer to every opinion, and a result sent in time. Five queries."""
    today, told = clock.today(), defaultdict(list)
    ended = Consultation.objects.filter(
        unit__in=units, closes_on__gte=period.start, closes_on__lte=min(period.end, today)
    ).exclude(state__in=[Consultation.State.WITHDRAWN, Consultation.State.DRAFT])
    for held in ended:
        enough = not held.min_days or (held.closes_on - held.opens_on).days >= held.min_days
        told[held.unit_id].append(enough and held.state == Consultation.State.CONCLUDED)
    votes = Ballot.objects.filter(
        unit__in=units, held_on__gte=period.start, held_on__lte=min(period.end, today),
        matter__base="households",
    ).select_related("matter")  # fmt: skip
    process, calendar = list(matters.every_process()), Calendar()
    for vote in votes:
        figures = {m.code: m for m in process if m.holds_on(vote.held_on)}
        told[vote.unit_id].append(_kept(vote, figures, calendar))
    found: dict[int, Reading | None] = {}
    for unit in units:
        good, arisen = sum(told[unit]), len(told[unit])
        said = _("%s việc đúng quy trình") % written.rate(good, arisen)
        found[unit] = _share(good, arisen, said, reverse("democracy:ballots"))
    return found


def _kept(vote: Ballot, process: dict[str, Matter], calendar: Calendar) -> bool:
    """No remark on form, notice and team; counted, and sent by its day."""
    due = voting.send_by(vote, calendar)
    sent = vote.sent_on is not None and due is not None and vote.sent_on <= due
    return sent and not voting.remarks(vote, process)


def _share(good: int, of: int, said: str, basis: str) -> Reading | None:
    if not of:
        return None
    return Reading(Decimal(good) / of, clock.now(), basis, said, Decimal(good), Decimal(of))
