"""Caps an office raises with a document, and the decider lifts with a reason."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.queries import person_of
from danvan.scoring.models import Cap, CapMark, Sheet
from danvan.scoring.queries.drafts import caps_of
from danvan.scoring.rules import rankings as rules


@action("scoring.cap.raise", may=rules.may_raise_cap, says=gettext_lazy("nêu giới hạn xếp loại"))
def raise_cap(sheet: Sheet, *, cap: Cap, document: str, ground: str, by: Actor) -> CapMark:
    """Says, with its document, that a cap the system cannot test itself holds for a unit."""
    if cap.criteria_set_id != sheet.criteria_set_id or cap.rule != Cap.Rule.MANUAL:
        raise Refused(refuse(_("Giới hạn này không do cơ quan thẩm định nêu.")))
    if not (document.strip() and ground.strip()):
        raise Refused(refuse(_("Phải ghi văn bản làm căn cứ và lý do.")))
    if CapMark.objects.filter(sheet=sheet, cap=cap).exists():
        raise Refused(already(_("Giới hạn này đã được nêu cho đơn vị.")))
    mark = CapMark.objects.create(
        sheet=sheet, cap=cap, document=document.strip()[:200],
        ground=f"{document.strip()}: {ground.strip()}",
        raised_at=clock.now(), raised_by=person_of(by),
    )  # fmt: skip
    record(sheet, concerns=sheet.unit_id, reason=mark.ground, cap=cap.code)
    return mark


@action("scoring.cap.lift", may=rules.may_lift_cap, says=gettext_lazy("gỡ giới hạn xếp loại"))
def lift_cap(sheet: Sheet, *, cap: Cap, reason: str, by: Actor) -> CapMark:
    """The decider lets a unit off a cap that fires; why stays for everybody to read."""
    if not reason.strip():
        raise Refused(refuse(_("Phải ghi lý do gỡ.")))
    mark = CapMark.objects.filter(sheet=sheet, cap=cap).first()
    if mark and mark.lifted_at:
        raise Refused(already(_("Giới hạn này đã được gỡ.")))
    fired = {f.code: f for f in caps_of(sheet)}.get(cap.code)
    if cap.criteria_set_id != sheet.criteria_set_id or fired is None:
        raise Refused(refuse(_("Giới hạn này không áp dụng cho đơn vị.")))
    if cap.lifter == Cap.Lifter.NOBODY:
        raise Refused(refuse(_("Theo bảng điểm, không ai được gỡ giới hạn này.")))
    if mark is None:
        mark = CapMark(sheet=sheet, cap=cap, ground=fired.ground, raised_at=clock.now())
    mark.lifted_at, mark.lifted_by = clock.now(), person_of(by)
    mark.lift_reason = reason.strip()
    mark.save()
    record(sheet, concerns=sheet.unit_id, reason=mark.lift_reason, cap=cap.code)
    return mark
