"""How the register is searched, and how a document is entered and corrected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.models import Document
from danvan.ui.fields import DayField, UploadField

READABLE = ("docx", "pdf", "txt", "md", "html")


class RegisterForm(forms.Form):
    """Filters of the list; a wrong value of one does not hide the others."""

    q = forms.CharField(label=gettext_lazy("Tìm văn bản"), required=False, max_length=200)
    loai = forms.ChoiceField(label=gettext_lazy("Tên loại"), required=False)
    co_quan = forms.ChoiceField(label=gettext_lazy("Cơ quan ban hành"), required=False)
    nam = forms.IntegerField(
        label=gettext_lazy("Năm ban hành"), required=False, min_value=1900, max_value=2200,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "day"}),
        error_messages={"invalid": gettext_lazy("Năm ghi bằng bốn chữ số, ví dụ 2023.")},
    )  # fmt: skip
    hieu_luc = DayField(label=gettext_lazy("Còn hiệu lực ngày"), required=False)
    nguon = forms.ChoiceField(label=gettext_lazy("Nguồn gốc"), required=False)

    def __init__(
        self, types: Iterable[str], issuers: Iterable[str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("Tất cả"))
        self._offer("loai", [every, *((t, t) for t in types)])
        self._offer("co_quan", [every, *((i, i) for i in issuers)])
        self._offer("nguon", [every, *Document.Origin.choices])

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def filters(self) -> dict[str, Any]:
        self.is_valid()
        given = self.cleaned_data
        return {
            "words": given.get("q", ""),
            "type": given.get("loai", ""),
            "issuer": given.get("co_quan", ""),
            "year": given.get("nam"),
            "in_force": given.get("hieu_luc"),
            "origin": given.get("nguon", ""),
        }


class AsOfForm(forms.Form):
    """The day on which a document's validity is looked at."""

    ngay = DayField(label=gettext_lazy("Hiệu lực vào ngày"), required=False)


class FileForm(forms.Form):
    """A file to be read, so that the form comes filled in."""

    file = UploadField(extensions=READABLE, label=gettext_lazy("Tệp văn bản"))


class DocumentForm(forms.Form):
    """What the register says of a document. Named like the fields of the verbs."""

    type = forms.CharField(label=gettext_lazy("Tên loại"), max_length=80)
    code = forms.CharField(
        label=gettext_lazy("Số, ký hiệu"), max_length=60, required=False,
        help_text=gettext_lazy("Như trên văn bản, ví dụ 49/KH-UBND. Luật chỉ biết tên: để trống."),
    )  # fmt: skip
    issued_on = DayField(label=gettext_lazy("Ngày ban hành"), required=False)
    issuer_name = forms.CharField(
        label=gettext_lazy("Cơ quan ban hành"), max_length=200, required=False
    )
    subject = forms.CharField(
        label=gettext_lazy("Trích yếu"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    in_force_from = DayField(label=gettext_lazy("Có hiệu lực từ"), required=False)
    in_force_to = DayField(
        label=gettext_lazy("Hết hiệu lực sau ngày"), required=False,
        help_text=gettext_lazy("Nếu do văn bản khác thay thế, bãi bỏ thì ghi ở phần quan hệ."),
    )  # fmt: skip
    validity_source = forms.CharField(
        label=gettext_lazy("Nguồn về hiệu lực"), max_length=300, required=False,
        help_text=gettext_lazy("Điều khoản hoặc nơi đã đọc; chưa rõ thì để trống cả ngày."),
    )  # fmt: skip
    signer = forms.CharField(label=gettext_lazy("Người ký"), max_length=120, required=False)
    signer_position = forms.CharField(
        label=gettext_lazy("Chức vụ người ký"), max_length=120, required=False
    )
    recipients = forms.CharField(
        label=gettext_lazy("Nơi nhận"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Mỗi nơi nhận một dòng."),
    )  # fmt: skip

    def clean_recipients(self) -> list[str]:
        lines = self.cleaned_data["recipients"]
        return [line.strip() for line in lines.splitlines() if line.strip()]

    def tell(self, error: ValidationError) -> None:
        """What the verb found wrong, at its field."""
        self.add_error(None, error)

    @staticmethod
    def of(document: Document) -> dict[str, Any]:
        """What the form shows of a document."""
        told = {name: getattr(document, name) for name in DocumentForm.base_fields}
        return told | {"recipients": "\n".join(document.recipients)}
