"""Asking that personal data be erased."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Person


class ErasureForm(forms.Form):
    words = forms.CharField(
        label=_("Nội dung yêu cầu"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Ghi điều muốn xóa và vì sao.")},
    )


class PaperErasureForm(ErasureForm):
    """A request that came on paper or by word of mouth; the code tells namesakes apart."""

    person = forms.CharField(
        label=_("Họ và tên, hoặc số hiệu"),
        max_length=120,
        help_text=_("Trùng tên thì ghi số hiệu."),
    )
    field_order = ("person", "words")

    def clean_person(self) -> Person:
        typed = self.cleaned_data["person"].strip()
        numbered = Person.objects.filter(code=typed)[:1]
        found = numbered or Person.objects.filter(name__iexact=typed)[:2]
        if len(found) != 1:
            none = _("Không có ai tên hoặc số hiệu này.")
            several = _("Có nhiều người trùng tên này: ghi số hiệu.")
            raise forms.ValidationError(several if found else none)
        return found[0]
