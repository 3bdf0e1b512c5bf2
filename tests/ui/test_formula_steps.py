"""A computation shown part by part is the computation: same value, every reading in it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from danvan.kernel.formulas import evaluate, parse
from danvan.ui.formula_steps import Named, Step, Traced

D = Decimal
NAMES = {
    "a": Named("số đạt", "3 trong 4", "/rows/a/"),
    "b": Named("tổng số"),
    "late": Named("số ngày chậm"),
}


def steps(text: str, **values: str | None) -> Step:
    held = {name: None if v is None else D(v) for name, v in values.items()}
    return Traced(D(3), held, NAMES, {"lo": D(50)}).step(parse(text))


def leaves(step: Step) -> list[Step]:
    return [step] if not step.parts else [leaf for part in step.parts for leaf in leaves(part)]


@pytest.mark.parametrize(
    "text",
    [
        "M * R(a, b)", "M - late / 2 if late <= 5 else 0", "S(late; 0: M; <=5: M / 2; else: 0)",
        "min(a, b, M) + L(a, lo, 90)", "M if a > 1 and b > 1 else -a",
    ],
)  # fmt: skip
def test_the_root_is_the_value(text: str) -> None:
    values = {"a": D(3), "b": D(4), "late": D(2)}
    expected = evaluate(parse(text), {**values, "M": D(3), "lo": D(50)})
    root = steps(text, a="3", b="4", late="2")
    assert root.exact == _exact(expected)


def _exact(outcome: object) -> Fraction:
    points = getattr(outcome, "points", outcome)
    assert points is not None
    return Fraction(points)  # type: ignore[arg-type]


def test_every_reading_leads_to_its_rows() -> None:
    found = {leaf.words: leaf for leaf in leaves(steps("M * R(a, b)", a="3", b="4"))}
    assert found["số đạt"].url == "/rows/a/" and found["số đạt"].said == "3 trong 4"
    assert found["tổng số"].value == "4" and found["tổng số"].url == ""


def test_a_branch_not_taken_and_a_parameter_are_left_out() -> None:
    root = steps("a if late <= lo else b", a="3", b="4", late="2")
    assert [leaf.words for leaf in leaves(root)] == ["số ngày chậm", "số đạt"]
    assert root.parts[0].value == "đúng"
    assert "50" in root.parts[0].words


def test_what_is_not_known_is_said_at_its_place() -> None:
    root = steps("M * R(a, b)", a=None, b="4")
    assert root.exact is None and root.value == "chưa biết"
    assert {leaf.words: leaf.value for leaf in leaves(root)}["số đạt"] == "chưa biết"
    assert steps("M * R(a, b)", a="0", b="0").value == "không phát sinh"
