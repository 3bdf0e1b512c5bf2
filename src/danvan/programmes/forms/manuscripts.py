"""Writing a plan: what to begin with, the header's fields, and its sections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from danvan.programmes.models import Draft, Manuscript, Programme
from danvan.programmes.writing import HEADER
from danvan.ui.fields import DayField

SECTIONS = 40


class SuperiorField(forms.ModelChoiceField):
    """A superior's plan, called by its document."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.document)


class BeginForm(forms.Form):
    """The year, and what the plan begins with."""

    year = forms.IntegerField(label=_("Kế hoạch của năm"), min_value=2000, max_value=2100)
    previous = forms.ModelChoiceField(
        Programme.objects.none(),
        label=_("Lấy lời của kế hoạch năm trước"),
        required=False,
        empty_label=_("không: bắt đầu từ mẫu"),
    )
    superior = SuperiorField(
        Draft.objects.none(),
        label=_("Căn cứ kế hoạch cấp trên"),
        required=False,
        empty_label=_("chưa có"),
    )

    def __init__(self, *args: Any, body: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        previous, superior = self.fields["previous"], self.fields["superior"]
        assert isinstance(previous, forms.ModelChoiceField)
        assert isinstance(superior, forms.ModelChoiceField)
        previous.queryset = body.programmes.select_related("plan").defer("plan__text")
        superior.queryset = body.drafts.filter(state="kept").select_related("document")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        previous, year = cleaned.get("previous"), cleaned.get("year")
        if previous and year and previous.year >= year:
            raise ValidationError(
                {"previous": _("Kế hoạch lấy lời phải của một năm trước năm đang soạn.")}
            )
        return cleaned


class WordsForm(forms.Form):
    """The header of a plan. Nothing is required while one writes."""

    number = forms.RegexField(
        r"^\d*$", label=HEADER["number"][0], max_length=10, required=False,
        error_messages={"invalid": _("Số chỉ gồm chữ số.")},
    )  # fmt: skip
    symbol = forms.CharField(label=HEADER["symbol"][0], max_length=40, required=False)
    date = DayField(label=HEADER["date"][0], required=False)
    subject = forms.CharField(
        label=HEADER["subject"][0], max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    grounds = forms.CharField(
        label=HEADER["grounds"][0], max_length=6000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Mỗi căn cứ một dòng."),
    )  # fmt: skip
    signer_position = forms.CharField(
        label=HEADER["signer_position"][0], max_length=200, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi dòng một phần, ví dụ: TM. ỦY BAN NHÂN DÂN, rồi CHỦ TỊCH."),
    )  # fmt: skip
    signer = forms.CharField(label=HEADER["signer"][0], max_length=120, required=False)
    recipients = forms.CharField(
        label=HEADER["recipients"][0], max_length=3000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Mỗi nơi nhận một dòng."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, manuscript: Manuscript) -> WordsForm:
        return cls(initial={**manuscript.header, "seen": manuscript.version})

    @property
    def header(self) -> dict[str, str]:
        """As a manuscript keeps it: every value is text."""
        values = {name: self.cleaned_data.get(name) for name in HEADER}
        day = values["date"]
        return {
            name: (value or "").replace("\r\n", "\n") if name != "date" else ""
            for name, value in values.items()
        } | {"date": day.isoformat() if day else ""}


class SectionForm(forms.Form):
    title = forms.CharField(label=_("Tên phần"), max_length=300, required=False)
    text = forms.CharField(
        label=_("Nội dung"), max_length=60_000, required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip


class Sections(forms.BaseFormSet):  # type: ignore[type-arg]
    """The sections in order; one left empty, or crossed out, is dropped."""

    @property
    def kept(self) -> list[dict[str, str]]:
        made = []
        for form in self.forms:
            values = form.cleaned_data
            title, text = values.get("title", ""), values.get("text", "").replace("\r\n", "\n")
            if not values.get("DELETE") and (title.strip() or text.strip()):
                made.append({"title": title.strip(), "text": text.rstrip()})
        return made


SectionFormSet = forms.formset_factory(
    SectionForm, formset=Sections, extra=1, can_delete=True, max_num=SECTIONS, validate_max=True
)
