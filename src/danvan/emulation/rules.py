"""Who may register, verify, recognise, adopt, report and commend, and why not."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from danvan.documents.rules import ACTS_FOR
from danvan.emulation.models import Adoption, Commendation, Exemplar, Movement
from danvan.emulation.workflow import ADOPTION, COMMENDATION, EXEMPLAR
from danvan.kernel import clock
from danvan.kernel.access import ALLOWED, Actor, Decision, all_of, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.organisations.queries import bodies_on, holder_of

S = Exemplar.State


def acts_for(actor: Actor, unit: int) -> Decision:
    if unit in actor.scopes(*ACTS_FOR):
        return ALLOWED
    return refuse(_("Chỉ người làm thay đơn vị (lãnh đạo, công chức đầu mối) làm được việc này."))


def keeps(actor: Actor, body: int) -> Decision:
    if actor.has(roles.PROGRAMME_OFFICE, body):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình làm được việc này."))


def looks_at(actor: Actor, exemplar: Exemplar) -> Decision:
    """Who verifies and assesses: the programme office; its own models another office does.

    As in scoring: no office looks at its own work.
    """
    body = exemplar.body_id
    if exemplar.unit_id in actor.scopes(roles.MEMBER):
        return refuse(_("Mô hình của đơn vị mình phải do cơ quan khác kiểm tra, đánh giá."))
    office = holder_of(roles.PROGRAMME_OFFICE, exemplar.body, clock.today())
    if office and office.pk == exemplar.unit_id:
        if body in actor.scopes(roles.INSPECTORATE, roles.ADMINISTRATION_OFFICE):
            return ALLOWED
        return refuse(
            _("Mô hình của cơ quan thường trực do Thanh tra hoặc Văn phòng kiểm tra, đánh giá.")
        )
    return keeps(actor, body)


# --- models --------------------------------------------------------------------------------


def may_register(actor: Actor, unit: Unit) -> Decision:
    return acts_for(actor, unit.pk)


def may_amend(actor: Actor, exemplar: Exemplar) -> Decision:
    """The registration may change until somebody has looked at the model."""
    if exemplar.state != S.REGISTERED:
        return refuse(_("Chỉ sửa được đăng ký khi chưa kiểm tra thực tế."))
    return acts_for(actor, exemplar.unit_id)


def may_visit(actor: Actor, exemplar: Exemplar) -> Decision:
    """The first visit moves the model on; later ones add to what is known."""
    if exemplar.state in (S.REJECTED, S.WITHDRAWN):
        return refuse(_("Mô hình đã kết thúc nên không kiểm tra nữa."))
    return looks_at(actor, exemplar)


def may_assess(actor: Actor, exemplar: Exemplar) -> Decision:
    return all_of(looks_at(actor, exemplar), EXEMPLAR.allows(exemplar.state, "assess"))


def may_reject(actor: Actor, exemplar: Exemplar) -> Decision:
    return all_of(looks_at(actor, exemplar), EXEMPLAR.allows(exemplar.state, "reject"))


def may_withdraw(actor: Actor, exemplar: Exemplar) -> Decision:
    return all_of(acts_for(actor, exemplar.unit_id), EXEMPLAR.allows(exemplar.state, "withdraw"))


def may_honour(actor: Actor, exemplar: Exemplar) -> Decision:
    """The programme office enters every decision; the unit what it decided itself."""
    if exemplar.state not in (S.EFFECTIVE, S.RECOGNISED, S.AWARDED):
        return refuse(_("Mô hình phải được đánh giá có hiệu quả trước khi công nhận."))
    if acts_for(actor, exemplar.unit_id) or keeps(actor, exemplar.body_id):
        return ALLOWED
    return refuse(
        _("Chỉ cơ quan thường trực hoặc đơn vị có mô hình ghi được quyết định công nhận.")
    )


def may_honour_above(actor: Actor, exemplar: Exemplar) -> Decision:
    """A decision of another level than the unit's own."""
    return keeps(actor, exemplar.body_id)


# --- taking up elsewhere -------------------------------------------------------------------


def may_tell(actor: Actor, exemplar: Exemplar) -> Decision:
    """Naming a unit that took the model up: its owner, the office, or the unit itself."""
    if exemplar.state not in (S.EFFECTIVE, S.RECOGNISED, S.AWARDED):
        return refuse(_("Mô hình được đánh giá có hiệu quả rồi mới nhân rộng."))
    if actor.scopes(*ACTS_FOR) or keeps(actor, exemplar.body_id):
        return ALLOWED
    return refuse(_("Chỉ người làm thay một đơn vị hoặc cơ quan thường trực ghi được nhân rộng."))


def may_confirm(actor: Actor, adoption: Adoption) -> Decision:
    """Only the adopting unit itself: spread is counted, not claimed."""
    return all_of(_itself(actor, adoption), ADOPTION.allows(adoption.state, "confirm"))


def may_decline(actor: Actor, adoption: Adoption) -> Decision:
    return all_of(_itself(actor, adoption), ADOPTION.allows(adoption.state, "decline"))


def may_end(actor: Actor, adoption: Adoption) -> Decision:
    return all_of(_itself(actor, adoption), ADOPTION.allows(adoption.state, "end"))


def may_tell_result(actor: Actor, adoption: Adoption) -> Decision:
    if adoption.state != Adoption.State.CONFIRMED:
        return refuse(_("Chỉ ghi kết quả khi đơn vị đang áp dụng mô hình."))
    return _itself(actor, adoption)


def _itself(actor: Actor, adoption: Adoption) -> Decision:
    if acts_for(actor, adoption.unit_id):
        return ALLOWED
    return refuse(_("Chỉ chính đơn vị áp dụng mới xác nhận, ghi kết quả áp dụng."))


# --- movements of bodies that are not subordinate ------------------------------------------


def stands_apart(unit: Unit, day: dt.date) -> bool:
    """Whether the unit is under no body that runs a programme, nor such a body itself."""
    bodies = bodies_on(day)
    version = next((v for v in unit.versions.all() if v.holds_on(day)), None)
    return version is not None and unit.pk not in bodies and version.parent_id not in bodies


def may_report(actor: Actor, unit: Unit) -> Decision:
    if not stands_apart(unit, clock.today()):
        return refuse(
            _("Báo cáo phong trào dành cho cơ quan không trực thuộc (công an, quân sự, đoàn thể).")
        )
    return acts_for(actor, unit.pk)


def may_report_again(actor: Actor, movement: Movement) -> Decision:
    return acts_for(actor, movement.unit_id)


# --- commendation --------------------------------------------------------------------------


def may_prepare(actor: Actor, body: Unit) -> Decision:
    return keeps(actor, body.pk)


def may_gather(actor: Actor, commendation: Commendation) -> Decision:
    if commendation.state not in (Commendation.State.DRAFT, Commendation.State.RETURNED):
        return refuse(_("Danh sách đã trình nên không lập lại được."))
    return keeps(actor, commendation.body_id)


def may_choose(actor: Actor, commendation: Commendation) -> Decision:
    """Leaving out and taking back in: the office before proposing, the decider after."""
    if commendation.state == Commendation.State.PROPOSED:
        return decides(actor, commendation)
    return may_gather(actor, commendation)


def may_propose(actor: Actor, commendation: Commendation) -> Decision:
    """The letter is signed by the head or a deputy of the programme office."""
    return all_of(
        COMMENDATION.allows(commendation.state, "propose"), signs_letter(actor, commendation)
    )


def signs_letter(actor: Actor, commendation: Commendation) -> Decision:
    office = holder_of(roles.PROGRAMME_OFFICE, commendation.body, clock.today())
    if office and office.pk in actor.scopes(roles.HEAD, roles.DEPUTY):
        return ALLOWED
    return refuse(_("Tờ trình do người đứng đầu hoặc cấp phó cơ quan thường trực ký."))


def decides(actor: Actor, commendation: Commendation) -> Decision:
    if commendation.body_id in actor.scopes(roles.HEAD, roles.DEPUTY):
        return ALLOWED
    return refuse(_("Chỉ Chủ tịch hoặc Phó Chủ tịch ký thay làm được việc này."))


def may_return(actor: Actor, commendation: Commendation) -> Decision:
    return all_of(decides(actor, commendation), COMMENDATION.allows(commendation.state, "return"))


def may_decide(actor: Actor, commendation: Commendation) -> Decision:
    return all_of(decides(actor, commendation), COMMENDATION.allows(commendation.state, "decide"))
