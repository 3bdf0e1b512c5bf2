"""What is typed about an edition and about one unit's result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.documents.models import Document
from danvan.indices.actions.results import Figures
from danvan.indices.models import Index, Result
from danvan.ui.fields import DayField, PointsField


class EditionForm(forms.Form):
    """A new edition. The document is found in the register by its number and symbol."""

    code = forms.ChoiceField(label=_("Chỉ số"))
    year = forms.IntegerField(
        label=_("Năm của kết quả"), min_value=1990, max_value=2200,
        error_messages={"invalid": _("Ghi năm bằng bốn chữ số, ví dụ 2023.")},
    )  # fmt: skip
    published_on = DayField(label=_("Ngày công bố"), required=False)
    document = forms.CharField(
        label=_("Số, ký hiệu văn bản công bố"), required=False, max_length=60,
        help_text=_("Ví dụ 2729/QĐ-UBND. Có trong sổ văn bản thì được nối tới văn bản đó."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Nguồn"), max_length=300,
        help_text=_("Văn bản, trang thông tin đã công bố: ai cũng tra lại được."),
    )  # fmt: skip
    illustrative = forms.BooleanField(
        label=_("Đây là số liệu trình diễn, không phải số công bố"), required=False
    )

    def __init__(self, *args: Any, indices: Sequence[Index], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(i.code, i.name) for i in indices]  # type: ignore[attr-defined]

    def clean_document(self) -> Document | None:
        code = str(self.cleaned_data["document"]).strip()
        if not code:
            return None
        return Document.objects.filter(code__iexact=code).order_by("-issued_on").first()

    def values(self) -> dict[str, Any]:
        """As ``open_edition`` takes them; a symbol not in the register stays in the source."""
        held = dict(self.cleaned_data)
        written = self.data.get("document", "").strip()
        if written and held["document"] is None and written not in held["source"]:
            held["source"] = f"{written}. {held['source']}"[:300]
        return held


class FiguresForm(forms.Form):
    """Value, maximum, rank, class and note; the points check one another."""

    value = PointsField(label=_("Điểm (giá trị)"), places=3)
    maximum = PointsField(label=_("Điểm tối đa"), places=3)
    rank = forms.IntegerField(label=_("Hạng"), min_value=1, required=False)
    ranked = forms.IntegerField(label=_("Trên tổng số"), min_value=1, required=False)
    band = forms.CharField(label=_("Xếp loại"), max_length=60, required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)

    def figures(self) -> Figures:
        names = ("value", "maximum", "rank", "ranked", "band", "note")
        return Figures(**{n: self.cleaned_data[n] for n in names})

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if not self.errors and (wrong := self.figures().wrong()):
            self.add_error("rank" if held.get("rank") and "ạng" in wrong else "value", wrong)
        return held


class ResultForm(FiguresForm):
    """One unit that has no result in the edition yet."""

    unit = forms.TypedChoiceField(label=_("Đơn vị"), coerce=int)
    field_order = ("unit", "value", "maximum", "rank", "ranked", "band", "note")

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class CorrectionForm(FiguresForm):
    """The figures as they should be, and why."""

    reason = forms.CharField(
        label=_("Lý do đính chính"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000,
        help_text=_("Ghi văn bản đính chính nếu có. Số cũ vẫn được giữ và ai cũng đọc được."),
    )  # fmt: skip

    @classmethod
    def of(cls, result: Result) -> CorrectionForm:
        return cls(initial={
            "value": result.value.normalize(), "maximum": result.maximum.normalize(),
            "rank": result.rank, "ranked": result.ranked, "band": result.band,
            "note": result.note,
        })  # fmt: skip
