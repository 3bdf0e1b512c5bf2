"""Preparing, proposing and deciding whom to commend."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.actions.issuing import issue
from danvan.emulation import letters, rules
from danvan.emulation.actions import honours
from danvan.emulation.candidates import found
from danvan.emulation.models import Candidate, Commendation, Exemplar, Honour
from danvan.emulation.workflow import COMMENDATION
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.organisations.queries import holder_of


@action(
    "emulation.commendation.begin",
    may=rules.may_prepare,
    says=gettext_lazy("lập đề nghị khen thưởng"),
)
def begin(
    body: Unit, *, year: int, title: str, form: str, level: str, basis: str = "", by: Actor
) -> Commendation:
    """A draft with the candidates that ranking and models give today."""
    title = title.strip()
    if Commendation.objects.filter(body=body, year=year, title=title).exists():
        raise Refused(already(_("Đề nghị khen thưởng này của năm đã có.")))
    commendation = Commendation.objects.create(
        body=body, year=year, title=title, form=form.strip(), level=level, basis=basis.strip()
    )
    count = _gather(commendation)
    record(commendation, concerns=body.pk, name=title, year=year, candidates=count)
    return commendation


@action(
    "emulation.commendation.gather", may=rules.may_gather, says=gettext_lazy("cập nhật danh sách")
)
def gather(commendation: Commendation, *, by: Actor) -> Commendation:
    """Reads ranking and models again. Reasons for leaving somebody out are kept."""
    record(commendation, concerns=commendation.body_id, candidates=_gather(commendation))
    return commendation


@action(
    "emulation.commendation.exclude",
    may=rules.may_choose,
    says=gettext_lazy("đưa ra khỏi danh sách đề nghị khen"),
)
def exclude(commendation: Commendation, *, candidate: int, reason: str, by: Actor) -> Candidate:
    if not reason.strip():
        raise Refused(refuse(_("Phải ghi lý do không đề nghị khen.")))
    return _choose(commendation, candidate, reason.strip())


@action(
    "emulation.commendation.include",
    may=rules.may_choose,
    says=gettext_lazy("đưa lại vào danh sách đề nghị khen"),
)
def include(commendation: Commendation, *, candidate: int, by: Actor) -> Candidate:
    return _choose(commendation, candidate, "")


@action(
    "emulation.commendation.propose",
    may=rules.may_propose,
    says=gettext_lazy("ký tờ trình khen thưởng"),
)
def propose(commendation: Commendation, *, by: Actor) -> Commendation:
    """The letter takes the office's next number and goes to who decides, with the list."""
    _demand_somebody(commendation)
    office = holder_of(roles.PROGRAMME_OFFICE, commendation.body, clock.today())
    if office is None:
        raise Refused(refuse(_("Hôm nay không cơ quan nào là cơ quan thường trực.")))
    letter = letters.proposal(commendation, office, by)
    commendation.letter = issue(office, **letter, by=by)
    commendation.returned_why = ""
    return _move(commendation, "propose", code=commendation.letter.code)


@action(
    "emulation.commendation.return",
    may=rules.may_return,
    says=gettext_lazy("trả lại tờ trình khen thưởng"),
)
def send_back(commendation: Commendation, *, reason: str, by: Actor) -> Commendation:
    if not reason.strip():
        raise Refused(refuse(_("Phải ghi lý do trả lại.")))
    commendation.returned_why = reason.strip()
    return _move(commendation, "return", reason=commendation.returned_why)


@action(
    "emulation.commendation.decide",
    may=rules.may_decide,
    says=gettext_lazy("quyết định khen thưởng"),
)
def decide(commendation: Commendation, *, by: Actor) -> Commendation:
    """Numbers the decision; who is on the list is commended, and their models are awarded."""
    _demand_somebody(commendation)
    decision = issue(commendation.body, **letters.decision(commendation, by), by=by)
    commendation.decision, commendation.decided_at = decision, clock.now()
    commendation.decided_by_id = by.id
    chosen = commendation.candidates.filter(excluded_why="")
    chosen.update(commended=True)
    _move(commendation, "decide", code=decision.code)
    for candidate in chosen.select_related("unit").prefetch_related("unit__versions"):
        record(commendation, concerns=candidate.unit_id, code=decision.code, name=str(candidate))
    _award(commendation)
    return commendation


def _award(commendation: Commendation) -> None:
    """The recognised models that were grounds get the award, once each."""
    decision = commendation.decision
    assert decision is not None and decision.issued_on is not None
    models = Exemplar.objects.filter(
        candidacies__commendation=commendation, candidacies__commended=True,
        state__in=[Exemplar.State.RECOGNISED, Exemplar.State.AWARDED],
    ).distinct()  # fmt: skip
    for exemplar in models:
        honours.keep(
            exemplar, kind=Honour.Kind.AWARD, level=commendation.level, cited=decision.code,
            decided_on=decision.issued_on, document=decision, title=commendation.form,
        )  # fmt: skip


def _gather(commendation: Commendation) -> int:
    """Brings the rows in line with what is found; returns how many candidates there are."""
    held = {(c.unit_id, c.person_name): c for c in commendation.candidates.all()}
    wanted = {(f.unit, f.person_name): f for f in found(commendation.body, commendation.year)}
    for key, row in held.items():
        if key not in wanted:
            row.delete()
    for key, one in wanted.items():
        row = held.get(key) or Candidate(
            commendation=commendation, unit_id=one.unit, person_name=one.person_name,
            excluded_why=one.barred,
        )  # fmt: skip
        row.grounds = one.grounds
        row.save()
        row.exemplars.set(one.exemplars)
    commendation.gathered_at = clock.now()
    commendation.save(update_fields=["gathered_at"])
    return len(wanted)


def _choose(commendation: Commendation, candidate: int, reason: str) -> Candidate:
    row = commendation.candidates.filter(pk=candidate).first()
    if row is None:
        raise Refused(refuse(_("Không có tên này trong danh sách.")))
    if row.excluded_why == reason:
        raise Refused(already(_("Danh sách đã như vậy rồi.")))
    before, row.excluded_why = row.excluded_why, reason
    row.save(update_fields=["excluded_why"])
    record(commendation, concerns=row.unit_id, reason=reason or before, name=str(row))
    return row


def _demand_somebody(commendation: Commendation) -> None:
    if not commendation.candidates.filter(excluded_why="").exists():
        raise Refused(refuse(_("Danh sách không còn ai được đề nghị khen.")))


def _move(
    commendation: Commendation, move: str, *, reason: str = "", **facts: object
) -> Commendation:
    before, commendation.state = commendation.state, COMMENDATION.target(move)
    commendation.save()
    told = [str(COMMENDATION.states[s].label) for s in (before, commendation.state)]
    record(commendation, concerns=commendation.body_id, reason=reason, step=told, **facts)
    return commendation
