"""Sending on what is not ours, with clause, letter and receipt; dealing with the same together."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.actions.issuing import issue
from danvan.documents.rules import may_issue
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.organisations.queries import name_on
from danvan.petitions import indexing, letters, rules
from danvan.petitions.actions.handling import needed
from danvan.petitions.actions.intake import next_number
from danvan.petitions.actions.steps import keep
from danvan.petitions.models import Content, Link, Paper, Petition, Sender, Transfer
from danvan.petitions.workflow import OPEN

State = Petition.State


@action("petitions.petition.transfer", may=rules.may_transfer, says=gettext_lazy("chuyển đơn"))
def transfer(
    petition: Petition, *, to_name: str = "", to_unit: Unit | None = None, clause: str, by: Actor
) -> Transfer:
    """To the competent body: ours (it takes the petition over as it is) or outside.

    Who may issue documents numbers the slip in the same act; else it is a draft to be signed.
    """
    day = clock.today()
    name = name_on(to_unit, day) if to_unit else needed(to_name, _("Ghi cơ quan nhận."))
    if to_unit is not None and to_unit.pk == petition.body_id:
        raise Refused(refuse(_("Không chuyển cho chính cơ quan đang giữ đơn.")))
    made = Transfer(
        petition=petition, to_unit=to_unit, to_name=name, sent_on=day,
        clause=needed(clause, _("Ghi điều khoản quy định thẩm quyền của cơ quan nhận.")),
    )  # fmt: skip
    if may_issue(by, petition.body):
        made.document = issue(petition.body, **letters.for_issuing(made, by), by=by)
    made.save()
    petition.state, petition.closed_on = State.TRANSFERRED, day
    petition.answer = _("Đơn đã được chuyển đến %(to)s theo %(clause)s.") % {
        "to": name, "clause": made.clause,
    }  # fmt: skip
    petition.answered_on = day
    keep(petition, "transferred", by=by, said=made.clause, recipients=name)
    return made


@action(
    "petitions.transfer.confirm", may=rules.may_take_over, says=gettext_lazy("xác nhận nhận đơn")
)
def confirm(transfer: Transfer, *, receipt: str, by: Actor) -> Transfer:
    """The receipt; a unit of ours gets petition, senders and papers: nothing is typed again."""
    transfer.received_on = clock.today()
    transfer.receipt = needed(receipt, _("Ghi số, cách xác nhận đã nhận."))[:200]
    if transfer.to_unit is not None and not transfer.petition.confidential:
        transfer.became = _taken_over(transfer.petition, transfer.to_unit, by)
    transfer.save()
    unit = transfer.to_unit_id or transfer.petition.body_id
    concerns = None if transfer.petition.confidential else unit
    record(transfer, concerns=concerns, day=transfer.received_on)
    return transfer


@action(
    "petitions.petition.join", may=rules.may_join, says=gettext_lazy("đưa vào giải quyết chung")
)
def join(petition: Petition, *, lead: Petition, kind: str, reason: str, by: Actor) -> Link:
    """Dealt with together with ``lead``: its receipt, date and answer stay its own."""
    lead = Petition.objects.select_for_update().get(pk=lead.pk)
    if lead.pk == petition.pk or lead.body_id != petition.body_id:
        raise Refused(refuse(_("Chọn một đơn khác của cùng cơ quan.")))
    if lead.state == State.JOINED:
        lead = lead.link.lead
    if lead.pk == petition.pk or lead.state not in OPEN:
        raise Refused(refuse(_("Đơn kia không còn đang được giải quyết.")))
    if lead.confidential != petition.confidential:
        raise Refused(refuse(_("Không gộp đơn tố cáo với đơn khác loại.")))
    link = Link.objects.create(
        petition=petition, lead=lead, kind=kind, linked_at=clock.now(), linked_by_id=by.id,
        reason=needed(reason, _("Ghi vì sao là cùng một việc."))[:300],
    )  # fmt: skip
    # What was joined to this one goes on with the new lead.
    Link.objects.filter(lead=petition).update(lead=lead)
    petition.state, petition.holder = State.JOINED, lead.holder
    keep(petition, "joined", by=by, said=reason, lead=lead.number)
    return link


def _taken_over(petition: Petition, unit: Unit, by: Actor) -> Petition:
    """The same petition as the receiving unit keeps it, received today, with its own number."""
    today = clock.today()
    serial, number = next_number(unit, today.year)
    made = Petition.objects.create(
        body=unit, holder=unit, year=today.year, serial=serial, number=number,
        secret_hash="", channel=Petition.Channel.FORWARDED, received_on=today,
        received_at=clock.now(), received_by_id=by.id, kind_said=petition.known_kind,
        subject=petition.subject, people=petition.people, confidential=petition.confidential,
        remote=petition.remote, forwarder_name=name_on(petition.body, today),
    )  # fmt: skip
    Content.objects.create(
        petition=made, text=petition.content.text, demand=petition.content.demand,
        settled_before=petition.content.settled_before,
    )  # fmt: skip
    for sender in petition.senders.all():
        sender.pk, sender.petition = None, made
        Sender.objects.bulk_create([sender])
    for paper in petition.papers.all():
        paper.pk, paper.petition = None, made
        Paper.objects.bulk_create([paper])
    keep(made, "received", by=by)
    indexing.refresh(made)
    return made
