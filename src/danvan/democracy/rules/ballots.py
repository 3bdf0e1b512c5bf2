"""Who prepares, counts, corrects and answers a vote of households."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.democracy.models import Ballot
from danvan.democracy.queries.disclosure import kind_of
from danvan.democracy.rules.telling import acts_for
from danvan.kernel import clock
from danvan.kernel.access import Actor, Decision, already, refuse
from danvan.organisations.models import Unit, UnitKind

ORGANISES = (UnitKind.WARD, UnitKind.COMMUNE)


def may_prepare(actor: Actor, unit: Unit) -> Decision:
    """The committee of a ward or commune organises (Luật 10/2022/QH15, Điều 15 to 21)."""
    may = acts_for(actor, unit.pk)
    if may and kind_of(unit, clock.today()) not in ORGANISES:
        return refuse(_("Chỉ UBND phường, xã tổ chức để hộ gia đình biểu quyết."))
    return may


def may_count(actor: Actor, ballot: Ballot) -> Decision:
    """Once, from the day of the vote; a vote of the whole commune is counted by its parts."""
    may = acts_for(actor, ballot.unit_id)
    if not may:
        return may
    if ballot.matter.base == "villages":
        return refuse(_("Kết quả toàn xã, phường tính từ biểu quyết của từng khu phố, ấp."))
    if ballot.counted_at:
        return already(_("Đã ghi kết quả kiểm phiếu; muốn sửa thì đính chính."))
    if ballot.held_on > clock.today():
        return refuse(_("Chưa đến ngày biểu quyết."))
    return may


def may_recount(actor: Actor, ballot: Ballot) -> Decision:
    """Correcting what was counted, until it was answered."""
    may = acts_for(actor, ballot.unit_id)
    if may and ballot.counted_at is None:
        return refuse(_("Chưa có kết quả kiểm phiếu."))
    if may and ballot.recognised is not None:
        return refuse(_("Đã có trả lời công nhận nên không đính chính được."))
    return may


def may_send(actor: Actor, ballot: Ballot) -> Decision:
    may = acts_for(actor, ballot.unit_id)
    if may and ballot.sent_on:
        return already(_("Đã ghi việc gửi kết quả."))
    if may and ballot.counted_at is None:
        return refuse(_("Chưa có kết quả kiểm phiếu."))
    return may


def may_recognise(actor: Actor, ballot: Ballot) -> Decision:
    may = acts_for(actor, ballot.unit_id)
    if may and ballot.recognised is not None:
        return already(_("Đã ghi trả lời công nhận."))
    if may and not ballot.matter.recognised_by:
        return refuse(_("Nội dung này không cần công nhận."))
    if may and ballot.sent_on is None:
        return refuse(_("Chưa gửi kết quả."))
    return may
