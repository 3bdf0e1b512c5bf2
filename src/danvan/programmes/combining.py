"""A target measured by a formula over several facts about its programme.

``inputs`` names the facts: {"a": "assignments.units_with_plan"}. A fact that is a ratio reads
as its share (0 to 1); ":tu" and ":mau" after its code read the two numbers themselves. A
result without a measure is a share too, shown in per cent where the target is in per cent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel import clock, facts, formulas
from danvan.kernel.facts import Fact, Reading
from danvan.kernel.formulas import FormulaError, Node, Status
from danvan.kernel.formulas.grammar import (
    Arithmetic,
    Both,
    Call,
    Choice,
    Comparison,
    Name,
    Negative,
    Steps,
    walk,
)
from danvan.programmes.models import Target
from danvan.ui import written
from danvan.ui.formula_steps import Named, Step, Traced

PARTS = {"": "", "tu": "numerator", "mau": "denominator"}
# A plain number, or the quotient of two like figures; a figure that is a share already.
NO_MEASURE, SHARE = "", "tỷ lệ"
_LINE = re.compile(r"\s*([A-Za-z_]\w*)\s*[=:]\s*([\w.]+(?::\w+)?)\s*")


class Unlike(ValueError):
    """Two measures are put together that have nothing in common; the message names them."""


def as_text(inputs: Mapping[str, str]) -> str:
    """One "name = code" a line, as a person edits it."""
    return "\n".join(f"{name} = {code}" for name, code in inputs.items())


def inputs_of(text: str) -> dict[str, str]:
    """The names of such lines (or parts set apart by ";"). ValidationError says which is wrong."""
    found: dict[str, str] = {}
    for line in (part for part in re.split(r"[\n;]", text) if part.strip()):
        match = _LINE.fullmatch(line)
        if match is None or match[1] in found or match[1] == "M":
            told = _("Không hiểu dòng “%s”: mỗi dòng ghi tên = mã số liệu, tên không trùng.")
            raise ValidationError(told % line.strip()[:80])
        found[match[1]] = match[2]
    return found


def codes_of(inputs: Mapping[str, str]) -> set[str]:
    """The codes of the facts read."""
    return {code.partition(":")[0] for code in inputs.values()}


def check(formula: str, inputs: Mapping[str, str], unit: str = "") -> None:
    """ValidationError by field where the formula cannot measure a target counted in ``unit``."""
    for code in inputs.values():
        bare, _colon, part = code.partition(":")
        fact = facts.REGISTRY.get(bare)
        if fact is None or fact.about != "programme" or part not in PARTS:
            told = _("Không có số liệu “%s” của kế hoạch.") % code
            raise ValidationError({"inputs": told})
    try:
        node = formulas.parse(formula)
    except FormulaError as error:
        raise ValidationError({"formula": str(error)}) from error
    used = {part.name for part in walk(node) if isinstance(part, Name)}
    if unknown := sorted(used - set(inputs)):
        raise ValidationError({"formula": _("Chưa khai số liệu cho tên “%s”.") % unknown[0]})
    if unused := sorted(set(inputs) - used):
        raise ValidationError({"inputs": _("Công thức không dùng tên “%s”.") % unused[0]})
    measures = {n: facts.REGISTRY[c.partition(":")[0]].measure for n, c in inputs.items()}
    try:
        measure = measure_of(node, measures)
    except Unlike as unlike:
        raise ValidationError({"formula": str(unlike)}) from unlike
    if unit and ("%" if measure in (NO_MEASURE, SHARE) else measure) != unit:
        words = _("Công thức cho ra “%(found)s” mà chỉ tiêu tính bằng “%(unit)s”.")
        raise ValidationError({"formula": words % {"found": measure or SHARE, "unit": unit}})


def measure_of(node: Node, measures: Mapping[str, str]) -> str:
    """What the result counts; NO_MEASURE for a share or a plain number. Raises Unlike.

    Only like is added, subtracted or compared to like and set in a ratio to it; a plain number
    takes the measure it is put beside.
    """

    def of(part: Node) -> str:
        return measure_of(part, measures)

    match node:
        case Name(name):
            return measures[name]
        case Negative(inner):
            return of(inner)
        case Arithmetic("*", left, right):
            one, two = (NO_MEASURE if m == SHARE else m for m in (of(left), of(right)))
            if one and two:
                raise Unlike(_("Không nhân “%(a)s” với “%(b)s”.") % {"a": one, "b": two})
            return one or two
        case Arithmetic("/", left, right):
            one, two = of(left), of(right)
            return one if not two else _like(one, two, NO_MEASURE)
        case Arithmetic(_sign, left, right):
            return _like(of(left), of(right))
        case Comparison(_sign, left, right):
            return _like(of(left), of(right), NO_MEASURE)
        case Call(function, arguments):
            ratio = NO_MEASURE if function in ("R", "L") else None
            return _alike([of(a) for a in arguments], ratio)
        case Choice(then, condition, otherwise):
            of(condition)
            return _like(of(then), of(otherwise))
        case Steps(_subject, cases, otherwise):
            for condition, _result in cases:
                of(condition)
            return _alike([*(of(result) for _c, result in cases), of(otherwise)])
        case Both(_word, parts):
            for part in parts:
                of(part)
    return NO_MEASURE


def _like(one: str, two: str, result: str | None = None) -> str:
    if one and two and one != two:
        told = _("Hai số liệu khác đơn vị tính: “%(a)s” và “%(b)s”, không so hay gộp được.")
        raise Unlike(told % {"a": one, "b": two})
    return (one or two) if result is None else result


def _alike(measures: list[str], result: str | None = None) -> str:
    found = NO_MEASURE
    for measure in measures:
        found = _like(found, measure)
    return found if result is None else result


@dataclass(frozen=True, slots=True)
class Combined:
    """The value of a target's formula, and every step it came about by."""

    fact: Fact
    reading: Reading
    why: Step | None


def combined(target: Target, readings: Mapping[str, Reading | None]) -> Combined:
    """``readings``: code → what is known of the programme. What is unknown stays unknown."""
    inputs: dict[str, str] = target.inputs
    try:
        node = formulas.parse(target.formula)
    except FormulaError as error:
        return _unknown(target, str(error), None)
    lost = sorted(codes_of(inputs) - set(facts.REGISTRY))
    if lost:
        return _unknown(target, _("không còn nguồn dữ liệu “%s”") % lost[0], None)
    read = {name: _input(code, readings) for name, code in inputs.items()}
    names = {name: Named(each.words, each.said, each.url) for name, each in read.items()}
    values = {name: each.value for name, each in read.items()}
    why = Traced(Decimal(0), values, names, {}).step(node)
    try:
        measure = measure_of(node, {name: each.measure for name, each in read.items()})
    except Unlike as unlike:
        return _unknown(target, str(unlike), why)
    outcome = formulas.evaluate(node, values)
    if outcome.status is Status.UNKNOWN:
        told = _("chưa biết: chưa có số liệu “%s”") % names[outcome.lacking].words
        return _unknown(target, told, why)
    if why.exact is None or outcome.points is None:
        return _unknown(target, _("không phát sinh trong kỳ: không có gì để chia"), why)
    per_cent = measure in (NO_MEASURE, SHARE) and target.unit == "%"
    exact = why.exact * 100 if per_cent else why.exact
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    counted = "%" if per_cent else measure
    said = written.percent(value) if counted == "%" else f"{written.number(value)} {counted}"
    basis = reverse("programmes:targets", args=[target.programme_id])
    return Combined(_fact(counted), Reading(value, clock.now(), basis, said.strip()), why)


@dataclass(frozen=True, slots=True)
class Input:
    """One name of the formula: what it reads, in what measure, and where it comes from."""

    words: str
    measure: str
    value: Decimal | None
    said: str
    url: str


def _input(code: str, readings: Mapping[str, Reading | None]) -> Input:
    bare, _colon, part = code.partition(":")
    fact, reading = facts.REGISTRY[bare], readings.get(bare)
    words = str(fact.label)
    if part:
        words += _(" (số đạt)") if part == "tu" else _(" (tổng số)")
    if reading is None:
        return Input(words, fact.measure, None, "", "")
    value = getattr(reading, PARTS[part]) if part else reading.value
    share = not part and reading.numerator is not None
    return Input(words, SHARE if share else fact.measure, value, reading.said, reading.basis)


def _unknown(target: Target, said: str, why: Step | None) -> Combined:
    return Combined(_fact(target.unit), Reading(None, clock.now(), "", said), why)


def _fact(measure: str) -> Fact:
    def nobody(subjects: Any, period: Any) -> dict[int, Reading | None]:
        return {}

    return Fact("", "programme", measure, _("theo công thức"), nobody)
