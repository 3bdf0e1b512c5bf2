"""What people type about units: a day, whom they name, a table."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.organisations import queries
from danvan.organisations.models import Person, Unit
from danvan.ui.fields import DayField, UploadField


class DayForm(forms.Form):
    """Which day a page speaks of; today if none or a wrong one is given."""

    ngay = DayField(label=gettext_lazy("Xem theo ngày"), required=False)
    q = forms.CharField(label=gettext_lazy("Tìm đơn vị"), required=False, max_length=100)

    @property
    def day(self) -> dt.date:
        given: dt.date | None = getattr(self, "cleaned_data", {}).get("ngay")
        return given or clock.today()


class _PersonForm(forms.Form):
    """One of the unit's people, or the name of somebody the system does not know yet."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Người được giao"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=gettext_lazy("– chọn trong danh sách –"),
    )
    new_name = forms.CharField(
        label=gettext_lazy("Hoặc ghi họ tên người chưa có trong danh sách"),
        required=False,
        max_length=120,
    )
    basis = forms.CharField(
        label=gettext_lazy("Văn bản phân công"),
        max_length=200,
        help_text=gettext_lazy("Số, ký hiệu và ngày. Ví dụ: Quyết định 12/QĐ-UBND ngày 03/4/2023."),
        error_messages={"required": gettext_lazy("Ghi văn bản làm căn cứ.")},
    )
    start = DayField(label=gettext_lazy("Từ ngày"))
    end = DayField(label=gettext_lazy("Đến hết ngày"), required=False)

    def __init__(self, unit: Unit, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"start": clock.today()})
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = queries.people_in(unit, clock.today())  # type: ignore

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        person, name = cleaned.get("person"), cleaned.get("new_name", "").strip()
        if "person" in self.errors:
            return cleaned
        if person and name:
            self.add_error("new_name", _("Chỉ chọn một: người trong danh sách hoặc tên mới."))
        if not person and not name:
            self.add_error("person", _("Chọn người hoặc ghi họ tên."))
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("Ngày kết thúc không được trước ngày bắt đầu."))
        return cleaned


class NamingForm(_PersonForm):
    """Whom the unit names; without an end until named again.

    ``seen`` is how the appointment stood when the page was opened.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, seen: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = seen
        self.fields["end"].help_text = _("Để trống nếu không xác định thời hạn.")

    def clean_seen(self) -> str | None:
        return self.cleaned_data["seen"] or None


class DelegationForm(_PersonForm):
    """Who acts for the named person, always with an end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].label = _("Người được ủy quyền")
        self.fields["basis"].label = _("Văn bản ủy quyền")
        self.fields["end"].required = True


class TableForm(forms.Form):
    """A table of units to be checked, then imported."""

    table = UploadField(label=gettext_lazy("Tệp danh mục"), extensions=("csv", "xlsx"))
