"""Forms of training: a line of the plan, a need, a class, who takes part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.ui.fields import DayField


class LineForm(forms.Form):
    """One line of the year's plan."""

    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=2000, max_value=2200)
    post = forms.CharField(
        label=gettext_lazy("Vị trí, đối tượng"), max_length=200,
        help_text=gettext_lazy("Ví dụ: công chức tư pháp – hộ tịch cấp xã; hòa giải viên cơ sở."),
    )  # fmt: skip
    content = forms.CharField(label=gettext_lazy("Nội dung tập huấn"), max_length=300)
    due_on = DayField(label=gettext_lazy("Hoàn thành trước hết ngày"))
    basis = forms.CharField(
        label=gettext_lazy("Căn cứ"), max_length=300,
        help_text=gettext_lazy("Ví dụ: Kế hoạch 49/KH-UBND, mục IV.2.b."),
    )  # fmt: skip
    organiser = forms.TypedChoiceField(label=gettext_lazy("Đơn vị chủ trì"), coerce=int)
    units = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Hỏi nhu cầu của các đơn vị"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        organisers: Sequence[tuple[int, str]],
        units: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organiser"].choices = organisers  # type: ignore[attr-defined]
        self.fields["units"].choices = units  # type: ignore[attr-defined]


class NeedForm(forms.Form):
    """How many of the unit need it."""

    people = forms.IntegerField(
        label=gettext_lazy("Số người cần tập huấn"), min_value=0, max_value=100000
    )
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=300, required=False)


class ClassForm(forms.Form):
    """A class of a line."""

    title = forms.CharField(label=gettext_lazy("Tên lớp"), max_length=300)
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=300)
    starts_on = DayField(label=gettext_lazy("Từ ngày"))
    ends_on = DayField(label=gettext_lazy("Đến hết ngày"))

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if held.get("starts_on") and held.get("ends_on") and held["ends_on"] < held["starts_on"]:
            self.add_error("ends_on", _("Trước ngày bắt đầu."))
        return held


class EnrolForm(forms.Form):
    """People of one unit: those in post by name, others one per line."""

    unit = forms.TypedChoiceField(label=gettext_lazy("Đơn vị"), coerce=int)
    people = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Cán bộ, công chức, viên chức"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    names = forms.CharField(
        label=gettext_lazy("Người khác (hòa giải viên …), mỗi dòng một người"), required=False,
        max_length=20000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Họ tên; chức danh. Ví dụ: Trần Thị Bình; hòa giải viên ấp 1."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        units: Sequence[tuple[int, str]],
        people: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        self.fields["people"].choices = people  # type: ignore[attr-defined]
        if not people:
            del self.fields["people"]

    def clean_names(self) -> list[tuple[str, str]]:
        rows = []
        for line in self.cleaned_data["names"].splitlines():
            name, _sign, post = line.partition(";")
            if not name.strip():
                continue
            if len(name.strip()) > 120 or len(post.strip()) > 120:
                raise forms.ValidationError(
                    _("Một dòng dài quá: họ tên, chức danh tối đa 120 ký tự.")
                )
            rows.append((name.strip(), post.strip()))
        return rows

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if not self.errors and not held.get("people") and not held.get("names"):
            raise forms.ValidationError(_("Chưa chọn hoặc ghi tên ai."))
        return held


class SettleForm(forms.Form):
    """The day of completion; marks and certificate numbers come per row of the table."""

    on = DayField(label=gettext_lazy("Ngày hoàn thành"))
