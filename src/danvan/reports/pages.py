"""What the report page shows, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from danvan.programmes import amending
from danvan.programmes.measuring import Measured, day_of, measured
from danvan.reports import composing
from danvan.reports.forms import ReportForm
from danvan.reports.models import Figure, Narrative, Report, Section
from danvan.reports.trends import Trend, trends_of


@dataclass
class Line:
    """One figure with its fields, where it may be written."""

    figure: Figure
    shares: int = 0
    value: Any = None
    planned: Any = None
    note: Any = None


@dataclass
class Part:
    """One section: its figures, its text, units' words, the tables of targets and indices."""

    section: Section
    lines: list[Line] = field(default_factory=list)
    text: Narrative | None = None
    box: Any = None
    targets: Sequence[Measured] = ()
    trends: Sequence[Trend] = ()


def parts_of(report: Report, form: ReportForm | None) -> list[Part]:
    """The report section by section; a fixed number of queries."""
    shares = _shares(report)
    held = {s.pk: Part(s) for s in report.outline.sections.all()}
    figures = form.figures if form else report.figures.select_related("item__section")
    for figure in figures:
        line = Line(figure, shares.get(figure.pk, 0))
        if form:
            line.value = _bound(form, f"value_{figure.item_id}")
            line.planned = form[f"planned_{figure.item_id}"]
            line.note = form[f"note_{figure.item_id}"]
        held[figure.item.section_id].lines.append(line)
    for text in form.texts if form else report.narratives.select_related("section"):
        held[text.section_id].text = text
        if form:
            held[text.section_id].box = form[f"text_{text.section_id}"]
    for part in held.values():
        if part.section.kind == Section.Kind.TARGETS:
            span = composing.span_of_report(report)
            targets = amending.targets_on(report.programme, day_of(span.period))
            part.targets = measured(report.programme, targets, span.period)
        elif part.section.kind == Section.Kind.INDICES:
            part.trends = trends_of(report)
    return list(held.values())


def _bound(form: ReportForm, name: str) -> Any:
    return form[name] if name in form.fields else None


def _shares(report: Report) -> dict[int, int]:
    """Figure → how many units' reports it sums."""
    counted = report.figures.annotate(n=Count("shares")).filter(n__gt=0)
    return dict(counted.order_by().values_list("pk", "n"))


@dataclass(frozen=True, slots=True)
class Change:
    """Something this version says otherwise than the one before."""

    where: str
    before: Any
    after: Any
    number: bool


def changes(before: Report, after: Report) -> list[Change]:
    """Figures and texts that differ, in the order of the report; four queries."""
    old = {f.item_id: f for f in before.figures.all()}
    found = [
        Change(f"{f.item.section.marker}. {f.item.label}", old[f.item_id].value, f.value, True)
        for f in after.figures.select_related("item__section")
        if f.item_id in old and old[f.item_id].value != f.value
    ]
    words = {t.section_id: t.text for t in before.narratives.all()}
    found += [
        Change(str(t.section), words.get(t.section_id, ""), t.text, False)
        for t in after.narratives.select_related("section")
        if words.get(t.section_id, "") != t.text
    ]
    return found
