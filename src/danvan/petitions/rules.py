"""Who may do what with a petition. A reason is always given; a doubtful limit never forbids."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.kernel.access import ALLOWED, SYSTEM, Actor, Decision, all_of, already, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.petitions import queries, workflow
from danvan.petitions.models import Kind, Petition, Transfer

# Who speaks for a unit; and with the offices that keep the body's petitions.
ACTING = (roles.HEAD, roles.DEPUTY, roles.LEADER, roles.FOCAL_OFFICER)
KEEPING = (roles.INSPECTORATE, roles.ADMINISTRATION_OFFICE, *ACTING)
SIGNING = (roles.HEAD, roles.DEPUTY)
# Whoever sent a petition, at the public page: known by its number and secret alone.
CITIZEN = Actor(None, "Người gửi, qua trang công khai")


def keeps(actor: Actor, body: int) -> bool:
    return body in actor.scopes(*KEEPING)


def may_receive(actor: Actor, body: Unit) -> Decision:
    """The body's inspectorate, its office and those who speak for it; a citizen by the web."""
    if actor in (CITIZEN, SYSTEM) or keeps(actor, body.pk):
        return ALLOWED
    return refuse(_("Chỉ nơi tiếp nhận đơn của cơ quan mới ghi được đơn."))


def may_keep(actor: Actor, petition: Petition) -> Decision:
    """Intake work on one petition; a confidential one only by those named for it."""
    if not keeps(actor, petition.body_id):
        return refuse(_("Chỉ nơi tiếp nhận đơn của cơ quan mới làm được việc này."))
    return _entrusted(actor, petition)


def may_handle(actor: Actor, petition: Petition) -> Decision:
    """Who keeps it, and who speaks for the unit that has it now."""
    if keeps(actor, petition.body_id) or petition.holder_id in actor.scopes(*ACTING):
        return _entrusted(actor, petition)
    return refuse(_("Chỉ nơi tiếp nhận hoặc đơn vị đang giữ đơn mới làm được việc này."))


def _entrusted(actor: Actor, petition: Petition) -> Decision:
    if not petition.confidential or queries.entrusted_with(actor, petition):
        return ALLOWED
    return refuse(_("Đơn này chỉ người được phân công tiếp nhận, giải quyết tố cáo mới xử lý."))


def _moving(actor: Actor, petition: Petition, move: str) -> Decision:
    flow = workflow.of(petition)
    if move not in flow.moves:
        return refuse(_("%(kind)s không có bước này.") % {"kind": Kind(petition.known_kind).label})
    return flow.allows(petition.state, move)


def may_classify(actor: Actor, petition: Petition) -> Decision:
    if not keeps(actor, petition.body_id):
        return may_keep(actor, petition)
    return all_of(may_keep(actor, petition), _moving(actor, petition, "classify"))


def may_split(actor: Actor, petition: Petition) -> Decision:
    if petition.parent_id:
        return refuse(_("Phần đã tách không tách thêm; hãy tách lại từ đơn gốc."))
    return all_of(may_keep(actor, petition), _moving(actor, petition, "split"))


def may_accept(actor: Actor, petition: Petition) -> Decision:
    if decision := all_of(may_keep(actor, petition), _moving(actor, petition, "accept")):
        if not petition.competent:
            return refuse(_("Đơn không thuộc thẩm quyền nên chuyển, không thụ lý."))
        if not petition.eligible:
            return refuse(_("Đơn chưa đủ điều kiện nên không thụ lý được."))
    return decision


def may_refuse(actor: Actor, petition: Petition) -> Decision:
    return all_of(may_keep(actor, petition), _moving(actor, petition, "refuse"))


def may_file(actor: Actor, petition: Petition) -> Decision:
    return all_of(may_keep(actor, petition), _moving(actor, petition, "file"))


def may_transfer(actor: Actor, petition: Petition) -> Decision:
    decision = all_of(may_keep(actor, petition), _moving(actor, petition, "transfer"))
    if decision and petition.competent:
        return refuse(_("Đơn thuộc thẩm quyền của cơ quan nên phải giải quyết, không chuyển."))
    return decision


def may_join(actor: Actor, petition: Petition) -> Decision:
    return all_of(may_keep(actor, petition), _moving(actor, petition, "join"))


def may_verify(actor: Actor, petition: Petition) -> Decision:
    return all_of(may_keep(actor, petition), _moving(actor, petition, "verify"))


def may_change_clock(actor: Actor, petition: Petition) -> Decision:
    """Extension, pause: signed for by the head or a deputy; kept by the intake office too."""
    if not (decision := may_keep(actor, petition)):
        return decision
    if petition.state not in (Petition.State.ACCEPTED, Petition.State.VERIFYING):
        return refuse(_("Chỉ gia hạn, tạm đình chỉ trong thời gian giải quyết."))
    return ALLOWED


def may_call_talk(actor: Actor, petition: Petition) -> Decision:
    """Who keeps or verifies a complaint, as long as it is being settled."""
    if petition.known_kind not in (Kind.COMPLAINT, Kind.DISCIPLINARY):
        return refuse(_("Chỉ giải quyết khiếu nại mới có bước đối thoại này."))
    if not (decision := may_handle(actor, petition)):
        return decision
    if petition.state not in (Petition.State.ACCEPTED, Petition.State.VERIFYING):
        return refuse(_("Chỉ đối thoại trong thời gian giải quyết."))
    return ALLOWED


def may_hold_talk(actor: Actor, petition: Petition) -> Decision:
    return may_call_talk(actor, petition)


def may_resume(actor: Actor, petition: Petition) -> Decision:
    if not (decision := may_change_clock(actor, petition)):
        return decision
    return ALLOWED if petition.paused_until else refuse(_("Đơn không đang tạm đình chỉ."))


def may_override_regime(actor: Actor, petition: Petition) -> Decision:
    """The transitional articles were not read in official text: a person decides, with a reason."""
    return all_of(may_keep(actor, petition), _still_open(petition))


def _still_open(petition: Petition) -> Decision:
    if petition.state in workflow.OPEN:
        return ALLOWED
    return refuse(_("Đơn đã kết thúc ở cơ quan này."))


def may_mark(actor: Actor, petition: Petition) -> Decision:
    return all_of(may_handle(actor, petition), _still_open(petition))


def may_decide(actor: Actor, petition: Petition) -> Decision:
    """A complaint, a denunciation: the head of the body or a deputy. A proposal: who holds it."""
    if not (decision := _moving(actor, petition, "decide")):
        return decision
    if petition.known_kind in (Kind.PROPOSAL, Kind.PROCEDURE):
        return may_handle(actor, petition)
    if petition.body_id not in actor.scopes(*SIGNING):
        return refuse(_("Chỉ người đứng đầu cơ quan hoặc cấp phó ký thay mới quyết định."))
    return _entrusted(actor, petition)


def may_publish(actor: Actor, petition: Petition) -> Decision:
    return all_of(may_keep(actor, petition), _moving(actor, petition, "publish"))


def may_enforce(actor: Actor, petition: Petition) -> Decision:
    """Work is given in the name of the body (assignments asks again who may give it)."""
    return all_of(may_keep(actor, petition), _moving(actor, petition, "enforce"))


def may_close(actor: Actor, petition: Petition) -> Decision:
    if not (decision := all_of(may_handle(actor, petition), _moving(actor, petition, "close"))):
        return decision
    if left := queries.unfinished(petition):
        return refuse(_("Còn %d việc thi hành chưa xong nên chưa kết thúc được.") % left)
    return ALLOWED


def may_answer_dispute(actor: Actor, petition: Petition) -> Decision:
    return all_of(may_handle(actor, petition), _moving(actor, petition, "answer_dispute"))


def may_withdraw(actor: Actor, petition: Petition) -> Decision:
    return all_of(may_keep(actor, petition), _moving(actor, petition, "withdraw"))


def may_watch(actor: Actor, petition: Petition) -> Decision:
    return may_keep(actor, petition)


def may_confirm(actor: Actor, petition: Petition) -> Decision:
    """The sender at the public page, once it is closed; said by telephone, the office notes it."""
    if actor is not CITIZEN and not (decision := may_keep(actor, petition)):
        return decision
    if petition.confirmed_on:
        return already(_("Đã xác nhận rồi."))
    if petition.state != Petition.State.CLOSED:
        return refuse(_("Việc chưa kết thúc nên chưa xác nhận được."))
    return ALLOWED


def may_dispute(actor: Actor, petition: Petition) -> Decision:
    if actor is not CITIZEN and not (decision := may_keep(actor, petition)):
        return decision
    return _moving(actor, petition, "dispute")


def may_take_over(actor: Actor, transfer: Transfer) -> Decision:
    """The receiving unit of ours; for a body outside, who sent it notes the receipt."""
    if transfer.received_on:
        return already(_("Việc nhận đơn đã được xác nhận rồi."))
    # A denunciation goes on paper, in a sealed envelope: who sent it notes that it arrived.
    by_sender = transfer.to_unit_id is None or transfer.petition.confidential
    if by_sender and keeps(actor, transfer.petition.body_id):
        return _entrusted(actor, transfer.petition)
    if not by_sender and keeps(actor, transfer.to_unit_id or 0):
        return ALLOWED
    return refuse(_("Chỉ nơi nhận (đơn tố cáo, nơi nhận ở ngoài: nơi chuyển) mới xác nhận."))


def may_limit(actor: Actor, body: Unit) -> Decision:
    """Inspectorate, office, the head and deputies of the body."""
    offices = (roles.INSPECTORATE, roles.ADMINISTRATION_OFFICE, *SIGNING)
    if body.pk in actor.scopes(*offices):
        return ALLOWED
    return refuse(_("Chỉ thanh tra, văn phòng hoặc lãnh đạo cơ quan mới đặt thời hạn."))
