"""Relations between documents, text as amended, and the outcome of a review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents import queries
from danvan.documents.models import Document, Relation, ReviewTask
from danvan.ui.fields import DayField, UploadField

# In the words of the page of one document: it acts ("out"), or is acted upon ("in").
WAYS = [
    ("replaces:in", gettext_lazy("được thay thế bởi")),
    ("amends:in", gettext_lazy("được sửa đổi, bổ sung bởi")),
    ("repeals:in", gettext_lazy("bị bãi bỏ bởi")),
    ("suspends:in", gettext_lazy("bị ngưng hiệu lực bởi")),
    ("corrects:in", gettext_lazy("được đính chính bởi")),
    ("guides:in", gettext_lazy("được hướng dẫn bởi")),
    ("replaces:out", gettext_lazy("thay thế")),
    ("amends:out", gettext_lazy("sửa đổi, bổ sung")),
    ("repeals:out", gettext_lazy("bãi bỏ")),
    ("suspends:out", gettext_lazy("ngưng hiệu lực")),
    ("corrects:out", gettext_lazy("đính chính")),
    ("guides:out", gettext_lazy("hướng dẫn, quy định chi tiết")),
]


def document_of(code: str) -> Document:
    """The document of a typed symbol; ValidationError with the way out when it is unknown."""
    found = queries.known(code, None)
    if found is None:
        told = _("Sổ chưa có văn bản “%s”. Hãy đăng ký văn bản đó trước rồi ghi quan hệ.")
        raise ValidationError(told % code)
    return found


class RelationForm(forms.Form):
    """This document and another one, given by its symbol."""

    kind = forms.ChoiceField(label=gettext_lazy("Văn bản này"), choices=WAYS)
    other = forms.CharField(
        label=gettext_lazy("Số, ký hiệu văn bản kia"), max_length=60,
        help_text=gettext_lazy("Ví dụ 10/2022/QH15."),
    )  # fmt: skip
    effective_on = DayField(
        label=gettext_lazy("Có hiệu lực từ"), required=False,
        help_text=gettext_lazy("Chưa rõ thì để trống; khi đó hiệu lực của văn bản không đổi."),
    )  # fmt: skip
    until = DayField(label=gettext_lazy("Đến hết ngày (chỉ khi ngưng hiệu lực)"), required=False)
    partly = forms.BooleanField(label=gettext_lazy("Chỉ một phần"), required=False)
    scope = forms.CharField(
        label=gettext_lazy("Phần nào"), max_length=300, required=False,
        help_text=gettext_lazy("Điều, khoản hoặc phạm vi bằng lời, ví dụ: khoản 2 Điều 5."),
    )  # fmt: skip
    source = forms.CharField(label=gettext_lazy("Nguồn"), max_length=300)
    confidence = forms.ChoiceField(
        label=gettext_lazy("Độ tin cậy"), choices=Relation.Confidence.choices
    )

    def clean_other(self) -> Document:
        return document_of(self.cleaned_data["other"])

    @property
    def told(self) -> dict[str, Any]:
        """For the verb, less the two documents."""
        names = ("effective_on", "until", "partly", "scope", "source", "confidence")
        return {name: self.cleaned_data[name] for name in names}

    def sides(self, document: Document) -> tuple[str, Document, Document]:
        """(kind, target, acting)."""
        kind, _mark, way = self.cleaned_data["kind"].partition(":")
        other: Document = self.cleaned_data["other"]
        return (kind, document, other) if way == "in" else (kind, other, document)


class ReviewForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Kết quả"), choices=[("", "…"), *ReviewTask.Outcome.choices],
        error_messages={"required": gettext_lazy("Hãy chọn kết quả rà soát.")},
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class TextForm(forms.Form):
    """A text as amended: typed, or read from a file."""

    valid_from = DayField(label=gettext_lazy("Áp dụng từ ngày"))
    amended_by = forms.CharField(
        label=gettext_lazy("Theo văn bản (số, ký hiệu)"), max_length=60, required=False
    )
    source = forms.CharField(label=gettext_lazy("Nguồn"), max_length=300)
    file = UploadField(
        extensions=("docx", "pdf", "txt", "md", "html"), required=False,
        label=gettext_lazy("Tệp lời văn đã sửa đổi"),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Hoặc dán toàn văn"), required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip

    def clean_amended_by(self) -> Document | None:
        code = self.cleaned_data["amended_by"]
        return document_of(code) if code else None
