"""Who keeps the calendar and the book of reception. A doubtful rule warns, it never forbids."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.assignments.rules import may_assign
from danvan.kernel import clock
from danvan.kernel.access import ALLOWED, SYSTEM, Actor, Decision, all_of, already, refuse
from danvan.organisations import queries as organisations
from danvan.organisations.models import Unit
from danvan.petitions import reception_queries as queries
from danvan.petitions.models import OnlineStep, Promise, ReceptionDay, Turn
from danvan.petitions.rules import keeps

State = ReceptionDay.State


def may_keep(actor: Actor, unit: Unit) -> Decision:
    """Who speaks for the unit, and the inspectorate and office of the body."""
    if actor is SYSTEM or keeps(actor, unit.pk):
        return ALLOWED
    return refuse(_("Chỉ nơi tiếp công dân của cơ quan mới ghi lịch tiếp và sổ tiếp công dân."))


def may_move(actor: Actor, day: ReceptionDay) -> Decision:
    """Holding, cancelling, posting: as long as it is only planned."""
    if not (decision := may_keep(actor, day.unit)):
        return decision
    if day.state != State.PLANNED:
        told = {"state": day.get_state_display()}
        return already(_("Buổi tiếp này đã được ghi: %(state)s.") % told)
    return ALLOWED


def may_hold(actor: Actor, day: ReceptionDay) -> Decision:
    if (decision := may_move(actor, day)) and clock.today() < day.on:
        return refuse(_("Chưa đến ngày tiếp nên chưa ghi được là đã tiếp."))
    return decision


def may_prepare(actor: Actor, day: ReceptionDay) -> Decision:
    """What comes before an online session; afterwards too, what was forgotten is written down."""
    if not (decision := may_keep(actor, day.unit)):
        return decision
    if not day.online:
        return refuse(_("Buổi tiếp này không phải trực tuyến."))
    if day.state == State.CANCELLED:
        return already(_("Buổi tiếp này đã hủy."))
    return ALLOWED


def may_give_notice(actor: Actor, day: ReceptionDay) -> Decision:
    """The notice of an online session, once and before it; who numbers is asked when issuing."""
    if not (decision := may_prepare(actor, day)):
        return decision
    if day.online_steps.filter(step=OnlineStep.Step.NOTICE, document__isnull=False).exists():
        return already(_("Thông báo buổi tiếp trực tuyến đã ban hành."))
    return may_move(actor, day)


def may_tell_recording(actor: Actor, day: ReceptionDay) -> Decision:
    if (decision := may_prepare(actor, day)) and day.state == State.PLANNED:
        return refuse(_("Ghi buổi tiếp đã diễn ra rồi mới ghi nơi lưu bản ghi."))
    return decision


def may_conclude(actor: Actor, day: ReceptionDay) -> Decision:
    """After it was held; until the notice went out."""
    if not (decision := may_keep(actor, day.unit)):
        return decision
    if day.state not in (State.HELD, State.DELEGATED):
        return refuse(_("Ghi buổi tiếp đã diễn ra rồi mới ghi kết luận."))
    if day.notice_id is not None:
        return already(_("Thông báo kết luận đã ban hành."))
    return ALLOWED


def may_issue(actor: Actor, day: ReceptionDay) -> Decision:
    """The written conclusion, by whoever may number the unit's documents."""
    if day.notice_id is None and not day.conclusion:
        return refuse(_("Chưa có nội dung kết luận."))
    return may_conclude(actor, day)


def may_write(actor: Actor, unit: Unit) -> Decision:
    """A line in the book."""
    return may_keep(actor, unit)


def may_settle(actor: Actor, turn: Turn) -> Decision:
    """What was done with it; again when it goes on."""
    return may_keep(actor, turn.unit)


def may_link(actor: Actor, turn: Turn) -> Decision:
    if turn.petition_id is not None:
        return already(_("Lượt tiếp này đã lập đơn."))
    return may_keep(actor, turn.unit)


def may_promise(actor: Actor, day: ReceptionDay) -> Decision:
    """Kept with the day; whether it may be given as work at once is asked of the assignment."""
    if not (decision := may_keep(actor, day.unit)):
        return decision
    if day.state not in (State.HELD, State.DELEGATED):
        return refuse(_("Ghi buổi tiếp đã diễn ra rồi mới ghi việc đã hứa."))
    return ALLOWED


def may_give(actor: Actor, promise: Promise) -> Decision:
    """Who gives work in the name of the committee that follows it up."""
    if promise.assignment_id is not None:
        return already(_("Việc này đã được giao."))
    body = queries.committee_of(promise.day.unit, clock.today())
    if not organisations.exists_on(promise.unit, clock.today()):
        return refuse(_("Đơn vị được giao không còn hoạt động."))
    return all_of(may_assign(actor, body))
