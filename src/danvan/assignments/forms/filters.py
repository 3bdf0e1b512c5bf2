"""Filters of lists and matrix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from danvan.assignments import filters
from danvan.assignments.models import Assignment
from danvan.organisations.models import Block
from danvan.programmes.models.plans import Deliverable
from danvan.ui.fields import DayField

ANY = ("", gettext_lazy("Tất cả"))


class FilterForm(forms.Form):
    """A filter never refuses: what cannot be read counts as not asked."""

    def asked(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class MatrixFilter(FilterForm):
    khoi = forms.ChoiceField(
        label=gettext_lazy("Khối"),
        required=False,
        choices=[ANY, *Block.choices, ("OTHER", gettext_lazy("Cơ quan, đơn vị khác"))],
    )
    trang_thai = forms.ChoiceField(
        label=gettext_lazy("Tình trạng"), required=False, choices=[ANY, *filters.CHOICES]
    )
    ten = forms.CharField(label=gettext_lazy("Tên đơn vị"), required=False, max_length=100)
    nhiem_vu = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ListFilter(FilterForm):
    """Of the list over all units. ``units``: id → name in view; None: too many to choose from.

    Then a unit is looked for by words of its name; a link may still name one by its id.
    """

    don_vi = forms.TypedChoiceField(label=gettext_lazy("Đơn vị"), required=False, coerce=int)
    trang_thai = forms.ChoiceField(
        label=gettext_lazy("Tình trạng"), required=False, choices=[ANY, *filters.CHOICES]
    )
    loai = forms.ChoiceField(
        label=gettext_lazy("Sản phẩm"), required=False, choices=[ANY, *Deliverable.choices]
    )
    nguon = forms.ChoiceField(
        label=gettext_lazy("Nguồn"), required=False, choices=[ANY, *filters.SOURCE_CHOICES]
    )
    tu = DayField(label=gettext_lazy("Hạn từ ngày"), required=False)
    den = DayField(label=gettext_lazy("đến ngày"), required=False)
    nhiem_vu = forms.IntegerField(required=False, widget=forms.HiddenInput)
    nam = forms.IntegerField(required=False, widget=forms.HiddenInput)

    ten = forms.CharField(label=gettext_lazy("Tên đơn vị"), required=False, max_length=100)

    def __init__(self, *args: Any, units: Mapping[int, str] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if units is None:
            self.fields["don_vi"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        else:
            self.fields["don_vi"].choices = [ANY, *units.items()]  # type: ignore[attr-defined]
            self.fields["ten"].widget = forms.HiddenInput()


class WaitingFilter(FilterForm):
    don_vi = forms.TypedChoiceField(label=gettext_lazy("Đơn vị"), required=False, coerce=int)
    nhiem_vu = forms.TypedChoiceField(label=gettext_lazy("Nhiệm vụ"), required=False, coerce=int)

    def __init__(
        self,
        *args: Any,
        units: Iterable[tuple[int, str]],
        tasks: Iterable[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["don_vi"].choices = [ANY, *units]  # type: ignore[attr-defined]
        self.fields["nhiem_vu"].choices = [ANY, *tasks]  # type: ignore[attr-defined]


class DirectiveFilter(FilterForm):
    trang_thai = forms.ChoiceField(
        label=gettext_lazy("Tình trạng"), required=False, choices=[ANY, *filters.DIRECTIVE_CHOICES]
    )
    nguon = forms.ChoiceField(
        label=gettext_lazy("Nguồn"),
        required=False,
        choices=[ANY, *(c for c in Assignment.Origin.choices if c[0] != Assignment.Origin.PLAN)],
    )
    tim = forms.CharField(label=gettext_lazy("Tìm trong nội dung"), required=False, max_length=100)
