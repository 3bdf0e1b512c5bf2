"""Trying other bands and points; keeping a draft; writing an opinion that differs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Block
from danvan.scoring.models import Round
from danvan.scoring.standings import BandRule, Scale
from danvan.ui import written
from danvan.ui.fields import PointsField

ROWS = 4  # lines of other points a person may try at once


class WhatIfForm(forms.Form):
    """GET: the floor of each class per block, and other points for a few lines."""

    def __init__(
        self, *args: Any, round: Round, scales: Mapping[str, Scale],
        sheets: list[tuple[int, str]], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.scales, self.round = scales, round
        for block, scale in scales.items():
            for place, band in enumerate(scale.bands[:-1]):
                self.fields[f"{block}_{place}"] = PointsField(
                    label=f"{Block(block).label}: {band.name} từ (%)", max_value=100,
                    required=False, initial=band.floor,
                )  # fmt: skip
        for row in range(ROWS):
            self.fields[f"sheet{row}"] = forms.TypedChoiceField(
                label=_("Đơn vị %d") % (row + 1), required=False, coerce=int, empty_value=None,
                choices=[("", _("không thử")), *sheets],
            )  # fmt: skip
            self.fields[f"code{row}"] = forms.CharField(
                label=_("Mã tiêu chí %d") % (row + 1), required=False, max_length=10
            )
            self.fields[f"points{row}"] = PointsField(
                label=_("Điểm thử %d") % (row + 1), required=False
            )

    @property
    def bands(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.split("_")[0] in self.scales]

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [(self[f"sheet{r}"], self[f"code{r}"], self[f"points{r}"]) for r in range(ROWS)]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for block, scale in self.scales.items():
            above = Decimal(101)
            for place, band in enumerate(scale.bands[:-1]):
                name = f"{block}_{place}"
                floor = typed.get(name)
                typed[name] = floor = band.floor if floor is None else floor
                if floor >= above or floor <= 0:
                    told = _("Phải trên 0 và thấp hơn loại trên (%s).")
                    self.add_error(name, told % written.percent(min(above, Decimal(100))))
                above = floor
        typed["tried"] = [found for row in range(ROWS) if (found := self._row(typed, row))]
        return typed

    def _row(self, typed: dict[str, Any], row: int) -> tuple[Any, Decimal] | None:
        """(score, points) of a line that was filled in; what is wrong is told at its box."""
        sheet, code = typed.get(f"sheet{row}"), (typed.get(f"code{row}") or "").strip()
        points = typed.get(f"points{row}")
        if sheet is None and not code and points is None:
            return None
        if sheet is None:
            self.add_error(f"sheet{row}", _("Chọn đơn vị."))
            return None
        score = (
            self.round.sheets.get(pk=sheet)
            .scores.filter(criterion__code=code)
            .select_related("criterion__group", "sheet")
            .first()
        )
        if score is None:
            self.add_error(f"code{row}", _("Phiếu của đơn vị không có tiêu chí này."))
            return None
        if points is None or points > score.criterion.max_points:
            limit = written.number(score.criterion.max_points)
            self.add_error(f"points{row}", _("Ghi điểm từ 0 đến %s.") % limit)
            return None
        return score, points

    def tried_scales(self) -> dict[str, Scale]:
        """The scales with the floors typed."""
        found = {}
        for block, scale in self.scales.items():
            bands = [
                BandRule(b.name, self.cleaned_data.get(f"{block}_{n}", b.floor), b.quota)
                for n, b in enumerate(scale.bands)
            ]
            found[block] = Scale(tuple(bands), scale.tie_break, scale.places)
        return found


class DraftForm(forms.Form):
    """Keeping the draft of this moment."""

    occasion = forms.CharField(
        label=_("Dịp"), max_length=200, help_text=_("Ví dụ: họp Hội đồng thẩm định ngày 19/10.")
    )


class NoteForm(forms.Form):
    """An opinion that differs from a unit's result."""

    text = forms.CharField(
        label=_("Ý kiến khác"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ghi kèm trong tờ trình; đơn vị đọc được trong lịch sử của mình."),
    )  # fmt: skip
