"""The result, made public, carried out, and the end; what is joined ends with its own answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.actions import directives
from danvan.assignments.models import Assignment
from danvan.documents.models import Document
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action
from danvan.organisations.models import Unit
from danvan.petitions import rules, workflow
from danvan.petitions.actions.handling import needed
from danvan.petitions.actions.steps import keep
from danvan.petitions.models import Enforcement, Petition, Ruling

State = Petition.State


@dataclass(frozen=True, slots=True)
class Result:
    """What was decided. ``answer``: what the sender is told on the public page; no names."""

    outcome: str
    text: str
    answer: str
    code: str = ""
    document: Document | None = None
    to_enforce: bool = False


@action(
    "petitions.petition.decide", may=rules.may_decide, says=gettext_lazy("ghi kết quả giải quyết")
)
def decide(petition: Petition, *, result: Result, on: dt.date | None = None, by: Actor) -> Ruling:
    """Decision, conclusion or answer, with its day: by it the settlement was on time or not."""
    text = needed(result.text, _("Ghi nội dung kết quả giải quyết."))
    day = on or clock.today()
    ruling = Ruling.objects.create(
        petition=petition, outcome=result.outcome, text=text, code=result.code.strip(),
        document=result.document, decided_on=day, to_enforce=result.to_enforce,
    )  # fmt: skip
    petition.state, petition.settled_on = State.DECIDED, day
    petition.answer = needed(result.answer, _("Ghi nội dung trả lời người gửi."))
    petition.answered_on = day
    keep(petition, "decided", on=on, by=by, code=ruling.code)
    return ruling


@action("petitions.petition.publish", may=rules.may_publish, says=gettext_lazy("công khai kết quả"))
def publish(
    petition: Petition, *, form: str, where: str, on: dt.date | None = None, by: Actor
) -> Petition:
    """How and where; posting lasts fifteen days at least (NĐ 124/2020 Đ29, NĐ 31/2019 Đ6)."""
    ruling = petition.ruling
    day = on or clock.today()
    if day < ruling.decided_on:
        raise Refused(refuse(_("Ngày công khai không được trước ngày có kết quả.")))
    ruling.published_on, ruling.published_as = day, form
    ruling.published_where = needed(where, _("Ghi nơi công khai."))
    ruling.save()
    petition.state = State.PUBLISHED
    keep(petition, "published", on=on, by=by)
    return petition


@action("petitions.petition.enforce", may=rules.may_enforce, says=gettext_lazy("giao thi hành"))
def enforce(
    petition: Petition, *, title: str, unit: Unit, due_on: dt.date, by: Actor
) -> Assignment:
    """One thing the ruling orders becomes an assignment: reminded, proved, accepted there."""
    ruling = petition.ruling
    source = ruling.code or _("Kết quả giải quyết đơn số %s") % petition.number
    made = directives.assign(
        petition.body, origin=Assignment.Origin.PETITION, title=title, unit=unit, due_on=due_on,
        source_document=ruling.document, source_note=source, by=by,
    )  # fmt: skip
    Enforcement.objects.create(ruling=ruling, assignment=made)
    ruling.to_enforce = True
    ruling.save(update_fields=["to_enforce"])
    petition.state = State.ENFORCING
    keep(petition, "enforcing", by=by, due=due_on)
    return made


@action("petitions.petition.close", may=rules.may_close, says=gettext_lazy("kết thúc đơn"))
def close(petition: Petition, *, note: str = "", by: Actor) -> Petition:
    """The matter is at its end; every petition joined to it gets its own answer and end."""
    if petition.ruling.to_enforce and not petition.ruling.enforcements.exists():
        raise Refused(refuse(_("Kết quả có việc phải thi hành nhưng chưa giao việc nào.")))
    petition.state, petition.closed_on = State.CLOSED, clock.today()
    keep(petition, "closed", by=by, said=note)
    for link in petition.followers.select_related("petition"):
        if link.petition.state == State.JOINED:
            _answer_joined(link.petition, petition, by)
    return petition


@action(
    "petitions.petition.answer_dispute",
    may=rules.may_answer_dispute,
    says=gettext_lazy("trả lời ý kiến chưa đồng ý"),
)
def answer_dispute(petition: Petition, *, answer: str, by: Actor) -> Petition:
    """What was looked at again and what is answered; the sender may confirm or dispute again."""
    petition.answer = needed(answer, _("Ghi nội dung trả lời người gửi."))
    petition.answered_on = petition.closed_on = clock.today()
    petition.state = State.CLOSED
    keep(petition, "closed", by=by)
    return petition


def _answer_joined(petition: Petition, lead: Petition, by: Actor) -> None:
    """Inside the lead's verb: one more history line, of the petition that was joined."""
    if not workflow.of(petition).allows(petition.state, "answer_jointly"):
        return
    petition.answer, petition.answered_on = lead.answer, clock.today()
    petition.settled_on = lead.settled_on
    petition.state, petition.closed_on = State.CLOSED, clock.today()
    petition.settled_on = max(lead.settled_on or clock.today(), petition.received_on)
    keep(petition, "closed", by=by, lead=lead.number)
