"""A whole block's score sheet: totals, classes without gap or overlap, caps that name a class."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from danvan.kernel import facts
from danvan.scoring import formulas
from danvan.scoring.importing.columns import COLUMNS
from danvan.scoring.importing.plans import PlannedSet, Problem
from danvan.scoring.importing.reading import Row
from danvan.ui import written

WHOLE = Decimal(100)


def problems_of(planned: PlannedSet) -> Iterator[Problem]:
    """Everything that is wrong with a block taken together."""

    def wrong(column: str, text: str, row: Row | None = None) -> Problem:
        return Problem(row.number if row else None, COLUMNS[column], f"{planned.label}: {text}")

    if planned.total != WHOLE:
        told = _("tổng điểm tối đa của các tiêu chí là %(total)s, phải là 100.")
        yield wrong("max_points", told % {"total": written.number(planned.total)})
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for criterion in planned.criteria:
        sums[criterion.get("group", "")] += criterion["max_points"]
    for code, group in planned.groups.items():
        if sums[code] != group["max_points"]:
            told = _("nhóm %(code)s ghi %(max)s điểm nhưng các tiêu chí cộng lại là %(sum)s.")
            numbers = {
                "code": code,
                "max": written.number(group["max_points"]),
                "sum": written.number(sums[code]),
            }
            yield wrong("group_max", told % numbers)
    for text, row in _bands(planned.bands):
        yield wrong("floor", text, row)
    for text, row in itertools.chain(_references(planned), _measures(planned)):
        yield wrong("inputs", text, row)
    named = {code for codes in planned.ties or () for code in codes}
    for group_code in sorted(named - set(planned.groups)):
        told = _("xét khi bằng điểm nêu nhóm %s không có trong bảng.")
        yield wrong("title", told % group_code, planned.tie_rows[0])
    names = {band["name"] for band in planned.bands}
    for cap in planned.caps:
        if cap["ceiling"] and cap["ceiling"] not in names:
            told = _("giới hạn %(code)s nêu loại “%(name)s” không có trong bảng.")
            numbers = {"code": cap["code"], "name": cap["ceiling"]}
            yield wrong("ceiling", told % numbers, cap["row"])


def _bands(bands: Iterable[dict[str, Any]]) -> Iterator[tuple[str, Row | None]]:
    """Each rate from 0 to 100 belongs to exactly one class."""
    held = sorted(bands, key=lambda b: b["floor"], reverse=True)
    if len(held) < 2:
        yield _("cần ít nhất hai xếp loại."), None
        return
    if len({band["name"] for band in held}) < len(held):
        yield _("có hai xếp loại trùng tên."), None
    best, lowest = held[0], held[-1]
    if best["below"] not in (None, WHOLE):
        told = _("từ %(rate)s trở lên không thuộc loại nào.")
        yield told % {"rate": written.percent(best["below"])}, best["row"]
    for above, band in itertools.pairwise(held):
        below = above["floor"] if band["below"] is None else band["below"]
        rates = {
            "from": written.percent(min(below, above["floor"])),
            "to": written.percent(max(below, above["floor"])),
            "one": above["name"],
            "two": band["name"],
        }
        if above["floor"] == band["floor"] or below > above["floor"]:
            told = _("loại %(one)s và %(two)s chồng lên nhau (từ %(from)s đến %(to)s).")
            yield told % rates, band["row"]
        elif below < above["floor"]:
            told = _("từ %(from)s đến dưới %(to)s không thuộc loại nào (khoảng trống).")
            yield told % rates, band["row"]
    if lowest["quota"] is not None:
        told = _("loại thấp nhất (%s) không đặt được tỷ lệ khống chế.")
        yield told % lowest["name"], lowest["row"]
    if lowest["floor"] != 0:
        told = _("dưới %(rate)s không thuộc loại nào: loại thấp nhất phải bắt đầu từ 0.")
        yield told % {"rate": written.percent(lowest["floor"])}, lowest["row"]


def _references(planned: PlannedSet) -> Iterator[tuple[str, Row | None]]:
    """A criterion may read another one's points; never, however far around, its own."""
    reads = {c["code"]: _read_by(c) for c in planned.criteria}
    for criterion in planned.criteria:
        code, row = criterion["code"], criterion["row"]
        for other in reads[code]:
            if other not in reads:
                told = _("%(code)s đọc điểm của %(other)s không có trong bảng.")
                yield told % {"code": code, "other": other}, row
        if (around := _around(code, reads)) is not None:
            told = _("công thức vòng tròn: %s.")
            yield told % " → ".join(around), row


def _read_by(criterion: dict[str, Any]) -> list[str]:
    return [fact[1:].strip() for fact in criterion["inputs"].values() if fact.startswith("=")]


def _around(code: str, reads: dict[str, list[str]]) -> list[str] | None:
    """The way from a criterion back to itself, if there is one."""
    ways = [[code]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for other in reads.get(way[-1], ()):
            if other == code:
                return [*way, code]
            if other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return None


def _measures(planned: PlannedSet) -> Iterator[tuple[str, Row | None]]:
    """Two facts set against each other must count the same thing (days and petitions do not)."""
    read = {code for criterion in planned.criteria for code in criterion["inputs"].values()}
    counts = {code: fact.measure for code, fact in facts.REGISTRY.among(read).items()}
    for criterion in planned.criteria:
        inputs = criterion["inputs"].items()
        measured = {name: counts[code] for name, code in inputs if counts.get(code)}
        try:
            node = formulas.parse(criterion["formula"]) if criterion["formula"] else None
        except formulas.FormulaError:
            continue
        for one, two in formulas.compared(node) if node is not None else ():
            if measured.get(one, "") != measured.get(two, "") and {one, two} <= set(measured):
                told = _("%(code)s so sánh “%(one)s” (%(a)s) với “%(two)s” (%(b)s): khác đơn vị.")
                numbers = {
                    "code": criterion["code"], "one": one, "a": measured[one], "two": two,
                    "b": measured[two],
                }  # fmt: skip
                yield told % numbers, criterion["row"]
