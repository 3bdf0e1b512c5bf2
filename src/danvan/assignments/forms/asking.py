"""Requests of units and their answers; the office's own extensions; confirmations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.actions.extensions import what_is_wrong
from danvan.assignments.forms.handing_in import EXTENSIONS, LONGEST_TEXT, VerbForm, reason_field
from danvan.documents.models import Document
from danvan.documents.queries import known
from danvan.kernel import clock
from danvan.ui.fields import DayField, UploadField


class DocumentCodeField(forms.CharField):
    """A symbol as written, cleaned to the register's document; error if it is not there."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("label", gettext_lazy("Số, ký hiệu văn bản (có trong sổ văn bản)"))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Document | None:
        code = super().clean(value)
        if not code:
            return None
        found = known(code, None)
        if found is None:
            raise ValidationError(
                _("Không có văn bản “%(code)s” trong sổ. Nhập vào sổ trước, hoặc ghi bằng chữ.")
                % {"code": code}
            )
        return found


class _Until(VerbForm):
    """A form with a new date, judged as the verb judges it."""

    def clean_until(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["until"]
        if day and (wrong := what_is_wrong(self.assignment, day)):
            raise ValidationError(wrong)
        return day


class AskExtensionForm(_Until):
    key = "xin-gia-han"

    until = DayField(label=gettext_lazy("Đề nghị gia hạn đến ngày"))
    ground = reason_field(gettext_lazy("Lý do đề nghị gia hạn"))
    file = UploadField(
        label=gettext_lazy("Văn bản đề nghị (nếu có)"), extensions=EXTENSIONS, required=False
    )


class GrantExtensionForm(_Until):
    """The date asked for stands in the box; another may be written."""

    key = "cho-gia-han"

    until = DayField(label=gettext_lazy("Gia hạn đến ngày"))
    reason = forms.CharField(
        label=gettext_lazy("Ghi thêm (không bắt buộc)"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    request = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RefuseExtensionForm(VerbForm):
    key = "khong-gia-han"

    reason = reason_field(gettext_lazy("Lý do không gia hạn"))
    request = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ExtendForm(_Until):
    key = "gia-han"

    until = DayField(label=gettext_lazy("Hạn mới"))
    document = DocumentCodeField(required=False)
    ground = reason_field(gettext_lazy("Căn cứ, lý do gia hạn"))


class AskExemptionForm(VerbForm):
    key = "khong-ap-dung"

    ground = reason_field(gettext_lazy("Vì sao nhiệm vụ không phù hợp với đơn vị?"))


class GrantExemptionForm(VerbForm):
    key = "cho-mien"

    reason = forms.CharField(
        label=gettext_lazy("Ghi thêm (không bắt buộc)"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    request = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RefuseExemptionForm(VerbForm):
    key = "khong-mien"

    reason = reason_field(gettext_lazy("Lý do đơn vị vẫn phải thực hiện"))
    request = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ConfirmForm(VerbForm):
    key = "xac-nhan"

    said_on = DayField(label=gettext_lazy("Ngày người nêu ý kiến trả lời"))
    how = reason_field(gettext_lazy("Trả lời bằng cách nào, nội dung"))

    def clean_said_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["said_on"]
        if day > clock.today():
            raise ValidationError(_("Ngày trả lời không được sau hôm nay."))
        return day


class DenyForm(ConfirmForm):
    key = "chua-xac-nhan"


class ExtendGroupForm(forms.Form):
    """``units``: (id, name) of those that can still move; none chosen means all of them.

    ``periods``: (last day, label) of a recurring task. ``many``: how many units can move.
    """

    period = forms.ChoiceField(label=gettext_lazy("Kỳ"))
    until = DayField(label=gettext_lazy("Hạn mới"))
    document = DocumentCodeField(
        label=gettext_lazy("Văn bản gia hạn: số, ký hiệu (có trong sổ văn bản)")
    )
    ground = reason_field(gettext_lazy("Nội dung, lý do gia hạn"))
    units = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Đơn vị"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Không chọn đơn vị nào: gia hạn cho tất cả đơn vị chưa nộp."),
    )

    def __init__(
        self,
        *args: Any,
        units: Iterable[tuple[int, str]],
        many: int,
        periods: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.many = many
        self.fields["units"].choices = list(units)  # type: ignore[attr-defined]
        if chosen := list(periods):
            self.fields["period"].choices = chosen  # type: ignore[attr-defined]
        else:
            del self.fields["period"]

    def clean_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["until"]
        if day < clock.today():
            raise ValidationError(_("Hạn mới không được trước hôm nay."))
        return day

    def words(self) -> dict[str, Any]:
        words = dict(self.cleaned_data)
        period = words.pop("period", "")
        words["period_end"] = DayField().to_python(period) if period else None
        words["units"] = words["units"] or None
        return words
