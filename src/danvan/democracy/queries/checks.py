"""The checklist of a year, how far units have come with it, and what they have in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from danvan.democracy.committees import BELONGING
from danvan.democracy.models import (
    Board,
    CheckAnswer,
    CheckItem,
    Regulation,
    StaffConference,
)
from danvan.democracy.queries.supervision import overseen
from danvan.kernel.access import Actor
from danvan.organisations.models import Unit, UnitKind
from danvan.organisations.models.units import in_force
from danvan.organisations.queries import subordinates, versions_on

COMMUNES = (UnitKind.WARD, UnitKind.COMMUNE)
Answer, For = CheckAnswer.Answer, CheckItem.For


def units_visible_to(actor: Actor, day: dt.date) -> list[tuple[int, str]]:
    """The actor's units and those under the bodies he oversees that day: (id, name)."""
    known = dict.fromkeys(actor.scopes(*BELONGING), "")
    found = versions_on(day).filter(
        Q(unit__in=known) | Q(parent__in=overseen(actor)) | Q(unit__in=overseen(actor))
    )
    return [(version.unit_id, version.name) for version in found]


def answers_visible_to(actor: Actor) -> QuerySet[CheckAnswer]:
    """The unit's own, and all of the bodies the actor oversees."""
    mine = Q(unit__in=actor.scopes(*BELONGING)) | Q(body__in=overseen(actor))
    return CheckAnswer.objects.filter(mine).select_related("file", "item", "unit")


def items_of(year: int) -> list[CheckItem]:
    """Everything that was in force on some day of the year, the older rules first."""
    start, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=start)
    return list(CheckItem.objects.filter(still, valid_from__lte=end))


def communes_on(units: Collection[int], day: dt.date) -> set[int]:
    """Those of the units that are a ward or a commune that day."""
    found = versions_on(day).filter(unit__in=units, kind__in=COMMUNES)
    return set(found.values_list("unit_id", flat=True))


@dataclass(frozen=True, slots=True)
class Progress:
    """Of the items that apply to a unit in a year: done, not done, not arising, unanswered."""

    done: int
    not_done: int
    not_applicable: int
    owed: int

    @property
    def answered(self) -> int:
        return self.done + self.not_done + self.not_applicable

    @property
    def unanswered(self) -> int:
        return self.owed - self.answered

    @property
    def applicable(self) -> int:
        """What the rate is of: without what did not arise, with what nobody answered."""
        return self.owed - self.not_applicable


def progress(units: Sequence[int], year: int) -> dict[int, Progress]:
    """Unit → how far it has come; three queries, whatever the number of units."""
    items = items_of(year)
    communes = communes_on(units, dt.date(year, 12, 31))
    common = {i.pk for i in items if i.applies_to == For.ALL}
    local = {i.pk for i in items if i.applies_to == For.COMMUNE}
    said: dict[int, dict[int, str]] = {unit: {} for unit in units}
    rows = CheckAnswer.objects.filter(unit__in=units, year=year)
    for unit, item, answer in rows.values_list("unit", "item", "answer"):
        said[unit][item] = answer
    return {
        unit: _counted(said[unit], common | (local if unit in communes else set()))
        for unit in units
    }


def _counted(said: dict[int, str], owed: set[int]) -> Progress:
    counted = [answer for item, answer in said.items() if item in owed]
    return Progress(
        counted.count(Answer.DONE),
        counted.count(Answer.NOT_DONE),
        counted.count(Answer.NOT_APPLICABLE),
        len(owed),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One item and what the unit said of it."""

    item: CheckItem
    answer: CheckAnswer | None


def checklist(unit: Unit, year: int) -> list[Line]:
    """The items that apply to the unit that year, with its answers: three queries."""
    commune = bool(communes_on([unit.pk], dt.date(year, 12, 31)))
    rows = CheckAnswer.objects.filter(unit=unit, year=year).select_related("file", "answered_by")
    said = {answer.item_id: answer for answer in rows}
    return [
        Line(item, said.get(item.pk))
        for item in items_of(year)
        if commune or item.applies_to == For.ALL
    ]


def regulations_on(units: Collection[int], day: dt.date) -> QuerySet[Regulation]:
    """What is in force in these units that day."""
    return Regulation.objects.filter(in_force(day), unit__in=units)


def boards_on(units: Collection[int], day: dt.date) -> QuerySet[Board]:
    """Boards in office in these units that day."""
    return Board.objects.filter(in_force(day), unit__in=units)


def children(body: Unit, day: dt.date) -> list[tuple[int, str]]:
    """Units under the body that day."""
    return list(subordinates(body, day).values_list("unit_id", F("name")))


def doubts_of_conference(held: StaffConference) -> list[str]:
    """What of Điều 51 a conference does not keep, each with its rule (confidence B)."""
    said = []
    if held.held_on > held.latest:
        said.append(
            _("Họp sau ngày %(day)s: quá 3 tháng của năm công tác tiếp theo (Luật 10/2022/QH15, "
              "Điều 51).") % {"day": f"{held.latest:%d/%m/%Y}"}
        )  # fmt: skip
    if not held.has_quorum:
        said.append(_("Chưa đủ 2/3 số người triệu tập dự họp (Luật 10/2022/QH15, Điều 51)."))
    if not held.passed:
        said.append(_("Nghị quyết chưa được quá nửa số người dự tán thành (Điều 51)."))
    if held.staff < 100 and held.summoned < held.staff:
        said.append(_("Cơ quan dưới 100 người thì họp toàn thể, trừ khi ở phân tán (Điều 51)."))
    return said


def doubts_of_board(board: Board, commune: bool) -> list[str]:
    """What of the law's figures a board does not keep; warns, blocks nothing (confidence B)."""
    least, most, source = _limits(board, commune)
    if board.valid_from < dt.date(2023, 7, 1):
        return [_("Ban lập trước 01/7/2023: số liệu theo quy định cũ, hệ thống không đối chiếu.")]
    said = []
    if board.members < least:
        told = {"n": board.members, "least": least, "source": source}
        said.append(_("Có %(n)d người, quy định ít nhất %(least)d (%(source)s).") % told)
    if most and board.members > most:
        told = {"n": board.members, "most": most, "source": source}
        said.append(_("Có %(n)d người, quy định nhiều nhất %(most)d (%(source)s).") % told)
    two_years = board.valid_from.replace(year=board.valid_from.year + 2, day=1)
    inspects = board.kind == Board.Kind.INSPECTION and not commune
    if inspects and board.valid_to and board.valid_to > two_years + dt.timedelta(days=31):
        said.append(_("Nhiệm kỳ dài hơn 2 năm (Luật 10/2022/QH15, Điều 60)."))
    return said


def _limits(board: Board, commune: bool) -> tuple[int, int | None, str]:
    if board.kind == Board.Kind.INVESTMENT:
        return 5, None, "Luật 10/2022/QH15, Điều 41; Nghị định 59/2023/NĐ-CP, Điều 17"
    if commune:
        return 5, None, "Luật 10/2022/QH15, Điều 36; Nghị định 59/2023/NĐ-CP, Điều 13"
    return 3, 9, "Luật 10/2022/QH15, Điều 60; Nghị định 59/2023/NĐ-CP, Điều 21"
