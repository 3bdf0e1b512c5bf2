"""One row of a score sheet in draft: the boxes its kind needs, with the words allowed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.scoring.forms.criteria import ImportForm
from danvan.scoring.importing.columns import CHOICES, COLUMNS
from danvan.scoring.models import CriteriaSet

_CRITERION = ("block", "code", "title", "max_points", "method", "formula", "params", "inputs",
              "evidence", "evidence_by_system", "owner_role", "consulted", "basis")  # fmt: skip
_NAMES = dict(CHOICES["row_type"])
# Kind of row → (its name, its columns in the order of the form).
KINDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    kind: (_NAMES[kind], columns)
    for kind, columns in {
        "criterion": ("block", "group", "group_title", "group_max", *_CRITERION[1:-1],
                      "when_not_arising", "basis"),
        "bonus": _CRITERION,
        "deduction": _CRITERION,
        "class": ("block", "title", "floor", "below", "quota"),
        "cap": ("block", "code", "title", "effect", "ceiling", "rule", "threshold", "lifter",
                "basis"),
        "tie": ("block", "title"),
        "rounding": ("block", "threshold"),
    }.items()
}  # fmt: skip
# Columns that may be left without a choice.
_BLANK = {"method": [("", "–")], "owner_role": [("", "–")]}
HELP = {
    "formula": _("M là điểm tối đa; R(a, b) tỷ lệ không quá 1; S(x; 0: M; <=5: M/2; else: 0)."),
    "params": _("tên: số; … – dùng trong công thức như một số."),
    "inputs": _("tên: ý nghĩa [mã dữ kiện]; … – điểm của tiêu chí khác ghi [=1.1]."),
    "below": _("Có thể để trống: lấy mức của loại trên."),
    "quota": _("Để trống nếu không khống chế."),
    "threshold": _("Giới hạn: mức để áp dụng. Làm tròn: số chữ số lẻ (0, 1, 2)."),
}
TALL = {"title", "formula", "inputs", "evidence", "basis"}


class RowForm(forms.Form):
    """Takes anything: what is wrong with a row is told by the judge of the whole table."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for code in KINDS[kind][1]:
            self.fields[code] = _field(code)

    @property
    def cells(self) -> dict[str, str]:
        """The row, its kind included."""
        typed = {code: str(self.cleaned_data.get(code) or "") for code in KINDS[self.kind][1]}
        return {**typed, "row_type": self.kind}


def _field(code: str) -> forms.Field:
    label, told = COLUMNS[code], HELP.get(code, "")
    if code in CHOICES:
        choices = [*_BLANK.get(code, ()), *CHOICES[code]]
        return forms.ChoiceField(label=label, choices=choices, required=False, help_text=told)
    widget = forms.Textarea(attrs={"rows": 2}) if code in TALL else forms.TextInput()
    return forms.CharField(
        label=label, required=False, max_length=2000, help_text=told, widget=widget
    )


class BeginForm(forms.Form):
    """Where a draft begins: from a sheet in force, from the composite template, from nothing."""

    title = forms.CharField(label=_("Tên bảng điểm"), max_length=200)
    start = forms.ChoiceField(label=_("Bắt đầu từ"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [(str(s.pk), str(s)) for s in CriteriaSet.objects.all()]
        chosen: Any = self.fields["start"]
        chosen.choices = [
            ("template", _("bảng mẫu tổng hợp (cả ba khối)")), ("empty", _("bảng trống")), *held,
        ]  # fmt: skip

    @property
    def based_on(self) -> CriteriaSet | None:
        start = self.cleaned_data["start"]
        return CriteriaSet.objects.get(pk=start) if start.isdecimal() else None


class EnactForm(ImportForm):
    """The document and the days; the title is the draft's."""

    ends_previous = forms.BooleanField(
        label=_("Bảng điểm đang áp dụng hết hiệu lực vào ngày trước đó"), required=False,
        initial=True,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["title"]

    def values(self) -> dict[str, Any]:
        """The verb's keywords."""
        names = ("valid_from", "valid_to", "note", "ends_previous")
        return {**{n: self.cleaned_data[n] for n in names}, "enacted_by": self.enacted_by}
