"""How the register is searched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.models import Document
from danvan.ui.fields import DayField


class RegisterForm(forms.Form):
    """Filters of the list; a wrong value of one does not hide the others."""

    q = forms.CharField(label=gettext_lazy("Tìm văn bản"), required=False, max_length=200)
    loai = forms.ChoiceField(label=gettext_lazy("Tên loại"), required=False)
    nguon = forms.ChoiceField(label=gettext_lazy("Nguồn gốc"), required=False)

    def __init__(self, types: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("Tất cả"))
        self.fields["loai"].choices = [every, *((t, t) for t in types)]  # type: ignore[attr-defined]
        self.fields["nguon"].choices = [every, *Document.Origin.choices]  # type: ignore[attr-defined]

    @property
    def filters(self) -> dict[str, str]:
        self.is_valid()
        given = self.cleaned_data
        return {
            "words": given.get("q", ""),
            "type": given.get("loai", ""),
            "origin": given.get("nguon", ""),
        }


class AsOfForm(forms.Form):
    """The day on which a document's validity is looked at."""

    ngay = DayField(label=gettext_lazy("Hiệu lực vào ngày"), required=False)
