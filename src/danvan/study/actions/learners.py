"""Personal codes, exemptions, and taking a person's data out of study."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Person, Post, Unit
from danvan.organisations.models.units import in_force
from danvan.study import codes, learners, roster, rules
from danvan.study.models import Attendance, Enrolment, Exemption, Learner


@action("study.code.give", may=rules.may_give_codes, says=gettext_lazy("cấp mã cá nhân"))
def give_codes(
    unit: Unit, *, people: Collection[int] | None = None, by: Actor
) -> list[tuple[str, str]]:
    """(name, code) for the people of the unit that have none; for ``people``: new codes.

    The codes are in what is returned and nowhere else: whoever loses theirs gets a new one.
    """
    names = roster.on(clock.today(), [unit.pk])[unit.pk].people
    held = learners.of(names)
    wanted = [p for p in names if (p in people if people else not held[p].code_hash)]
    if not wanted:
        raise Refused(already(_("Mọi người của đơn vị đã có mã. Ai mất mã thì chọn để cấp lại.")))
    given = []
    for person in wanted:
        code = codes.new_personal()
        held[person].code_hash, held[person].code_given_at = codes.digest(code), clock.now()
        given.append((names[person], code))
    Learner.objects.bulk_update(
        [held[p] for p in wanted], ["code_hash", "code_given_at"], batch_size=400
    )
    record(unit, concerns=unit.pk, people=len(given))
    return given


def withdraw_codes() -> int:
    """Codes of people out of post stop working (nightly run); how many. No name, no history."""
    inside = Post.objects.filter(in_force(clock.today())).values("person")
    gone = Learner.objects.exclude(code_hash="").exclude(person__in=inside)
    return gone.update(code_hash="", code_given_at=None)


@action("study.exemption.ask", may=rules.may_ask_exemption, says=gettext_lazy("đề nghị miễn học"))
def ask_exemption(
    unit: Unit,
    *,
    person: Person,
    valid_from: dt.date,
    valid_to: dt.date | None,
    reason: str,
    by: Actor,
) -> Exemption:
    """Asks that a person of the unit need not study between two days. Counted until granted."""
    if valid_to and valid_to < valid_from:
        raise Refused(refuse(_("Ngày kết thúc trước ngày bắt đầu.")))
    if not person.posts.filter(unit=unit).exists():
        raise Refused(refuse(_("Người này không giữ chức vụ nào tại đơn vị.")))
    standing = Exemption.objects.filter(person=person, unit=unit, valid_from=valid_from)
    if standing.exclude(state=Exemption.State.REFUSED).exists():
        raise Refused(already(_("Đã có đề nghị miễn cho người này từ ngày đó.")))
    row = Exemption.objects.create(
        person=person, unit=unit, valid_from=valid_from, valid_to=valid_to,
        reason=reason.strip(), asked_at=clock.now(), asked_by=by.name[:200],
    )  # fmt: skip
    record(row, concerns=unit.pk, since=valid_from, until=valid_to)
    return row


@action("study.exemption.decide", may=rules.may_decide, says=gettext_lazy("quyết định miễn học"))
def decide_exemption(
    exemption: Exemption, *, granted: bool, reason: str = "", by: Actor
) -> Exemption:
    """Grants it, or refuses with a reason."""
    if not granted and not reason.strip():
        raise Refused(refuse(_("Ghi lý do không đồng ý miễn.")))
    exemption.state = Exemption.State.GRANTED if granted else Exemption.State.REFUSED
    exemption.decided_at, exemption.decided_by = clock.now(), by.name[:200]
    exemption.decision_reason = reason.strip()
    exemption.save()
    record(
        exemption, concerns=exemption.unit_id, reason=exemption.decision_reason,
        result=exemption.get_state_display(),
    )  # fmt: skip
    return exemption


@action("study.learner.erase", may=rules.may_erase, says=gettext_lazy("xóa dữ liệu học tập"))
def erase(learner: Learner, *, reason: str, by: Actor) -> Learner:
    """Name, code, traces of reading and answers go; lines and figures stay without a name."""
    if not reason.strip():
        raise Refused(refuse(_("Ghi lý do xóa.")))
    unit = learner.attendances.values_list("unit_id", flat=True).last()
    unname(learner)
    record(learner, concerns=unit, reason=reason.strip())
    return learner


def unname(learner: Learner) -> None:
    """Takes name, code and traces from a learner's rows. Only inside a verb: it records nothing."""
    Exemption.objects.filter(person=learner.person).update(reason=_("(đã xóa)"))
    learner.seen.all().delete()
    learner.tries.update(answers={})
    Attendance.objects.filter(learner=learner).update(device="")
    learner.person, learner.code_hash, learner.code_given_at = None, "", None
    learner.erased_at = clock.now()
    learner.save()


@action("study.enrolment.erase", may=rules.may_erase_name, says=gettext_lazy("xóa tên học viên"))
def erase_name(enrolment: Enrolment, *, reason: str, by: Actor) -> Enrolment:
    """A mediator's name and certificate number go; the class still counts one."""
    if not reason.strip():
        raise Refused(refuse(_("Ghi lý do xóa.")))
    enrolment.name = enrolment.name_key = enrolment.certificate = ""
    enrolment.erased_at = clock.now()
    enrolment.save()
    record(enrolment, concerns=enrolment.unit_id, reason=reason.strip())
    return enrolment
