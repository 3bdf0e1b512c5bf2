"""Boards of inspection and of investment supervision, and what they checked."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy.actions.supervision import needed, not_future
from danvan.democracy.committees import committee_of
from danvan.democracy.models import Board, BoardCheck
from danvan.democracy.rules import checks as rules
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit


@action("democracy.board.add", may=rules.may_keep, says=gettext_lazy("ghi Ban được công nhận"))
def add(
    unit: Unit,
    *,
    kind: str,
    project: str = "",
    members: int,
    valid_from: dt.date,
    valid_to: dt.date,
    recognised_by: str,
    by: Actor,
) -> Board:
    """A board for its term. Figures the law asks otherwise are said, not refused."""
    if valid_to < valid_from:
        raise Refused(refuse(_("Ngày hết nhiệm kỳ không trước ngày bắt đầu.")))
    invests = kind == Board.Kind.INVESTMENT
    project = needed(project, _("dự án được giám sát")) if invests else ""
    known = Board.objects.filter(unit=unit, kind=kind, project=project)
    if known.filter(valid_from__lte=valid_to, valid_to__gte=valid_from).exists():
        raise Refused(already(_("Đã có Ban cùng loại trong thời gian này.")))
    made = Board.objects.create(
        unit=unit, body=committee_of(unit, clock.today()), kind=kind, project=project,
        members=members, valid_from=valid_from, valid_to=valid_to,
        recognised_by=needed(recognised_by, _("văn bản công nhận")),
    )  # fmt: skip
    record(made, concerns=unit.pk, kind=made.get_kind_display(), people=members, since=valid_from,
           until=valid_to, basis=made.recognised_by)  # fmt: skip
    return made


@action(
    "democracy.board.check", may=rules.may_check, says=gettext_lazy("ghi cuộc kiểm tra của Ban")
)
def check(
    board: Board, *, held_on: dt.date, about: str, recommended: int, handled: int, by: Actor
) -> BoardCheck:
    """One check: within the term, with what it recommended and what of it was handled."""
    not_future(held_on)
    if not board.holds_on(held_on):
        raise Refused(refuse(_("Ngày kiểm tra phải trong nhiệm kỳ của Ban.")))
    if handled > recommended:
        raise Refused(refuse(_("Số đã giải quyết không vượt số kiến nghị.")))
    made = BoardCheck.objects.create(
        board=board, held_on=held_on, subject=needed(about, _("nội dung kiểm tra")),
        recommended=recommended, handled=handled,
    )  # fmt: skip
    record(board, concerns=board.unit_id, day=held_on, title=made.subject)
    return made
