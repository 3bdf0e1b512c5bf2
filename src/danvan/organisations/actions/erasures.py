"""Asking that personal data be erased, refusing with a reason, erasing."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock, personal
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.organisations import personal_rules, rules
from danvan.organisations.models import ErasureRequest, Person
from danvan.organisations.personal import subject_of

S = ErasureRequest.State


@action(
    "organisations.erasure.ask",
    may=rules.may_ask_erasure,
    says=gettext_lazy("yêu cầu xóa dữ liệu cá nhân"),
)
def ask(person: Person, *, words: str, by: Actor) -> ErasureRequest:
    """The person himself, or the administrator for a request on paper. Dates come from the law
    of the day."""
    if not words.strip():
        raise Refused(refuse(_("Ghi nội dung yêu cầu.")))
    today = clock.today()
    rule = personal_rules.on(today)
    request = ErasureRequest.objects.create(
        person=person, words=words.strip(), asked_at=clock.now(), asked_by_id=by.id,
        answer_due=rule.answer_due(today) if rule else None,
        erase_due=rule.erase_due(today) if rule else None, rule=rule.source if rule else "",
    )  # fmt: skip
    record(request, due=request.erase_due)
    return request


@action(
    "organisations.erasure.refuse",
    may=rules.may_answer_erasure,
    says=gettext_lazy("trả lời không xóa dữ liệu cá nhân"),
)
def turn_down(request: ErasureRequest, *, reason: str, by: Actor) -> ErasureRequest:
    if not reason.strip():
        raise Refused(refuse(_("Phải ghi lý do và căn cứ không xóa.")))
    return _answered(request, S.REFUSED, reason.strip(), by)


@action(
    "organisations.erasure.carry_out",
    may=rules.may_erase,
    says=gettext_lazy("xóa dữ liệu cá nhân theo yêu cầu"),
)
def carry_out(request: ErasureRequest, *, by: Actor) -> ErasureRequest:
    """Every context erases what it may; the answer says what was done and what stays."""
    told = personal.erase(subject_of(request.person))
    # What was asked may name the person again.
    request.words = _("(đã xóa cùng dữ liệu)")
    return _answered(request, S.ERASED, "\n".join(told), by)


def _answered(request: ErasureRequest, state: str, answer: str, by: Actor) -> ErasureRequest:
    request.state, request.answer = state, answer
    request.answered_at, request.answered_by_id = clock.now(), by.id
    request.save()
    record(request, reason=answer)
    return request
