"""Filters of the history, and a day of the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.models import CalendarDay
from danvan.ui.fields import DayField


class SpanForm(forms.Form):
    """From a day to a day, both included."""

    tu = DayField(label=gettext_lazy("Từ ngày"), required=False)
    den = DayField(label=gettext_lazy("Đến hết ngày"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("tu"), cleaned.get("den")
        if first and last and last < first:
            self.add_error("den", _("Ngày cuối không được trước ngày đầu."))
        return cleaned

    def given(self, name: str) -> Any:
        """What was typed in a field, or None if nothing or nonsense."""
        self.is_valid()
        return self.cleaned_data.get(name) or None


class HistoryForm(SpanForm):
    viec = forms.ChoiceField(label=gettext_lazy("Việc"), required=False)
    field_order = ("viec", "tu", "den")

    def __init__(self, acts: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Tất cả")), *acts]
        self.fields["viec"].choices = choices  # type: ignore[attr-defined]


class DayForm(forms.Form):
    """A day to be off or worked, by which document."""

    day = DayField(label=gettext_lazy("Ngày"))
    kind = forms.ChoiceField(label=gettext_lazy("Ngày này"), choices=CalendarDay.Kind)
    basis = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        max_length=200,
        help_text=gettext_lazy("Số, ký hiệu và ngày của văn bản cho nghỉ, hoán đổi hoặc làm bù."),
        error_messages={"required": gettext_lazy("Ghi văn bản làm căn cứ.")},
    )
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=200, required=False)


def year_of(text: str, today: dt.date) -> int:
    """The year asked for, within reason; else this one."""
    given = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today.year
    return given if 1990 <= given <= 2100 else today.year
