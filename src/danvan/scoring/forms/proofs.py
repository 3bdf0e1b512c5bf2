"""A proof's days, and another file in its place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.ui.fields import DayField, UploadField


class DatesForm(forms.Form):
    """Of which day the document is, and until when it holds."""

    dated = DayField(label=_("Ngày của văn bản"), required=False)
    valid_until = DayField(
        label=_("Có hiệu lực đến hết ngày"), required=False,
        help_text=_("Để trống nếu văn bản không ghi thời hạn."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        first, last = told.get("dated"), told.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("Không được trước ngày của văn bản."))
        return told


class ReplaceForm(DatesForm):
    """The new file, and why."""

    file = UploadField(label=_("Tệp mới"))
    reason = forms.CharField(
        label=_("Lý do thay"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ["file", "dated", "valid_until", "reason"]
