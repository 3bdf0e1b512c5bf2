"""The report as one form: a value, its source and the plan for each figure; a text each part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from danvan.kernel import clock
from danvan.reports.actions.papers import Typed
from danvan.reports.models import Figure, Narrative, Outline, Report
from danvan.reports.periods import COUNT, Form, Span
from danvan.ui.fields import DayField, PointsField

LARGEST = Decimal("9999999999999.99")
LONGEST = 20_000  # characters of one part


class ReportForm(forms.Form):
    """Fields ``value_<item>``, ``note_<item>``, ``planned_<item>``, ``text_<section>``."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        figures: Iterable[Figure],
        texts: Iterable[Narrative],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.figures, self.texts = list(figures), list(texts)
        for figure in self.figures:
            self._add(figure)
        for text in self.texts:
            self.fields[f"text_{text.section_id}"] = forms.CharField(
                label=f"{text.section.marker}. {text.section.title}", required=False,
                max_length=LONGEST, initial=text.text, help_text=text.section.prompt,
                widget=forms.Textarea(attrs={"rows": 5}),
            )  # fmt: skip

    def _add(self, figure: Figure) -> None:
        label, key = figure.item.label, figure.item_id
        if not figure.read:
            self.fields[f"value_{key}"] = PointsField(
                label=_("%(label)s – kỳ này") % {"label": label}, required=False,
                max_value=LARGEST, initial=figure.value,
            )  # fmt: skip
        self.fields[f"planned_{key}"] = PointsField(
            label=_("%(label)s – kế hoạch") % {"label": label}, required=False,
            max_value=LARGEST, initial=figure.planned,
        )  # fmt: skip
        self.fields[f"note_{key}"] = forms.CharField(
            label=_("%(label)s – nguồn số liệu hoặc lý do để trống") % {"label": label},
            required=False, max_length=300, initial=figure.note,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A typed value names its source: said at the field, before anything is written."""
        typed = super().clean() or {}
        for figure in self.figures:
            key = figure.item_id
            if figure.read or typed.get(f"value_{key}") is None:
                continue
            if not typed.get(f"note_{key}", "").strip():
                self.add_error(f"note_{key}", _("Ghi nguồn của số này (sổ, báo cáo, biên bản…)."))
        return typed

    def typed(self) -> dict[int, Typed]:
        """Item id → what was given."""
        sent = self.cleaned_data
        return {
            f.item_id: Typed(
                sent.get(f"value_{f.item_id}"), sent.get(f"note_{f.item_id}", ""),
                sent.get(f"planned_{f.item_id}"),
            )
            for f in self.figures
        }  # fmt: skip

    def words(self) -> dict[int, str]:
        """Section id → text."""
        return {t.section_id: self.cleaned_data[f"text_{t.section_id}"] for t in self.texts}


class PeriodForm(forms.Form):
    """Which report, of which period."""

    outline = forms.ModelChoiceField(label=_("Đề cương"), queryset=Outline.objects.none())
    form = forms.ChoiceField(label=_("Kỳ báo cáo"), choices=Form.choices)
    number = forms.IntegerField(
        label=_("Tháng hoặc quý thứ"), required=False, min_value=1, max_value=12,
        help_text=_("Chỉ điền khi báo cáo tháng hoặc quý."),
    )  # fmt: skip
    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100)

    def __init__(self, *args: Any, day: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from danvan.reports.queries import outlines_on

        field: Any = self.fields["outline"]
        field.queryset = outlines_on(day or clock.today())
        field.empty_label = None

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        form = typed.get("form")
        if not form or "year" not in typed:
            return typed
        count = COUNT[Form(form)]
        number = int(typed.get("number") or 0) if count > 1 else 1
        if not number:
            self.add_error("number", _("Điền số tháng hoặc quý."))
        elif number > count:
            told = _now("Một năm chỉ có %(n)d %(form)s.") % {"n": count, "form": Form(form).label}
            self.add_error("number", ValidationError(told))
        else:
            typed["span"] = Span(Form(form), typed["year"], number)
        return typed


class AnswerForm(forms.Form):
    """What the level above said."""

    outcome = forms.ChoiceField(label=_("Cấp trên"), choices=Report.Answer.choices)
    day = DayField(label=_("Ngày trả lời"))
    note = forms.CharField(
        label=_("Ý kiến, lý do"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("outcome") == Report.Answer.RETURNED and not typed.get("note", "").strip():
            self.add_error("note", _("Ghi lý do cấp trên trả lại."))
        if (day := typed.get("day")) and day > clock.today():
            self.add_error("day", _("Ngày trả lời không thể sau hôm nay."))
        return typed
