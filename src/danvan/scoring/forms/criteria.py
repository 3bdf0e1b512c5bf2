"""Bringing in a score sheet: the file, the document that enacted it, and its days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from danvan.documents.models import Document
from danvan.scoring.actions.criteria import Enacting
from danvan.ui.fields import DayField, UploadField

MOST_BYTES = 1_000_000
DECISION = "Quyết định"


class ImportForm(forms.Form):
    """``enacted_by`` gives the document chosen, or the one described by number and date."""

    title = forms.CharField(
        label=_("Tên bảng điểm"), max_length=200,
        initial=_("Bảng điểm công tác dân vận chính quyền"),
    )  # fmt: skip
    document = forms.ModelChoiceField(
        label=_("Văn bản ban hành"), queryset=Document.objects.none(), required=False,
        empty_label=_("Chưa có trong sổ văn bản: ghi ở dưới"),
    )  # fmt: skip
    code = forms.CharField(
        label=_("Số, ký hiệu"), max_length=60, required=False, help_text=_("Ví dụ: 815/QĐ-UBND")
    )
    issued_on = DayField(label=_("Ngày ban hành"), required=False)
    issuer_name = forms.CharField(label=_("Cơ quan ban hành"), max_length=200, required=False)
    subject = forms.CharField(label=_("Trích yếu"), max_length=500, required=False)
    valid_from = DayField(label=_("Áp dụng từ ngày"))
    valid_to = DayField(
        label=_("Đến hết ngày"), required=False,
        help_text=_("Để trống nếu chưa có văn bản thay thế."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Ghi chú nguồn"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Ghi khi bảng điểm chưa phải của đơn vị, ví dụ: tổng hợp, chờ thay bằng quyết định "
            "của đơn vị. Ghi chú hiện ở mọi nơi dùng bảng điểm."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["document"]
        field.queryset = (  # type: ignore[attr-defined]
            Document.objects.filter(type__iexact=DECISION).exclude(code="").order_by("-issued_on")
        )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        first, last = typed.get("valid_from"), typed.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Ngày cuối phải không trước ngày đầu."))
        if typed.get("document") is None:
            for name in ("code", "issued_on", "issuer_name"):
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, _("Chọn văn bản trong sổ hoặc ghi đủ ba ô này."))
        return typed

    @property
    def enacted_by(self) -> Document | Enacting:
        typed = self.cleaned_data
        if typed["document"] is not None:
            held: Document = typed["document"]
            return held
        return Enacting(
            DECISION, typed["code"], typed["issued_on"], typed["issuer_name"], typed["subject"]
        )

    def values(self) -> dict[str, Any]:
        """What the verb needs beside the table."""
        names = ("title", "valid_from", "valid_to", "note")
        return {**{n: self.cleaned_data[n] for n in names}, "enacted_by": self.enacted_by}


class EndForm(forms.Form):
    """The last day of a score sheet."""

    last_day = DayField(label=_("Áp dụng đến hết ngày"))


class UploadForm(ImportForm):
    """The first step: with the file."""

    file = UploadField(
        label=_("Tệp bảng điểm"), extensions=("xlsx", "csv"), max_bytes=MOST_BYTES,
        error_messages={"required": _("Chưa chọn tệp bảng điểm.")},
    )  # fmt: skip
    field_order = ["file"]

    def typed(self) -> dict[str, str]:
        """As typed, for the second step (which judges it all again)."""
        return {name: str(self.data.get(name, "")) for name in ImportForm.base_fields}


class ConfirmForm(forms.Form):
    """The second step carries the first one, sealed."""

    sealed = forms.CharField(widget=forms.HiddenInput)

    def clean_sealed(self) -> str:
        value: str = self.cleaned_data["sealed"]
        if len(value) > 2 * MOST_BYTES:
            raise ValidationError(_("Tệp quá lớn."))
        return value
