"""Who verifies, changed by hand: another office, another substitute, standing aside."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.organisations.queries import person_of
from danvan.scoring import routing
from danvan.scoring.models import Abstention, Criterion, Rerouting, Round, RoundOffice, Score, Sheet
from danvan.scoring.rules import verification as rules


@action(
    "scoring.round.reroute", may=rules.may_reroute, says=gettext_lazy("giao lại việc thẩm định")
)
def reroute(
    round: Round,
    *,
    criterion: Criterion,
    office: Unit,
    reason: str,
    unit: Unit | None = None,
    by: Actor,
) -> Rerouting:
    """Another office of the round verifies a criterion: on every sheet, or on one unit's.

    Scores not verified yet move at once; marks already given stay with who gave them.
    """
    _needed(reason)
    if office.pk not in offices_of(round):
        raise Refused(refuse(_("Chỉ giao được cho cơ quan thẩm định của đợt chấm.")))
    if unit is not None and unit.pk == office.pk:
        raise Refused(refuse(_("Không cơ quan nào thẩm định phiếu của chính mình.")))
    if not round.blocks.filter(criteria_set=criterion.criteria_set_id).exists():
        raise Refused(refuse(_("Tiêu chí này không thuộc bảng điểm của đợt chấm.")))
    made, _new = Rerouting.objects.update_or_create(
        round=round, criterion=criterion, unit=unit,
        defaults={"office": office, "reason": reason.strip(), "made_at": clock.now(),
                  "made_by": person_of(by)},
    )  # fmt: skip
    _again(round)
    record(
        round, concerns=unit.pk if unit else round.programme.body_id, reason=made.reason,
        criterion=criterion.code, office=str(office), unit=str(unit or ""),
    )  # fmt: skip
    return made


@action(
    "scoring.round.route_back",
    may=rules.may_reroute,
    says=gettext_lazy("bỏ việc giao lại thẩm định"),
)
def route_back(round: Round, *, rerouting: Rerouting, by: Actor) -> None:
    """The office of the role verifies again."""
    unit, code = rerouting.unit, rerouting.criterion.code
    rerouting.delete()
    _again(round)
    concerned = unit.pk if unit else round.programme.body_id
    record(round, concerns=concerned, criterion=code, unit=str(unit or ""))


@action(
    "scoring.round.name_substitute",
    may=rules.may_reroute,
    says=gettext_lazy("cử cơ quan thẩm định thay"),
)
def name_substitute(
    round: Round, *, held: RoundOffice, substitute: Unit, reason: str, by: Actor
) -> RoundOffice:
    """Who stands in on the sheet of the office that holds a role."""
    _needed(reason)
    if substitute.pk == held.office_id:
        raise Refused(refuse(_("Cơ quan thẩm định thay phải là cơ quan khác.")))
    before, held.substitute = str(held.substitute), substitute
    held.save(update_fields=["substitute"])
    _again(round)
    record(
        round, concerns=held.office_id, reason=reason.strip(), role=held.role,
        substitute=[before, str(substitute)],
    )  # fmt: skip
    return held


@action(
    "scoring.score.abstain", may=rules.may_abstain, says=gettext_lazy("từ chối thẩm định một điểm")
)
def abstain(score: Score, *, reason: str, by: Actor) -> Abstention:
    """Stands aside from one score; the substitute, else another office, takes it over."""
    _needed(reason)
    other = routing.instead_of(score)
    if other is None:
        raise Refused(refuse(_("Không còn cơ quan thẩm định nào khác cho điểm này.")))
    made = Abstention.objects.create(
        score=score, office_id=score.verifier_id or 0, passed_to_id=other, reason=reason.strip(),
        made_at=clock.now(), made_by=person_of(by),
    )  # fmt: skip
    score.verifier_id = other
    score.save(update_fields=["verifier"])
    record(
        score, concerns=score.sheet.unit_id, reason=made.reason,
        verifier=[str(made.office), str(made.passed_to)],
    )  # fmt: skip
    return made


def offices_of(round: Round) -> set[int]:
    """Every office that verifies in the round, substitutes included."""
    return {pk for pair in round.offices.values_list("office", "substitute") for pk in pair}


def _again(round: Round) -> None:
    waiting = round.sheets.filter(state=Sheet.State.SUBMITTED).select_related("round")
    for sheet in waiting:
        routing.route(sheet)


def _needed(reason: str) -> None:
    if not reason.strip():
        raise Refused(refuse(_("Phải ghi lý do.")))
