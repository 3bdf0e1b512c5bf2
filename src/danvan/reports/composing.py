"""Filling a report in: facts of the period, the period before, units' reports summed up.

Everything is read in batches: as many queries for a hundred units as for one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from danvan.kernel import facts
from danvan.kernel.facts import Reading
from danvan.programmes.models import Programme
from danvan.reports import queries
from danvan.reports.models import Figure, Item, Narrative, Report, Section, Share
from danvan.reports.periods import Span, span_of

CENT = Decimal("0.01")
SAID = 300


@dataclass(frozen=True, slots=True)
class Blank:
    """Something the report still lacks, and where."""

    section: Section
    label: str
    field: str


def span_of_report(report: Report) -> Span:
    return span_of(report.form, report.period_start)


def fill(report: Report) -> None:
    """Makes the figures and empty texts of a new report (unsaved rows become rows)."""
    items = queries.items_of(report.outline)
    previous = previous_values(report, items)
    if report.consolidated:
        _fill_summed(report, items, previous)
        return
    readings = _readings(items, report)
    Figure.objects.bulk_create(
        _read_figure(report, item, readings.get(item.fact), previous.get(item.code))
        for item in items
    )
    _texts(report, {})


def refresh(report: Report) -> list[Figure]:
    """Reads the facts (or the units' reports) again; typed values stay. What changed, saved."""
    if report.consolidated:
        return _sum_again(report)
    held = {f.item_id: f for f in report.figures.select_related("item__section")}
    readings = _readings([f.item for f in held.values()], report)
    changed = []
    for figure in held.values():
        reading = readings.get(figure.item.fact)
        if figure.typed or not figure.item.fact:
            continue
        fresh = _read_figure(report, figure.item, reading, figure.previous)
        if (fresh.value, fresh.said, fresh.basis) != (figure.value, figure.said, figure.basis):
            figure.value, figure.said, figure.basis = fresh.value, fresh.said, fresh.basis
            changed.append(figure)
    Figure.objects.bulk_update(changed, ["value", "said", "basis"])
    return changed


def previous_values(report: Report, items: Sequence[Item]) -> dict[str, Decimal | None]:
    """Item code → its value a period before: as reported then, else as the facts tell it now."""
    before = span_of_report(report).compared_with
    told = queries.approved_for(report.unit_id, report.outline, report.consolidated, before)
    if told is not None:
        return dict(told.figures.values_list("item__code", "value"))
    if report.consolidated or not _has_programme(report, before):
        return {}
    read = facts.read_known([i.fact for i in items], [report.unit_id], before.period)
    return {i.code: _value(read[i.fact].get(report.unit_id)) for i in items if i.fact in read}


def _has_programme(report: Report, span: Span) -> bool:
    """Without a programme nothing was recorded, and a zero would be no figure."""
    return Programme.objects.filter(body=report.programme.body_id, year=span.year).exists()


def blanks(report: Report) -> list[Blank]:
    """Figures without value and reason, and texts not yet written: two queries."""
    lacking = [
        Blank(f.item.section, f.item.label, f"value_{f.item_id}")
        for f in report.figures.select_related("item__section")
        if f.value is None and not f.note
    ]
    for text in report.narratives.select_related("section"):
        if not text.text.strip() and not text.section.optional:
            lacking.append(Blank(text.section, text.section.title, f"text_{text.section_id}"))
    return sorted(lacking, key=lambda blank: blank.section.order)


def _readings(items: Sequence[Item], report: Report) -> dict[str, Reading | None]:
    codes = [i.fact for i in items]
    read = facts.read_known(codes, [report.unit_id], span_of_report(report).period)
    return {code: of_units.get(report.unit_id) for code, of_units in read.items()}


def _value(reading: Reading | None) -> Decimal | None:
    return None if reading is None or reading.value is None else reading.value.quantize(CENT)


def _read_figure(
    report: Report, item: Item, reading: Reading | None, previous: Decimal | None
) -> Figure:
    return Figure(
        report=report, item=item, value=_value(reading), previous=previous,
        said=(reading.said if reading else "")[:SAID],
        basis=(reading.basis if reading else "")[:SAID],
    )  # fmt: skip


# --- consolidated ------------------------------------------------------------------------


def _fill_summed(
    report: Report, items: Sequence[Item], previous: Mapping[str, Decimal | None]
) -> None:
    included = queries.newest_approved(report.programme, report.outline, span_of_report(report))
    held = _values_of(included)
    figures = [
        Figure(
            report=report, item=item, previous=previous.get(item.code),
            value=sum((v for _r, v in held[item.code]), Decimal(0)) if held[item.code] else None,
        )
        for item in items
        if item.adds_up
    ]  # fmt: skip
    figures += [
        Figure(report=report, item=item, previous=previous.get(item.code))
        for item in items
        if not item.adds_up
    ]
    Figure.objects.bulk_create(figures)
    _keep_shares(figures, held)
    _texts(report, _quotes(report.programme, included))


def _sum_again(report: Report) -> list[Figure]:
    included = queries.newest_approved(report.programme, report.outline, span_of_report(report))
    held = _values_of(included)
    figures = [f for f in report.figures.select_related("item") if f.item.adds_up and not f.typed]
    changed = []
    for figure in figures:
        values = held[figure.item.code]
        total = sum((v for _r, v in values), Decimal(0)) if values else None
        if total != figure.value:
            figure.value = total
            changed.append(figure)
    Share.objects.filter(figure__report=report).delete()
    _keep_shares(figures, held)
    Figure.objects.bulk_update(changed, ["value"])
    quotes = _quotes(report.programme, included)
    texts = list(report.narratives.select_related("section"))
    for text in texts:
        text.quoted = quotes.get(text.section.order, [])
    Narrative.objects.bulk_update(texts, ["quoted"])
    return changed


def _values_of(included: Sequence[Report]) -> dict[str, list[tuple[int, Decimal]]]:
    """Item code → (report, value) of every unit that gave one."""
    rows = Figure.objects.filter(report__in=[r.pk for r in included], value__isnull=False)
    found: dict[str, list[tuple[int, Decimal]]] = defaultdict(list)
    for code, report, value in rows.values_list("item__code", "report", "value"):
        if value is not None:
            found[code].append((report, value))
    return found


def _keep_shares(figures: Sequence[Figure], held: Mapping[str, list[tuple[int, Decimal]]]) -> None:
    Share.objects.bulk_create(
        (
            Share(figure=figure, report_id=report, value=value)
            for figure in figures
            if figure.item.adds_up
            for report, value in held[figure.item.code]
        ),
        batch_size=2000,
    )


def _quotes(programme: Programme, included: Sequence[Report]) -> dict[int, list[dict[str, Any]]]:
    """Section order → what each unit wrote there, word for word."""
    names = {e.unit: e.name for e in queries.expected(programme, included)}
    rows = Narrative.objects.filter(report__in=[r.pk for r in included]).exclude(text="")
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for text in rows.select_related("section", "report").order_by("report__unit"):
        unit = text.report.unit_id
        found[text.section.order].append(
            {"unit": unit, "name": names.get(unit, str(unit)), "report": text.report_id,
             "text": text.text}
        )  # fmt: skip
    order = {unit: place for place, unit in enumerate(names)}
    for quoted in found.values():
        quoted.sort(key=lambda q: order.get(q["unit"], len(order)))
    return found


def _texts(report: Report, quotes: Mapping[int, list[dict[str, Any]]]) -> None:
    Narrative.objects.bulk_create(
        Narrative(report=report, section=section, quoted=quotes.get(section.order, []))
        for section in report.outline.sections.all()
    )
