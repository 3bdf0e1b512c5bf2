"""Entering what was published for a unit, and correcting it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.indices import rules
from danvan.indices.models import Correction, Edition, Result
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record


@dataclass(frozen=True, slots=True)
class Figures:
    """What the publisher says of a unit."""

    value: Decimal
    maximum: Decimal
    rank: int | None = None
    ranked: int | None = None
    band: str = ""
    note: str = ""

    def wrong(self) -> str:
        """Why these figures cannot be, or nothing."""
        if self.maximum <= 0:
            return _("Điểm tối đa phải lớn hơn 0.")
        if not 0 <= self.value <= self.maximum:
            return _("Điểm phải từ 0 đến điểm tối đa.")
        if self.rank is not None and self.ranked is None:
            return _("Ghi hạng thì phải ghi số đơn vị được xếp hạng.")
        if self.rank is not None and not 1 <= self.rank <= (self.ranked or 0):
            return _("Hạng phải từ 1 đến số đơn vị được xếp hạng.")
        return ""


@action("indices.result.enter", may=rules.may_enter, says=gettext_lazy("nhập kết quả chỉ số"))
def enter(edition: Edition, *, rows: Iterable[tuple[int, Figures]], by: Actor) -> list[Result]:
    """Results of units (unit id, figures), all or none. A unit that has one is refused."""
    wanted = list(rows)
    for _unit, figures in wanted:
        _demand(figures)
    known = set(edition.results.values_list("unit", flat=True))
    if known & {unit for unit, _figures in wanted}:
        raise Refused(already(_("Đơn vị đã có kết quả kỳ này; muốn sửa thì đính chính.")))
    made = [
        Result.objects.create(edition=edition, unit_id=unit, **asdict(figures))
        for unit, figures in wanted
    ]
    for result in made:
        record(result, concerns=result.unit_id, **result.figures())
    if not made:
        raise Refused(refuse(_("Chưa có dòng kết quả nào.")))
    return made


@action("indices.result.correct", may=rules.may_correct, says=gettext_lazy("đính chính chỉ số"))
def correct(result: Result, *, figures: Figures, reason: str, by: Actor) -> Correction:
    """Changes the figures; what they were stays readable with the reason."""
    _demand(figures)
    if not reason.strip():
        raise Refused(refuse(_("Ghi lý do đính chính.")))
    before = result.figures()
    for name, value in asdict(figures).items():
        setattr(result, name, value)
    if result.figures() == before:
        raise Refused(refuse(_("Không có gì khác với kết quả đang ghi.")))
    result.save()
    kept = Correction.objects.create(
        result=result, before=before, after=result.figures(), reason=reason.strip(),
        corrected_at=clock.now(), corrected_by_id=by.id,
    )  # fmt: skip
    after = result.figures()
    changed = {k: [before[k], after[k]] for k in after if after[k] != before[k]}
    record(result, concerns=result.unit_id, reason=reason.strip(), **changed)
    return kept


def _demand(figures: Figures) -> None:
    if wrong := figures.wrong():
        raise Refused(refuse(wrong))
