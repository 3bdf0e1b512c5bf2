"""The calendar of reception: planned, posted, held or presided by another, cancelled, concluded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.actions.directives import assign
from danvan.documents.actions.issuing import issue as issue_document
from danvan.documents.models import Document
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Person, Post, Unit
from danvan.organisations.models.units import in_force
from danvan.petitions import reception_papers as papers
from danvan.petitions import reception_queries as queries
from danvan.petitions import reception_rules as rules
from danvan.petitions.models import Promise, ReceptionDay, Turn
from danvan.ui import written

State, Form = ReceptionDay.State, ReceptionDay.Form


@action("petitions.reception.plan", may=rules.may_keep, says=gettext_lazy("lên lịch tiếp công dân"))
def plan(
    unit: Unit, *, days: Iterable[dt.date], hours: str, place: str, room: str = "", by: Actor
) -> list[ReceptionDay]:
    """Regular days from today on; one that is planned already stays as it is.

    ``room``: how one joins; given, the days are online.
    """
    _needed(hours, _("Ghi giờ tiếp."))
    _needed(place, _("Ghi địa điểm tiếp."))
    wanted = sorted(set(days))
    if not wanted:
        raise Refused(refuse(_("Chưa có ngày tiếp nào.")))
    standing = ReceptionDay.objects.filter(unit=unit, form=Form.REGULAR, on__in=wanted)
    known = set(standing.exclude(state=State.CANCELLED).values_list("on", flat=True))
    made = ReceptionDay.objects.bulk_create(
        ReceptionDay(unit=unit, on=day, hours=hours.strip(), place=place.strip(), **_how(room))
        for day in wanted if day not in known
    )  # fmt: skip
    if not made:
        raise Refused(already(_("Những ngày này đã có trong lịch.")))
    record(unit, concerns=unit.pk, reception_days=len(made), since=made[0].on, until=made[-1].on)
    return made


@action("petitions.reception.post", may=rules.may_keep, says=gettext_lazy("niêm yết lịch tiếp"))
def post(unit: Unit, *, days: Iterable[ReceptionDay], on: dt.date, at: str, by: Actor) -> int:
    """That these days hang in public since ``on``, and where. Returns how many."""
    _needed(at, _("Ghi nơi niêm yết, công bố."))
    if on > clock.today():
        raise Refused(refuse(_("Ngày niêm yết không được sau hôm nay.")))
    wanted = [d.pk for d in days]
    found = ReceptionDay.objects.filter(unit=unit, pk__in=wanted, posted_on__isnull=True)
    posted = found.update(posted_on=on, posted_at=at.strip())
    if not posted:
        raise Refused(already(_("Những ngày này đã được ghi là niêm yết rồi.")))
    record(unit, concerns=unit.pk, reception_days=posted, posted_on=on)
    return posted


@action("petitions.reception.hold", may=rules.may_hold, says=gettext_lazy("ghi buổi tiếp công dân"))
def hold(day: ReceptionDay, *, presided_by: Person, reason: str = "", by: Actor) -> ReceptionDay:
    """It took place. Presided by anybody but the head of that day it counts as delegated, and
    needs the paper or reason for it."""
    posts = Post.objects.filter(in_force(day.on), unit=day.unit, person=presided_by)
    ranks = {p.rank: p.title for p in posts}
    if not ranks:
        raise Refused(refuse(_("Người chủ trì không có chức vụ tại cơ quan vào ngày đó.")))
    head = ranks.get(Post.Rank.HEAD)
    if head is None:
        _needed(reason, _("Người khác tiếp thay thì ghi văn bản ủy quyền, lý do."))
    day.state = State.HELD if head is not None else State.DELEGATED
    day.presided_by, day.presided_title = presided_by, head or next(iter(ranks.values()))
    day.reason, day.settled_at = reason.strip(), clock.now()
    day.save()
    record(
        day, concerns=day.unit_id, reason=day.reason, day=day.on, presided_by=presided_by.name,
        state=str(day.get_state_display()),
    )  # fmt: skip
    return day


@action("petitions.reception.cancel", may=rules.may_move, says=gettext_lazy("hủy buổi tiếp"))
def cancel(
    day: ReceptionDay, *, reason: str, moved_to: dt.date | None = None, by: Actor
) -> ReceptionDay:
    """With its reason; moved to another day, that one is planned in the same act."""
    _needed(reason, _("Phải ghi lý do hủy, hoãn."))
    if moved_to is not None:
        if moved_to < clock.today() or moved_to == day.on:
            raise Refused(refuse(_("Ngày tiếp bù phải là một ngày khác, từ hôm nay trở đi.")))
        day.moved_to, _made = ReceptionDay.objects.exclude(state=State.CANCELLED).get_or_create(
            unit=day.unit, on=moved_to, form=Form.REGULAR,
            defaults={"hours": day.hours, "place": day.place, **_how(day.room)},
        )  # fmt: skip
    day.state, day.reason, day.settled_at = State.CANCELLED, reason.strip(), clock.now()
    day.save()
    record(day, concerns=day.unit_id, reason=day.reason, day=day.on, moved_to=moved_to)
    return day


@action(
    "petitions.reception.unscheduled",
    may=rules.may_keep,
    says=gettext_lazy("ghi buổi tiếp công dân đột xuất"),
)
def unscheduled(
    unit: Unit, *, on: dt.date, ground: str, hours: str, place: str, room: str = "", by: Actor
) -> ReceptionDay:
    """A reception the calendar did not foresee (Luật Tiếp công dân 2013, Đ18.3)."""
    _needed(ground, _("Ghi lý do tiếp đột xuất."))
    _needed(hours, _("Ghi giờ tiếp."))
    _needed(place, _("Ghi địa điểm tiếp."))
    same = ReceptionDay.objects.filter(unit=unit, on=on, form=Form.UNSCHEDULED, ground=ground)
    if same.exists():
        raise Refused(already(_("Buổi tiếp đột xuất này đã được ghi.")))
    made = ReceptionDay.objects.create(
        unit=unit, on=on, form=Form.UNSCHEDULED, ground=ground.strip(), hours=hours.strip(),
        place=place.strip(), **_how(room),
    )  # fmt: skip
    record(made, concerns=unit.pk, reason=made.ground, day=on)
    return made


@action(
    "petitions.reception.conclude",
    may=rules.may_conclude,
    says=gettext_lazy("ghi kết luận buổi tiếp"),
)
def conclude(day: ReceptionDay, *, text: str, by: Actor) -> ReceptionDay:
    """The words of the conclusion, until its notice is issued."""
    day.conclusion = _needed(text, _("Ghi nội dung kết luận."))
    day.concluded_on = clock.today()
    day.save(update_fields=["conclusion", "concluded_on"])
    record(day, concerns=day.unit_id, day=day.on)
    return day


@action(
    "petitions.reception.issue",
    may=rules.may_issue,
    says=gettext_lazy("ban hành thông báo kết luận tiếp công dân"),
)
def issue(day: ReceptionDay, *, by: Actor) -> Document:
    """Thông báo kết luận, numbered and sent to the units that were promised work to do."""
    paper = papers.compose(day, by)
    day.notice = issue_document(day.unit, **papers.for_issuing(paper), by=by)
    day.save(update_fields=["notice"])
    record(day, concerns=day.unit_id, code=day.notice.code, day=day.on)
    return day.notice


@action(
    "petitions.reception.promise",
    may=rules.may_promise,
    says=gettext_lazy("ghi việc đã hứa với dân"),
)
def promise(
    day: ReceptionDay,
    *,
    text: str,
    unit: Unit,
    due_on: dt.date | None = None,
    turn: Turn | None = None,
    by: Actor,
) -> Promise:
    """Kept, and given as work at once when ``by`` gives work there; else the office does."""
    if due_on is not None and due_on < clock.today():
        raise Refused(refuse(_("Hạn không được trước hôm nay.")))
    made = Promise.objects.create(
        day=day, turn=turn, text=_needed(text, _("Ghi việc đã hứa.")), unit=unit, due_on=due_on,
        made_at=clock.now(),
    )  # fmt: skip
    record(day, concerns=day.unit_id, title=made.text, until=due_on)
    if rules.may_give(by, made):
        give(made, by=by)
    return made


@action(
    "petitions.reception.give", may=rules.may_give, says=gettext_lazy("giao việc đã hứa với dân")
)
def give(promise: Promise, *, by: Actor) -> Promise:
    """The promise becomes an assignment, with all its dates, reminders and proof."""
    day = promise.day
    told = _("Kết luận buổi tiếp công dân ngày %(day)s") % {"day": written.day(day.on)}
    late = promise.due_on is not None and promise.due_on < clock.today()
    promise.assignment = assign(
        queries.committee_of(day.unit, clock.today()), origin="petition", title=promise.text,
        unit=promise.unit, due_on=None if late else promise.due_on,
        source_document=day.notice, source_note=told, by=by,
    )  # fmt: skip
    promise.save(update_fields=["assignment"])
    record(promise, concerns=promise.unit_id, title=promise.text, until=promise.due_on)
    return promise


def _how(room: str) -> dict[str, str]:
    """Online when it is said how one joins."""
    means = ReceptionDay.Means.ONLINE if room.strip() else ReceptionDay.Means.IN_PERSON
    return {"means": means, "room": room.strip()}


def _needed(text: str, otherwise: str) -> str:
    if not text.strip():
        raise Refused(refuse(otherwise))
    return text.strip()
