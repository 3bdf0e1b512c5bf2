"""Opening a scoring round: which sheet for which block, who verifies, one sheet per unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.organisations import roles
from danvan.organisations.models import Block, Unit
from danvan.organisations.models.units import in_force
from danvan.organisations.queries import holder_of, ranked_units
from danvan.programmes.models import Programme
from danvan.scoring import computing
from danvan.scoring.models import (
    CriteriaSet,
    Criterion,
    Round,
    RoundBlock,
    RoundOffice,
    Score,
    Sheet,
)
from danvan.scoring.rules import rounds as rules
from danvan.ui import written


@action("scoring.round.open", may=rules.may_open_round, says=gettext_lazy("mở đợt chấm điểm"))
def open_round(
    programme: Programme,
    *,
    dossier_due: dt.date,
    verify_due: dt.date,
    explain_from: dt.date,
    explain_to: dt.date,
    decide_due: dt.date,
    period_from: dt.date | None = None,
    period_to: dt.date | None = None,
    target_share: Decimal | None = None,
    substitutes: Mapping[str, int] | None = None,
    title: str = "",
    by: Actor,
) -> Round:
    """Opens the round with a sheet for every ranked unit of the day the dossiers are due.

    ``substitutes``: role → unit that stands in on the holder's own sheet (chosen among the
    other offices where not given). Refused where a block has no score sheet that day, or a
    role nobody who fills it.
    """
    year = programme.year
    round = Round(
        programme=programme,
        title=title or _("Chấm điểm công tác dân vận chính quyền năm %d") % year,
        period_from=period_from or dt.date(year, 1, 1),
        period_to=period_to or dt.date(year, 12, 31),
        dossier_due=dossier_due, verify_due=verify_due, explain_from=explain_from,
        explain_to=explain_to, decide_due=decide_due, target_share=target_share,
    )  # fmt: skip
    _in_order(round)
    units = ranked_units(programme.body, dossier_due)
    sets = sets_in_force({block for _unit, block in units}, dossier_due)
    offices = holders(sets.values(), programme.body, dossier_due)
    round.save()
    RoundBlock.objects.bulk_create(
        RoundBlock(round=round, block=block, criteria_set=held) for block, held in sets.items()
    )
    RoundOffice.objects.bulk_create(_offices(round, offices, substitutes or {}))
    sheets = _sheets(round, units, sets)
    scores = _scores(sheets)
    for sheet in sheets:
        record(sheet, concerns=sheet.unit_id, due=dossier_due, criteria=sheet.criteria_set.title)
    record(round, concerns=programme.body_id, sheets=len(sheets), scores=len(scores))
    return round


@action(
    "scoring.round.recompute",
    may=rules.may_recompute,
    says=gettext_lazy("cập nhật số hệ thống tính"),
)
def recompute(round: Round, *, by: Actor) -> int:
    """Reads the facts again for every open sheet; returns how many values changed."""
    sheets = list(round.sheets.filter(state=Sheet.State.OPEN))
    for sheet in sheets:
        sheet.round = round
    scores = computing.scores_of(sheets)
    changed = computing.store(scores, computing.compute(scores, round))
    if changed:
        Score.objects.bulk_update(changed, ["computed", "computed_said"], batch_size=500)
    record(round, concerns=round.programme.body_id, changed=len(changed), sheets=len(sheets))
    return len(changed)


def sets_in_force(blocks: Collection[str], day: dt.date) -> dict[str, CriteriaSet]:
    """Block → its score sheet that day. Refused, naming the blocks that have none."""
    if not blocks:
        raise Refused(refuse(_("Ngày %s không có đơn vị nào được xếp loại.") % written.day(day)))
    found = CriteriaSet.objects.filter(in_force(day), block__in=blocks)
    sets = {held.block: held for held in found.order_by("valid_from")}
    if missing := sorted(set(blocks) - set(sets)):
        names = ", ".join(str(Block(block).label) for block in missing)
        raise Refused(
            refuse(
                _("Ngày %(day)s chưa có bảng điểm áp dụng cho: %(blocks)s.")
                % {"day": written.day(day), "blocks": names}
            )
        )
    return dict(sorted(sets.items()))


def holders(sets: Collection[CriteriaSet], body: Unit, day: dt.date) -> dict[str, Unit]:
    """Role → the office that fills it, for every role the sheets name. Refused if one has none."""
    wanted = set(
        Criterion.objects.filter(criteria_set__in=sets)
        .order_by()
        .values_list("owner_role", flat=True)
        .distinct()
    )
    # Explanations and settling are the programme office's, whatever the sheets name.
    wanted.add(roles.PROGRAMME_OFFICE)
    found = {role: holder_of(role, body, day) for role in roles.VERIFYING if role in wanted}
    if missing := [role for role, held in found.items() if held is None]:
        names = ", ".join(str(roles.ROLES[role].label) for role in missing)
        raise Refused(
            refuse(
                _("Ngày %(day)s chưa có cơ quan nào giữ vai trò: %(roles)s.")
                % {"day": written.day(day), "roles": names}
            )
        )
    return {role: held for role, held in found.items() if held is not None}


def usual_substitutes(offices: Mapping[str, Unit]) -> dict[str, Unit]:
    """Role → the first of the other offices: a verifying office never marks itself."""
    found = {}
    for role, office in offices.items():
        others = [other for other in offices.values() if other.pk != office.pk]
        if others:
            found[role] = others[0]
    return found


def _offices(
    round: Round, offices: Mapping[str, Unit], named: Mapping[str, int]
) -> list[RoundOffice]:
    usual = usual_substitutes(offices)
    rows = []
    for role, office in offices.items():
        substitute = named.get(role) or (usual[role].pk if role in usual else None)
        label = str(roles.ROLES[role].label)
        if substitute is None:
            raise Refused(refuse(_("Chưa nêu cơ quan thẩm định thay cho: %s.") % label))
        if substitute == office.pk:
            raise Refused(refuse(_("%s: cơ quan thẩm định thay phải là cơ quan khác.") % label))
        rows.append(RoundOffice(round=round, role=role, office=office, substitute_id=substitute))
    return rows


def _sheets(
    round: Round, units: list[tuple[int, str]], sets: Mapping[str, CriteriaSet]
) -> list[Sheet]:
    made = Sheet.objects.bulk_create(
        Sheet(round=round, unit_id=unit, block=block, criteria_set=sets[block])
        for unit, block in units
    )
    named = {u.pk: u for u in Unit.objects.filter(pk__in=[u for u, _block in units])}
    for sheet in made:
        sheet.unit = named[sheet.unit_id]
    return made


def _scores(sheets: list[Sheet]) -> list[Score]:
    """One score per sheet and criterion, with what the system can compute today."""
    by_set: dict[int, list[Criterion]] = {}
    sets = {sheet.criteria_set_id for sheet in sheets}
    for criterion in Criterion.objects.filter(criteria_set__in=sets):
        by_set.setdefault(criterion.criteria_set_id, []).append(criterion)
    by_set = {key: computing.in_order(held) for key, held in by_set.items()}
    codes = computing.codes_of(c for held in by_set.values() for c in held)
    period = computing.period_of(sheets[0].round)
    read = computing.readings(codes, [sheet.unit_id for sheet in sheets], period)
    scores = []
    for sheet in sheets:
        others: dict[str, Decimal | None] = {}
        for criterion in by_set[sheet.criteria_set_id]:
            now = computing.value_of(criterion, sheet.unit_id, read, others)
            others[criterion.code] = now.value
            scores.append(
                Score(
                    sheet=sheet,
                    criterion=criterion,
                    computed=now.value,
                    computed_said=computing.kept(now.said),
                )
            )
    return Score.objects.bulk_create(scores, batch_size=500)


def _in_order(round: Round) -> None:
    """The dates as the table demands them, told before the database refuses."""
    if round.period_from > round.period_to:
        raise Refused(refuse(_("Kỳ đánh giá: ngày đầu phải không sau ngày cuối.")))
    if round.explain_from > round.explain_to:
        raise Refused(refuse(_("Thời gian giải trình: ngày đầu phải không sau ngày cuối.")))
    if not round.dossier_due <= round.verify_due <= round.decide_due:
        raise Refused(refuse(_("Hạn nộp hồ sơ, hạn thẩm định và hạn quyết định phải theo thứ tự.")))
