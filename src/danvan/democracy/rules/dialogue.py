"""Who plans, announces, holds and publishes a dialogue, and who turns its words into work."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.assignments import rules as assignments
from danvan.democracy.committees import committee_of, speaks_for
from danvan.democracy.dialogue_workflow import WORKFLOW
from danvan.democracy.models import Dialogue
from danvan.kernel import clock
from danvan.kernel.access import ALLOWED, SYSTEM, Actor, Decision, all_of, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit


def may_plan(actor: Actor, host: Unit) -> Decision:
    """Whoever speaks for the unit that invites."""
    if speaks_for(actor, host.pk, committee_of(host, clock.today()).pk):
        return ALLOWED
    return refuse(
        _("Chỉ người đứng đầu, cấp phó, lãnh đạo phụ trách, công chức đầu mối của đơn vị tổ chức "
          "(hoặc cơ quan thường trực, Văn phòng nếu là cuộc của Ủy ban) mới làm được việc này.")
    )  # fmt: skip


def may_change(actor: Actor, dialogue: Dialogue) -> Decision:
    """What was told to the people is changed by telling them again, not by correcting."""
    return all_of(_keeps(actor, dialogue), WORKFLOW.allows(dialogue.state, "change"))


def may_announce(actor: Actor, dialogue: Dialogue) -> Decision:
    return _move(actor, dialogue, "announce")


def may_hold(actor: Actor, dialogue: Dialogue) -> Decision:
    moved = _move(actor, dialogue, "hold")
    if moved and dialogue.held_on > clock.today():
        return refuse(_("Chưa đến ngày đối thoại nên chưa ghi biên bản được."))
    return moved


def may_publish(actor: Actor, dialogue: Dialogue) -> Decision:
    return _move(actor, dialogue, "publish")


def may_cancel(actor: Actor, dialogue: Dialogue) -> Decision:
    return _move(actor, dialogue, "cancel")


def may_promise(actor: Actor, dialogue: Dialogue) -> Decision:
    """The unit that held it, for itself; whoever gives out the committee's work, for others."""
    if not dialogue.took_place:
        return refuse(_("Kết luận được ghi sau khi đối thoại đã tổ chức và có biên bản."))
    if assignments.may_assign(actor, dialogue.body):
        return ALLOWED
    return _keeps(actor, dialogue)


def may_set_rule(actor: Actor, body: Unit) -> Decision:
    """Figures of the locality, and putting the shipped catalogues in force."""
    if actor is SYSTEM or actor.has(roles.PROGRAMME_OFFICE, body.pk):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình mới đưa quy định vào dùng."))


def _move(actor: Actor, dialogue: Dialogue, move: str) -> Decision:
    return all_of(_keeps(actor, dialogue), WORKFLOW.allows(dialogue.state, move))


def _keeps(actor: Actor, dialogue: Dialogue) -> Decision:
    if speaks_for(actor, dialogue.host_id, dialogue.body_id):
        return ALLOWED
    return may_plan(actor, dialogue.host)
