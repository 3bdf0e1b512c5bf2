"""Opinions on Party and government building: written down, handled, answered."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy.actions.supervision import needed, not_future
from danvan.democracy.models import BuildingOpinion, Outcome
from danvan.democracy.rules import supervision as rules
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.organisations.queries import person_of

Kind = BuildingOpinion.Kind


@action("democracy.opinion.receive", may=rules.may_receive, says=gettext_lazy("ghi ý kiến góp ý"))
def receive(
    body: Unit,
    *,
    kind: str,
    source_kind: str,
    source: str,
    via: str,
    received_on: dt.date,
    content: str,
    to_unit: Unit,
    draft: str = "",
    due_on: dt.date | None = None,
    by: Actor,
) -> BuildingOpinion:
    """One opinion and to whom it goes; a criticism names the draft it is about."""
    not_future(received_on)
    if kind == Kind.CRITICISM and not draft.strip():
        raise Refused(refuse(_("Phản biện thì phải ghi tên dự thảo.")))
    content = needed(content, _("nội dung góp ý"))
    same = BuildingOpinion.objects.filter(
        body=body, content=content, to_unit=to_unit, received_on=received_on
    )
    if same.exists():
        raise Refused(already(_("Ý kiến này đã được ghi.")))
    made = BuildingOpinion.objects.create(
        body=body, kind=kind, source_kind=source_kind, source=needed(source, _("ai góp ý")),
        via=needed(via, _("qua đâu")), received_on=received_on, content=content, to_unit=to_unit,
        draft=draft.strip() if kind == Kind.CRITICISM else "", due_on=due_on,
        entered_by=person_of(by),
    )  # fmt: skip
    record(made, concerns=to_unit.pk, kind=made.get_kind_display(), day=received_on, due=due_on)
    return made


@action("democracy.opinion.answer", may=rules.may_answer, says=gettext_lazy("trả lời ý kiến góp ý"))
def answer(
    opinion: BuildingOpinion,
    *,
    outcome: str,
    reply: str,
    handling: str,
    replied_on: dt.date,
    document: str = "",
    by: Actor,
) -> BuildingOpinion:
    """What came of it, what was done, what was told to whoever gave it."""
    not_future(replied_on)
    if outcome not in Outcome.values:
        raise Refused(refuse(_("Chọn tiếp thu, tiếp thu một phần hoặc không tiếp thu.")))
    if replied_on < opinion.received_on:
        raise Refused(refuse(_("Ngày trả lời không trước ngày nhận ý kiến.")))
    opinion.outcome, opinion.reply = outcome, needed(reply, _("nội dung trả lời"))
    opinion.handling, opinion.replied_on = needed(handling, _("đã xử lý thế nào")), replied_on
    opinion.reply_document, opinion.state = document.strip(), BuildingOpinion.State.ANSWERED
    opinion.save()
    record(opinion, concerns=opinion.to_unit_id, result=opinion.get_outcome_display(),
           day=replied_on, code=opinion.reply_document)  # fmt: skip
    return opinion
