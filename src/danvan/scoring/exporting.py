"""A score sheet as the rows of the table it is imported from: what goes out comes back the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain

from danvan.scoring import template_files
from danvan.scoring.importing.columns import COLUMNS, NO_TIE_BREAK
from danvan.scoring.models import Band, Cap, CriteriaSet, Criterion


def rows_of(held: CriteriaSet) -> list[dict[str, str]]:
    """Column code → text, every column in every row. Four queries."""
    parts = chain(_criteria(held), _classes(held), _caps(held), _rules(held))
    return [{code: row.get(code, "") for code in COLUMNS} for row in parts]


def workbook(sets: Iterable[CriteriaSet]) -> bytes:
    """One .xlsx of all of them."""
    return template_files.workbook([row for held in sets for row in rows_of(held)])


def number(value: Decimal | None) -> str:
    """As an office types it: 2,5; blank where there is none."""
    if value is None:
        return ""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def _criteria(held: CriteriaSet) -> Iterator[dict[str, str]]:
    for c in held.criteria.select_related("group"):
        row = {
            "row_type": c.kind, "block": held.block, "code": c.code, "title": c.title,
            "max_points": number(c.max_points), "method": c.method, "formula": c.formula,
            "params": "; ".join(f"{n}: {v.replace('.', ',')}" for n, v in c.params.items()),
            "inputs": inputs_said(c), "evidence": c.evidence_asked,
            "evidence_by_system": "x" if c.evidence_by_system else "", "owner_role": c.owner_role,
            "consulted": c.consulted, "when_not_arising": c.when_not_arising, "basis": c.basis,
        }  # fmt: skip
        if c.group is not None:
            row |= {
                "group": c.group.code, "group_title": c.group.title,
                "group_max": number(c.group.max_points),
            }  # fmt: skip
        yield row


def inputs_said(criterion: Criterion) -> str:
    """``name: words [fact.code]; …``."""
    return "; ".join(
        f"{name}: {words}" + (f" [{criterion.inputs[name]}]" if name in criterion.inputs else "")
        for name, words in criterion.words.items()
    )


def _classes(held: CriteriaSet) -> Iterator[dict[str, str]]:
    above: Band | None = None
    for band in held.bands.all():
        yield {
            "row_type": "class", "block": held.block, "title": band.name,
            "floor": number(band.floor), "below": number(above.floor) if above else "",
            "quota": number(band.quota),
        }  # fmt: skip
        above = band


def _caps(held: CriteriaSet) -> Iterator[dict[str, str]]:
    caps: Iterable[Cap] = held.caps.select_related("ceiling")
    for cap in caps:
        yield {
            "row_type": "cap", "block": held.block, "code": cap.code, "title": cap.title,
            "effect": cap.effect, "ceiling": cap.ceiling.name if cap.ceiling else "",
            "rule": cap.rule, "threshold": number(cap.threshold), "lifter": cap.lifter,
            "basis": cap.basis,
        }  # fmt: skip


def _rules(held: CriteriaSet) -> Iterator[dict[str, str]]:
    for codes in held.tie_break:
        yield {"row_type": "tie", "block": held.block, "title": " + ".join(codes)}
    if not held.tie_break:
        yield {"row_type": "tie", "block": held.block, "title": NO_TIE_BREAK}
    yield {"row_type": "rounding", "block": held.block, "threshold": str(held.places)}
