"""Who may give a document its number, and who keeps the register."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from danvan.documents.models import Addressee, Document, Relation, ReviewTask
from danvan.kernel.access import ALLOWED, SYSTEM, Actor, Decision, already, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit

# Who acts for a unit.
ACTS_FOR = (roles.HEAD, roles.DEPUTY, roles.LEADER, roles.FOCAL_OFFICER)


def may_issue(actor: Actor, body: Unit) -> Decision:
    """Whoever signs for the body, or the office that numbers its documents."""
    signs = body.pk in actor.scopes(roles.HEAD, roles.DEPUTY)
    if actor is SYSTEM or signs or actor.has(roles.ADMINISTRATION_OFFICE, body.pk):
        return ALLOWED
    return refuse(
        _("Chỉ người ký văn bản của cơ quan hoặc văn phòng mới ban hành, cấp số văn bản được.")
    )


def may_number(actor: Actor, body: Unit) -> Decision:
    """Setting where a series of numbers stands: the administration office."""
    if actor is SYSTEM or actor.has(roles.ADMINISTRATION_OFFICE, body.pk):
        return ALLOWED
    return refuse(_("Chỉ văn phòng của cơ quan mới đặt số văn bản."))


def may_keep_register(actor: Actor, _subject: Any) -> Decision:
    """Facts about instruments of other bodies: the administrator and the programme office."""
    if (
        actor is SYSTEM
        or actor.has(roles.ADMINISTRATOR)
        or actor.has(roles.PROGRAMME_OFFICE)
        or actor.has(roles.ADMINISTRATION_OFFICE)
    ):
        return ALLOWED
    return refuse(
        _("Chỉ cơ quan thường trực, văn phòng hoặc quản trị hệ thống mới cập nhật văn bản.")
    )


def may_withdraw_relation(actor: Actor, relation: Relation) -> Decision:
    """Like keeping the register; once."""
    if relation.withdrawn_at is not None:
        return already(_("Quan hệ này đã được rút."))
    return may_keep_register(actor, relation)


def may_settle_review(actor: Actor, review: ReviewTask) -> Decision:
    """The programme office of the body whose document cites; once."""
    if review.outcome:
        told = {"by": review.settled_by_name, "outcome": review.get_outcome_display()}
        return already(_("%(by)s đã rà soát: %(outcome)s.") % told)
    body = review.citation.document.issuer_id
    if actor.has(roles.PROGRAMME_OFFICE, body):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình mới kết luận rà soát căn cứ."))


def may_dispatch(actor: Actor, document: Document) -> Decision:
    """Who signs or numbers for the body that issued it, and its programme office."""
    if document.issuer is None:
        return refuse(_("Chỉ gửi được văn bản do cơ quan mình ban hành qua hệ thống."))
    if actor.has(roles.PROGRAMME_OFFICE, document.issuer_id) or may_issue(actor, document.issuer):
        return ALLOWED
    return refuse(_("Chỉ văn phòng, cơ quan thường trực hoặc người ký của cơ quan ban hành gửi."))


def may_open(actor: Actor, addressee: Addressee) -> Decision:
    """Anyone of the unit addressed."""
    if addressee.unit_id in actor.scopes(roles.MEMBER, *ACTS_FOR):
        return ALLOWED
    return refuse(_("Văn bản này không gửi đến đơn vị của bạn."))


def may_acknowledge(actor: Actor, addressee: Addressee) -> Decision:
    """Who acts for the unit; once; only what was sent."""
    kinds = {mark.kind for mark in addressee.marks.all()}
    if "acknowledged" in kinds:
        return already(_("Đơn vị đã xác nhận nhận văn bản này."))
    if addressee.unit_id not in actor.scopes(*ACTS_FOR):
        return refuse(
            _("Chỉ người đứng đầu, lãnh đạo phụ trách hoặc đầu mối của đơn vị nhận mới xác nhận.")
        )
    if "sent" not in kinds:
        return refuse(_("Văn bản chưa được gửi nên chưa thể xác nhận đã nhận."))
    return ALLOWED


def may_enter_proof(actor: Actor, addressee: Addressee) -> Decision:
    """A receipt on paper is entered by whoever dispatches; once."""
    if any(mark.kind == "acknowledged" for mark in addressee.marks.all()):
        return already(_("Nơi nhận này đã xác nhận nhận văn bản."))
    return may_dispatch(actor, addressee.document)
