"""Who opens a campaign, holds a session, counts as present, decides and may see names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext as _

from danvan.documents.rules import ACTS_FOR
from danvan.kernel import clock
from danvan.kernel.access import (
    ALLOWED,
    SYSTEM,
    Actor,
    Decision,
    all_of,
    already,
    refuse,
)
from danvan.organisations import roles
from danvan.organisations.models import Person, Post, Unit, UnitVersion
from danvan.organisations.models.units import in_force
from danvan.organisations.queries import oversees
from danvan.study import roster
from danvan.study.models import (
    Campaign,
    Enrolment,
    Exemption,
    Learner,
    Need,
    PlanLine,
    Question,
    StudySession,
    StudyText,
    TrainingClass,
)

# The person at the phone: known by a code, told to nobody. History cannot forget a name.
LEARNER = Actor(None, "Người học (mã cá nhân)")
# How long after its end a session still takes people who check in by themselves.
AFTER = dt.timedelta(hours=2)


def may_keep(actor: Actor, body: Unit) -> Decision:
    """Campaigns, questions and exemptions of a body are kept by its programme office."""
    if actor is SYSTEM or actor.has(roles.PROGRAMME_OFFICE, body.pk):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình mới lập, mở và kết thúc đợt học tập."))


def may_edit(actor: Actor, campaign: Campaign) -> Decision:
    if campaign.state != Campaign.State.DRAFT:
        return refuse(_("Đợt học đã mở nên không sửa được nữa."))
    return may_keep(actor, campaign.body)


def may_open(actor: Actor, campaign: Campaign) -> Decision:
    if campaign.state != Campaign.State.DRAFT:
        return already(_("Đợt học này đã được mở rồi."))
    if not (decision := may_keep(actor, campaign.body)):
        return decision
    if campaign.due_on < clock.today():
        return refuse(_("Hạn của đợt học đã qua; sửa hạn rồi mở."))
    if campaign.way == Campaign.Way.READ and not campaign.texts.exists():
        return refuse(_("Đợt học bằng cách đọc phải có ít nhất một tài liệu."))
    if not campaign.units.exists():
        return refuse(_("Chưa chọn đơn vị nào phải học."))
    return ALLOWED


def may_close(actor: Actor, campaign: Campaign) -> Decision:
    if campaign.state == Campaign.State.CLOSED:
        return already(_("Đợt học này đã kết thúc rồi."))
    if campaign.state == Campaign.State.DRAFT:
        return refuse(_("Đợt học chưa mở."))
    return may_keep(actor, campaign.body)


def may_renew(actor: Actor, text: StudyText) -> Decision:
    """Says whether a newer version must be studied anew."""
    if not (decision := may_keep(actor, text.campaign.body)):
        return decision
    if text.campaign.state != Campaign.State.OPEN:
        return refuse(_("Chỉ thay lời văn khi đợt học đang mở."))
    if StudyText.objects.filter(replaces=text).exists():
        return already(_("Lời văn này đã được thay rồi."))
    return ALLOWED


def may_keep_watch(actor: Actor, campaign: Campaign) -> Decision:
    """The chain and its export hold everybody's names: the overseers'."""
    if campaign.body_id in oversees(actor):
        return ALLOWED
    return refuse(_("Sổ xác nhận có tên mọi người nên chỉ dành cho cơ quan theo dõi."))


def may_hold(actor: Actor, campaign: Campaign) -> Decision:
    """The programme office, and whoever acts for a unit that has to study."""
    if campaign.state != Campaign.State.OPEN:
        return refuse(_("Chỉ tổ chức buổi học khi đợt học đang mở."))
    if may_keep(actor, campaign.body):
        return ALLOWED
    if campaign.units.filter(pk__in=actor.scopes(*ACTS_FOR)).exists():
        return ALLOWED
    return refuse(
        _("Chỉ cơ quan thường trực và người được giao của đơn vị phải học mới tổ chức buổi học.")
    )


def may_run(actor: Actor, session: StudySession) -> Decision:
    """Who organises it, and the programme office, while campaign or class goes on."""
    campaign = session.campaign
    if campaign is not None and campaign.state != Campaign.State.OPEN:
        return refuse(_("Đợt học đã kết thúc nên không ghi thêm được."))
    body = campaign.body if campaign else session.training_class.line.body  # type: ignore[union-attr]
    if session.organiser_id in actor.scopes(*ACTS_FOR) or may_keep(actor, body):
        return ALLOWED
    return refuse(_("Chỉ đơn vị tổ chức buổi học hoặc cơ quan thường trực mới ghi được."))


def may_start(actor: Actor, session: StudySession) -> Decision:
    """Lets people check in by themselves: from two hours before it to two hours after."""
    if not (decision := may_run(actor, session)):
        return decision
    if session.running:
        return already(_("Điểm danh đang mở rồi."))
    if clock.now() < session.starts_at - AFTER:
        return refuse(_("Chỉ mở điểm danh sớm nhất 2 giờ trước giờ bắt đầu."))
    if clock.now() > session.ends_at + AFTER:
        return refuse(_("Buổi học đã kết thúc quá 2 giờ; ghi người dự theo danh sách có chữ ký."))
    return ALLOWED


def may_stop(actor: Actor, session: StudySession) -> Decision:
    if not (decision := may_run(actor, session)):
        return decision
    return ALLOWED if session.running else already(_("Điểm danh đã đóng rồi."))


def may_list(actor: Actor, session: StudySession) -> Decision:
    """Writes down who came: from the session's beginning on."""
    if clock.now() < session.starts_at:
        return refuse(_("Buổi học chưa bắt đầu."))
    return may_run(actor, session)


def may_check_in(_actor: Actor, session: StudySession) -> Decision:
    """Whoever holds a personal code, while the session takes people in."""
    if not session.running:
        return refuse(_("Buổi học này chưa mở hoặc đã đóng điểm danh."))
    if clock.now() > session.ends_at + AFTER:
        return refuse(_("Buổi học đã kết thúc; báo người tổ chức để ghi theo danh sách."))
    if session.campaign and session.campaign.state != Campaign.State.OPEN:
        return refuse(_("Đợt học đã kết thúc."))
    return ALLOWED


def may_read(_actor: Actor, text: StudyText) -> Decision:
    """Whoever is known, by account or code, while the campaign goes on."""
    if text.campaign.state != Campaign.State.OPEN:
        return refuse(_("Đợt học chưa mở hoặc đã kết thúc nên không ghi xác nhận được nữa."))
    if StudyText.objects.filter(replaces=text).exists():
        return refuse(_("Văn bản này đã có lời văn mới; hãy đọc lời văn mới."))
    return ALLOWED


def readers_written_for(actor: Actor, text: StudyText) -> frozenset[int]:
    """Units whose people's signed lists the actor writes down: all asked for the programme
    office, else those the actor acts for."""
    asked = roster.heirs(text.campaign.units.values_list("pk", flat=True), clock.today())
    return acted_for(actor, text.campaign, frozenset().union(*asked.values()))


def acted_for(actor: Actor, campaign: Campaign, units: Collection[int]) -> frozenset[int]:
    """Of the units a campaign is addressed to, those the actor writes for."""
    if may_keep(actor, campaign.body):
        return frozenset(units)
    return frozenset(units) & actor.scopes(*ACTS_FOR)


def may_write_readers(actor: Actor, text: StudyText) -> Decision:
    """Writes down who has read, from a signed list, while the campaign goes on."""
    if not (decision := may_read(actor, text)):
        return decision
    if readers_written_for(actor, text):
        return ALLOWED
    return refuse(
        _("Chỉ cơ quan thường trực và người được giao của đơn vị phải học mới ghi danh sách giấy.")
    )


def may_answer(_actor: Actor, campaign: Campaign) -> Decision:
    if campaign.state != Campaign.State.OPEN:
        return refuse(_("Đợt học chưa mở hoặc đã kết thúc."))
    if not campaign.quiz_size:
        return refuse(_("Đợt học này không có câu hỏi."))
    return ALLOWED


def may_ask_exemption(actor: Actor, unit: Unit) -> Decision:
    if unit.pk in actor.scopes(*ACTS_FOR):
        return ALLOWED
    return refuse(_("Chỉ người được giao của đơn vị mới đề nghị miễn học cho người của đơn vị."))


def may_decide(actor: Actor, exemption: Exemption) -> Decision:
    """The programme office of a body the unit is under; nobody decides about themselves."""
    if exemption.state != Exemption.State.ASKED:
        return already(_("Đề nghị này đã được quyết định rồi."))
    if exemption.person_id == actor.id:
        return refuse(_("Không tự quyết định miễn học cho chính mình."))
    if actor.scopes(roles.PROGRAMME_OFFICE) & bodies_of(exemption.unit_id):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình mới quyết định miễn học."))


def may_give_codes(actor: Actor, unit: Unit) -> Decision:
    """Whoever acts for the unit hands codes to its people; the programme office too."""
    if unit.pk in actor.scopes(*ACTS_FOR) or may_oversee(actor, unit):
        return ALLOWED
    return refuse(_("Chỉ người được giao của đơn vị hoặc cơ quan thường trực mới cấp mã cá nhân."))


def may_oversee(actor: Actor, unit: Unit) -> bool:
    """Whether the actor is the programme office of a body the unit is under."""
    return bool(actor.scopes(roles.PROGRAMME_OFFICE) & bodies_of(unit.pk))


def may_see_names(actor: Actor, unit: Unit) -> Decision:
    """Names are the unit's own and the overseers'."""
    held = {hold.scope for hold in actor.holds if hold.scope}
    if unit.pk in held or oversees(actor) & bodies_of(unit.pk):
        return ALLOWED
    return refuse(_("Danh sách tên chỉ dành cho người của đơn vị và cơ quan theo dõi."))


def may_keep_question(actor: Actor, question: Question) -> Decision:
    if question.withdrawn_at is not None:
        return already(_("Câu hỏi đã được rút rồi."))
    return may_keep(actor, question.body)


def may_see_list(actor: Actor, session: StudySession) -> Decision:
    """The whole list of who came: the organiser's and the overseers'."""
    body = session.campaign.body_id if session.campaign else session.training_class.line.body_id  # type: ignore[union-attr]
    if body in oversees(actor) or session.organiser_id in actor.scopes(*ACTS_FOR):
        return ALLOWED
    return refuse(_("Danh sách người dự chỉ dành cho đơn vị tổ chức và cơ quan theo dõi."))


def may_see_enrolment(actor: Actor, enrolment: Enrolment) -> Decision:
    """The person, their unit, the organiser and the overseers."""
    if enrolment.learner and enrolment.learner.person_id == actor.id:
        return ALLOWED
    if may_see_names(actor, enrolment.unit) or may_keep_class(actor, enrolment.training_class):
        return ALLOWED
    return refuse(_("Chứng nhận chỉ dành cho học viên, đơn vị của họ và đơn vị tổ chức."))


def may_plan(actor: Actor, body: Unit) -> Decision:
    """The programme office, and who acts for a unit under the body: Phòng Tư pháp trains."""
    under = UnitVersion.objects.filter(
        in_force(clock.today()), parent=body, unit__in=actor.scopes(*ACTS_FOR)
    )
    if may_keep(actor, body) or under.exists():
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực và người được giao của các đơn vị mới lập kế hoạch."))


def may_train(actor: Actor, line: PlanLine) -> Decision:
    """The organiser of the line, and the programme office."""
    if line.withdrawn_at is not None:
        return refuse(_("Nội dung tập huấn này đã được rút khỏi kế hoạch."))
    if line.organiser_id in actor.scopes(*ACTS_FOR) or may_keep(actor, line.body):
        return ALLOWED
    return refuse(_("Chỉ đơn vị chủ trì tập huấn hoặc cơ quan thường trực mới làm được việc này."))


def may_keep_class(actor: Actor, held: TrainingClass) -> Decision:
    return may_train(actor, held.line)


def may_tell_need(actor: Actor, need: Need) -> Decision:
    """A unit tells its own need; the organiser and the office may for it."""
    if need.line.withdrawn_at is None and need.unit_id in actor.scopes(*ACTS_FOR):
        return ALLOWED
    return may_train(actor, need.line)


def may_see_person(actor: Actor, person: Person) -> Decision:
    """What study keeps of a person: themselves, who acts for their unit, the office."""
    if actor.id == person.pk or actor.has(roles.ADMINISTRATOR):
        return ALLOWED
    units = set(person.posts.values_list("unit_id", flat=True))
    bodies = set().union(*(bodies_of(unit) for unit in units)) if units else set()
    if units & actor.scopes(*ACTS_FOR) or bodies & actor.scopes(roles.PROGRAMME_OFFICE):
        return ALLOWED
    return refuse(_("Chỉ người đó, đơn vị của họ và cơ quan thường trực mới xem được."))


def may_erase(actor: Actor, learner: Learner) -> Decision:
    """Once the person is out of post: while in post the unit must prove who has studied."""
    if learner.person is None:
        return already(_("Dữ liệu học tập của người này đã được xóa rồi."))
    if not (decision := may_see_person(actor, learner.person)):
        return decision
    if Post.objects.filter(in_force(clock.today()), person=learner.person).exists():
        return refuse(_("Người này còn giữ chức vụ: đơn vị còn phải chứng minh nên chưa xóa được."))
    return ALLOWED


def may_erase_name(actor: Actor, enrolment: Enrolment) -> Decision:
    """A mediator's name, once the class is over and settled."""
    if enrolment.erased_at is not None:
        return already(_("Tên học viên này đã được xóa rồi."))
    if enrolment.outcome == Enrolment.Outcome.ENROLLED:
        return refuse(_("Ghi kết quả của học viên trước khi xóa tên."))
    return may_keep_class(actor, enrolment.training_class)


def may_forget(actor: Actor, campaign: Campaign) -> Decision:
    """The system, after the day the campaign names; or its office."""
    if campaign.forgotten_at is not None:
        return already(_("Dữ liệu cá nhân của đợt học này đã được xóa rồi."))
    if clock.today() <= campaign.keep_until:
        return refuse(_("Chưa hết thời hạn giữ dữ liệu cá nhân của đợt học."))
    return all_of(may_keep(actor, campaign.body), _closed(campaign))


def _closed(campaign: Campaign) -> Decision:
    if campaign.state == Campaign.State.CLOSED:
        return ALLOWED
    return refuse(_("Đợt học chưa kết thúc."))


def bodies_of(unit: int) -> set[int]:
    """The unit itself and what it belongs or belonged to: whose programme reaches it."""
    parents = UnitVersion.objects.filter(unit=unit, parent__isnull=False)
    return {unit, *parents.values_list("parent_id", flat=True)}
