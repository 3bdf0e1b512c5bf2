"""Who puts a draft to the people, who may speak, who answers, and when it may end."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.democracy.models import Consultation, DraftOpinion
from danvan.democracy.rules.telling import acts_for
from danvan.kernel import clock
from danvan.kernel.access import ALLOWED, Actor, Decision, already, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.organisations.queries import oversees
from danvan.ui import written

SPEAKS_FOR = (roles.HEAD, roles.DEPUTY, roles.LEADER, roles.FOCAL_OFFICER)
State = Consultation.State


def may_prepare(actor: Actor, unit: Unit) -> Decision:
    return acts_for(actor, unit.pk)


def may_open(actor: Actor, held: Consultation) -> Decision:
    """From a draft, as long as its last day has not gone by."""
    may = acts_for(actor, held.unit_id)
    if not may:
        return may
    if held.state != State.DRAFT:
        return already(_("Đã ở trạng thái “%s”.") % held.get_state_display())
    if held.closes_on < clock.today():
        return refuse(_("Ngày cuối nhận ý kiến đã qua; hãy lùi ngày trước khi mở."))
    return ALLOWED


def may_change(actor: Actor, held: Consultation) -> Decision:
    """Dates: until it is concluded or withdrawn."""
    may = acts_for(actor, held.unit_id)
    if may and held.state not in (State.DRAFT, State.OPEN):
        return refuse(_("Đợt lấy ý kiến %s nên không đổi được.") % held.get_state_display())
    return may


def may_enter(actor: Actor, held: Consultation) -> Decision:
    """Typing what came at a meeting or on paper: the asking unit, until it is concluded."""
    may = acts_for(actor, held.unit_id)
    return _open(held) if may else may


def may_speak(actor: Actor, held: Consultation) -> Decision:
    """For a unit that was asked (or, where everybody is asked, any other unit), in time."""
    if not actor.scopes(*SPEAKS_FOR):
        return refuse(_("Chỉ lãnh đạo hoặc công chức đầu mối góp ý thay mặt đơn vị."))
    return _in_time(held)


def may_speak_publicly(actor: Actor, held: Consultation) -> Decision:
    """Anybody, where the draft was put to the people."""
    if not held.public:
        return refuse(_("Dự thảo này không lấy ý kiến trên trang công khai."))
    return _in_time(held)


def _open(held: Consultation) -> Decision:
    if held.state == State.OPEN:
        return ALLOWED
    return refuse(_("Đợt lấy ý kiến %s nên không nhận ý kiến.") % held.get_state_display())


def _in_time(held: Consultation) -> Decision:
    may, today = _open(held), clock.today()
    if may and today < held.opens_on:
        return refuse(_("Chưa đến ngày nhận ý kiến (%s).") % written.day(held.opens_on))
    if may and today > held.closes_on:
        return refuse(_("Đã hết thời hạn nhận ý kiến ngày %s.") % written.day(held.closes_on))
    return may


def may_answer(actor: Actor, opinion: DraftOpinion) -> Decision:
    """The asking unit, until it is concluded; one that repeats another has that one's answer."""
    may = may_enter(actor, opinion.consultation)
    if may and opinion.same_as_id:
        return refuse(_("Ý kiến này trùng với %s nên dùng chung trả lời.") % opinion.same_as)
    return may


def may_group(actor: Actor, opinion: DraftOpinion) -> Decision:
    return may_enter(actor, opinion.consultation)


def may_conclude(actor: Actor, held: Consultation) -> Decision:
    """After the last day, with an answer to every opinion (Luật 10/2022/QH15, Điều 28)."""
    may = acts_for(actor, held.unit_id)
    if not may:
        return may
    if held.state == State.CONCLUDED:
        return already(_("Đã kết thúc, có giải trình."))
    if held.state != State.OPEN:
        return refuse(_("Chưa mở lấy ý kiến nên không kết thúc được."))
    if clock.today() <= held.closes_on:
        return refuse(_("Còn thời hạn nhận ý kiến đến hết ngày %s.") % written.day(held.closes_on))
    left = held.opinions.filter(same_as__isnull=True, outcome="").count()
    if left:
        return refuse(_("Còn %d ý kiến chưa được trả lời.") % left)
    return ALLOWED


def may_read_table(actor: Actor, held: Consultation) -> Decision:
    """The asking unit and who oversees it at any time; everybody once it is concluded."""
    inside = held.unit_id in actor.scopes(roles.MEMBER, *SPEAKS_FOR)
    if inside or held.state == State.CONCLUDED or held.body_id in oversees(actor):
        return ALLOWED
    return refuse(_("Bảng tiếp thu, giải trình được công bố khi kết thúc lấy ý kiến."))


def may_withdraw(actor: Actor, held: Consultation) -> Decision:
    may = acts_for(actor, held.unit_id)
    if may and held.state == State.WITHDRAWN:
        return already(_("Đã rút."))
    if may and held.state == State.CONCLUDED:
        return refuse(_("Đã kết thúc nên không rút được."))
    return may


def may_tell(actor: Actor, opinion: DraftOpinion) -> Decision:
    """Noting how its author was told the answer: once it is concluded."""
    may = acts_for(actor, opinion.consultation.unit_id)
    if may and opinion.told_on:
        return already(_("Đã ghi việc báo cho người góp ý."))
    if may and opinion.consultation.state != State.CONCLUDED:
        return refuse(_("Chưa kết thúc đợt lấy ý kiến nên chưa có trả lời để báo."))
    return may


def may_read_answer(actor: Actor, opinion: DraftOpinion) -> Decision:
    """By the receipt: the answer exists once the consultation is concluded."""
    if opinion.told_on:
        return already(_("Người góp ý đã đọc trả lời."))
    if opinion.consultation.state == State.CONCLUDED:
        return ALLOWED
    return refuse(_("Chưa có trả lời."))
