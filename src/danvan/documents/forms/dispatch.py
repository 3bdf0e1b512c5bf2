"""Sending a document and entering a receipt on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from danvan.documents.models import Addressee, DispatchMark
from danvan.ui.fields import DayField, UploadField


class SendForm(forms.Form):
    addressees = forms.MultipleChoiceField(
        label=gettext_lazy("Nơi nhận"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất một nơi nhận.")},
    )  # fmt: skip
    channel = forms.ChoiceField(
        label=gettext_lazy("Cách gửi"), choices=DispatchMark.Channel.choices
    )
    day = DayField(label=gettext_lazy("Ngày gửi"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"), max_length=300, required=False,
        help_text=gettext_lazy("Ví dụ số bưu gửi."),
    )  # fmt: skip

    def __init__(self, addressees: Iterable[Addressee], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["addressees"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(a.pk), a.written) for a in addressees]


class ProofForm(forms.Form):
    day = DayField(label=gettext_lazy("Ngày nhận"))
    note = forms.CharField(
        label=gettext_lazy("Người ký nhận"), max_length=300, required=False,
        help_text=gettext_lazy("Họ tên, chức vụ hoặc số phiếu."),
    )  # fmt: skip
    file = UploadField(
        extensions=("pdf", "jpg", "jpeg", "png"), required=False,
        label=gettext_lazy("Ảnh hoặc bản quét phiếu nhận"),
    )  # fmt: skip
