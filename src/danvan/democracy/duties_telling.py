"""What a unit owes in disclosure, consultation and ballots, for the desk."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.democracy import disclosing, voting
from danvan.democracy.models import (
    Ballot,
    Consultation,
    Disclosure,
    DisclosurePlan,
    DraftOpinion,
)
from danvan.democracy.queries import disclosure as disclosures
from danvan.democracy.rules.telling import ACTS_FOR
from danvan.kernel.access import Actor
from danvan.kernel.calendar import Calendar
from danvan.kernel.duties import Duty, Kind

# Not told yet and due within this many days stands on the desk; more than SOME in one line.
HORIZON = dt.timedelta(days=10)
SOME = 5


def disclosure_duties(actor: Actor, today: dt.date) -> Iterable[Duty]:
    """Untold, taken down early, to be renewed, lists of past quarters: a constant number of
    queries for all units the actor acts for."""
    units = actor.scopes(*ACTS_FOR)
    if not units:
        return
    plans = list(
        DisclosurePlan.objects.filter(unit__in=units, year__in=(today.year, today.year - 1))
        .select_related("unit")
        .prefetch_related("quarterly_lists")
    )
    by_plan: dict[int, list[Disclosure]] = defaultdict(list)
    for row in disclosures.of_plans([p.pk for p in plans]):
        by_plan[row.item.plan_id].append(row)
    for plan in plans:
        yield from _untold(plan, by_plan[plan.pk], today)
        yield from _to_mend(plan, by_plan[plan.pk], today)
        yield from _lists(plan, bool(by_plan[plan.pk]), today)


def _untold(plan: DisclosurePlan, rows: list[Disclosure], today: dt.date) -> Iterator[Duty]:
    owed = [
        r for r in rows
        if r.due_on and not r.postings.all() and not r.replaced_by.all()
        and r.due_on <= today + HORIZON
    ]  # fmt: skip
    for row in sorted(owed, key=lambda r: r.due_on or today)[:SOME]:
        yield Duty(
            title=_("Công khai: %s") % row.subject,
            url=reverse("democracy:disclosure", args=[row.pk]), kind="owed", due=row.due_on,
            why=disclosing.why_due(row), whose=_("đơn vị"), group=_("Dân chủ cơ sở"),
        )  # fmt: skip
    if len(owed) > SOME:
        yield _line(plan, _("%d nội dung khác chưa công khai") % (len(owed) - SOME),
                    _("Đến hạn trong 10 ngày tới hoặc đã quá hạn."))  # fmt: skip


def _to_mend(plan: DisclosurePlan, rows: list[Disclosure], today: dt.date) -> Iterator[Duty]:
    """Early, renew, personal: one line of each kind."""
    titles = {
        "early": _("%d nội dung gỡ xuống trước khi đủ ngày"),
        "renew": _("%d nội dung phải công khai lại"),
        "personal": _("%d nội dung có thông tin cá nhân đã hết hạn, còn treo"),
    }
    found: dict[str, list[disclosing.Warn]] = defaultdict(list)
    for row in rows:
        for warn in disclosing.warnings(row, today):
            found[warn.kind].append(warn)
    for kind, title in titles.items():
        if found[kind]:
            yield _line(plan, title % len(found[kind]), found[kind][0].why)


def _lists(plan: DisclosurePlan, used: bool, today: dt.date) -> Iterator[Duty]:
    """Lists of quarters that are over, once something was disclosed (law: Điều 13 khoản 2)."""
    if not used or today < disclosing.REGIME_FROM:
        return
    posted = {row.quarter for row in plan.quarterly_lists.all()}
    for quarter in disclosures.quarters_over(plan.year, today):
        end = disclosures.days_of(plan.year, quarter)[1]
        if quarter not in posted and end >= disclosing.REGIME_FROM:
            title = _("Niêm yết danh sách đã công khai quý %(q)d/%(year)d")
            yield Duty(
                title=title % {"q": quarter, "year": plan.year},
                url=reverse("democracy:disclosure_quarter", args=[plan.pk, quarter]),
                kind="owed", whose=_("đơn vị"), group=_("Dân chủ cơ sở"),
                why=_("Danh sách nội dung đã công khai được cập nhật và niêm yết hằng quý "
                      "(Điều 13 khoản 2, Luật 10/2022/QH15); luật không ấn định ngày."),
            )  # fmt: skip


def _line(plan: DisclosurePlan, title: str, why: str) -> Duty:
    return Duty(
        title=title, url=reverse("democracy:disclosure_plan", args=[plan.pk]), kind="owed",
        why=why, whose=_("đơn vị"), group=_("Dân chủ cơ sở"),
    )  # fmt: skip


def consultation_duties(actor: Actor, today: dt.date) -> Iterable[Duty]:
    """What the actor's units are asked, must answer, or must tell; three queries."""
    units = actor.scopes(*ACTS_FOR)
    if not units:
        return
    taking = Consultation.objects.filter(
        state=Consultation.State.OPEN, asked__in=units, opens_on__lte=today, closes_on__gte=today
    ).exclude(opinions__unit__in=units)
    for held in taking.distinct():
        yield _asked(held, "owed", _("Góp ý dự thảo: %s") % held.title, held.closes_on,
                     _("Đơn vị được hỏi; hết ngày này thì không nhận nữa."))  # fmt: skip
    own = Consultation.objects.filter(unit__in=units).annotate(
        left=Count("opinions", filter=Q(opinions__same_as=None, opinions__outcome="")),
        untold=Count("opinions", filter=UNTOLD),
    )
    for held in own.filter(state=Consultation.State.OPEN, closes_on__lt=today):
        said = _("Trả lời %(n)d ý kiến: %(title)s") if held.left else _("Kết thúc: %(title)s")
        yield _asked(held, "owed", said % {"n": held.left, "title": held.title}, None,
                     _("Hết hạn nhận ý kiến; mỗi ý kiến phải có trả lời."))  # fmt: skip
    for held in own.filter(state=Consultation.State.CONCLUDED, untold__gt=0):
        said = _("Báo kết quả cho %(n)d người góp ý: %(title)s")
        yield _asked(held, "owed", said % {"n": held.untold, "title": held.title}, None,
                     _("Ý kiến tại cuộc họp, bằng giấy: ghi đã báo bằng cách nào."))  # fmt: skip
    yield from _answered(units, today)


# Those who can only be told by hand: nobody reads a receipt, no unit looks in the system.
UNTOLD = Q(
    opinions__told_on=None,
    opinions__channel__in=[DraftOpinion.Channel.MEETING, DraftOpinion.Channel.PAPER],
)
RECENT = dt.timedelta(days=14)


def _answered(units: Iterable[int], today: dt.date) -> Iterator[Duty]:
    """Answers to what the units said, for a fortnight."""
    rows = DraftOpinion.objects.filter(
        unit__in=units, consultation__state=Consultation.State.CONCLUDED,
        channel=DraftOpinion.Channel.SYSTEM, told_on__gte=today - RECENT,
    ).select_related("consultation")  # fmt: skip
    for opinion in rows:
        yield Duty(
            title=_("Ý kiến %(number)s đã có trả lời: %(title)s")
            % {"number": opinion.number, "title": opinion.consultation.title},
            url=reverse("democracy:draft_opinion", args=[opinion.pk]), kind="watch",
            why=_("Đơn vị đã góp ý dự thảo này."), whose=_("đơn vị"),
            group=_("Dân chủ cơ sở"),
        )  # fmt: skip


def _asked(held: Consultation, kind: Kind, title: str, due: dt.date | None, why: str) -> Duty:
    return Duty(
        title=title, url=reverse("democracy:consultation", args=[held.pk]), kind=kind, due=due,
        why=why, whose=_("đơn vị"), group=_("Dân chủ cơ sở"),
    )  # fmt: skip


def ballot_duties(actor: Actor, today: dt.date) -> Iterable[Duty]:
    """Votes to be counted, and results to be sent; one query and the calendar."""
    units = actor.scopes(*ACTS_FOR)
    if not units:
        return
    rows = Ballot.objects.filter(
        unit__in=units, matter__base="households", held_on__lte=today, sent_on=None
    ).select_related("matter")
    calendar = Calendar()
    for ballot in rows:
        due = voting.send_by(ballot, calendar)
        said = _("Gửi kết quả biểu quyết: %s") if due else _("Ghi kết quả kiểm phiếu: %s")
        why = _("Chậm nhất %d ngày làm việc sau ngày biểu quyết (Điều 20 khoản 3, Luật "
                "10/2022/QH15).") % (ballot.matter.limit_value or 0)  # fmt: skip
        yield Duty(
            title=said % ballot, url=reverse("democracy:ballot", args=[ballot.pk]), kind="owed",
            due=due, why=why if due else _("Đã đến ngày biểu quyết."), whose=_("đơn vị"),
            group=_("Dân chủ cơ sở"),
        )  # fmt: skip
