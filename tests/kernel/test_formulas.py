"""The language of formulas, sign by sign: what is read, what it is worth, what is refused where."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from danvan.kernel import formulas
from danvan.kernel.formulas import FormulaError, Status, computing, grammar

D = Decimal


def worth(text: str, **values: str | None) -> Decimal | None:
    """The plain value, with no maximum."""
    held = {name: None if v is None else D(v) for name, v in values.items()}
    return formulas.evaluate(formulas.parse(text), held).points


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 + 3", "5"),
        ("2 - 3", "-1"),
        ("2 * 3", "6"),
        ("3 / 2", "1.5"),
        ("-3 + 5", "2"),
        ("2 - 3 - 4", "-5"),
        ("12 / 3 / 2", "2"),
        ("2 + 3 * 4", "14"),
        ("(2 + 3) * 4", "20"),
        ("-(2 + 3)", "-5"),
        ("1.25 * 2", "2.5"),
        ("min(3, 1, 2)", "1"),
        ("max(3, 1, 2)", "3"),
        ("R(1, 4)", "0.25"),
        ("R(5, 4)", "1"),
        ("R(4, 4)", "1"),
        ("L(5, 0, 10)", "0.5"),
        ("L(0, 5, 10)", "0"),
        ("L(5, 5, 10)", "0"),
        ("L(10, 5, 10)", "1"),
        ("L(11, 5, 10)", "1"),
        ("L(8, 5, 10)", "0.6"),
        # From high to low: the less the better.
        ("L(8, 10, 5)", "0.4"),
        ("1 if 2 else 3", "1"),
        ("1 if 0 else 3", "3"),
        ("1 if 0 else 2 if 0 else 3", "3"),
        ("(1 if 1 else 2) + 1", "2"),
        ("S(1: 5; else: 6)", "5"),
        ("S(0: 5; 1: 7; else: 6)", "7"),
        ("S(4; 3: 1; 4: 2; else: 3)", "2"),
        ("S(4; 2+2: 1; else: 3)", "1"),
        ("S(0; -0: 1; else: 3)", "1"),
        ("S(-4; -4: 1; else: 3)", "1"),
        ("S(4; >3 : 1; else: 3)", "1"),
        ("S(4; 1 and 1: 1; else: 3)", "1"),
        ("_a1 + M", "7"),
        ("  2  ", "2"),
    ],
)
def test_what_is_written_is_worth(text: str, value: str) -> None:
    assert worth(text, _a1="3", M="4") == D(value)


@pytest.mark.parametrize(
    ("sign", "held"),
    [
        ("<", (True, False, False)),
        ("<=", (True, True, False)),
        (">", (False, False, True)),
        (">=", (False, True, True)),
        ("=", (False, True, False)),
        ("==", (False, True, False)),
        ("!=", (True, False, True)),
    ],
)
def test_each_comparison_below_at_and_above(sign: str, held: tuple[bool, ...]) -> None:
    assert tuple(bool(worth(f"x {sign} 5", x=x)) for x in ("4", "5", "6")) == held
    steps = f"S(x; {sign} 5: 1; else: 0)"
    assert tuple(bool(worth(steps, x=x)) for x in ("4", "5", "6")) == held


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 and 1", 1), ("1 and 0", 0), ("0 and 1", 0), ("2 and 3", 1),
        ("0 or 0", 0), ("0 or 1", 1), ("1 or 0", 1), ("2 or 0", 1),
        # "and" holds together more tightly than "or".
        ("1 or 0 and 0", 1), ("(1 or 0) and 0", 0), ("0 and 0 or 1", 1),
    ],
)  # fmt: skip
def test_and_and_or(text: str, value: int) -> None:
    assert worth(text) == value


def test_only_what_is_needed_is_read() -> None:
    assert worth("0 and x", x=None) == 0
    assert worth("1 or x", x=None) == 1
    assert worth("2 if 1 else x", x=None) == 2
    assert worth("S(1: 2; x: 3; else: x)", x=None) == 2


def test_a_name_without_a_reading_is_named_and_zero_is_a_reading() -> None:
    told = formulas.evaluate(formulas.parse("a + b"), {"a": D(0), "b": None})
    assert (told.status, told.points, told.lacking) == (Status.UNKNOWN, None, "b")
    assert formulas.evaluate(formulas.parse("c"), {}).lacking == "c"
    assert worth("a", a="0") == 0


@pytest.mark.parametrize("text", ["1 / 0", "R(1, 0)", "L(1, 5, 5)", "0 / (2 - 2)"])
def test_nothing_to_divide_by_did_not_arise(text: str) -> None:
    told = formulas.evaluate(formulas.parse(text), {})
    assert (told.status, told.points) == (Status.NOT_ARISING, None)


def test_points_stay_between_zero_and_the_maximum_a_plain_value_does_not() -> None:
    def points(text: str) -> Decimal | None:
        return formulas.compute(formulas.parse(text), D(3), {}).points

    assert [points(t) for t in ("M + 1", "M", "M - 1", "0", "0 - 1")] == [3, 3, 2, 0, 0]
    assert worth("0 - 1.5") == D("-1.5")
    assert worth("1000") == 1000


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (Fraction(1, 200), "0.01"),  # half a hundredth goes up
        (Fraction(499, 100_000), "0.00"),
        (Fraction(-1, 200), "-0.01"),  # away from zero
        (Fraction(-3, 2), "-1.50"),
        (Fraction(0), "0.00"),
        (Fraction(1, 3), "0.33"),
        (Fraction(2, 3), "0.67"),
    ],
)
def test_half_a_hundredth_is_rounded_away_from_zero(value: Fraction, rounded: str) -> None:
    assert computing.rounded(value) == D(rounded)
    assert str(computing.rounded(abs(value))) == rounded.lstrip("-")


def test_the_case_that_was_taken_is_told() -> None:
    node = formulas.parse("S(x; 0: 1; else: 2)")
    condition, result = computing.chosen(node, {"x": D(0)})
    assert isinstance(condition, grammar.Comparison) and result == grammar.Number(Fraction(1), "1")
    condition, result = computing.chosen(node, {"x": D(1)})
    assert condition is None and result == grammar.Number(Fraction(2), "2")


# --- the tree ------------------------------------------------------------------------------


def test_the_names_a_formula_reads() -> None:
    text = "M*S(a; b: c; <=d: -e; else: R(f, 1) if g and h or i > j else L(k, l, m))"
    assert formulas.names_in(formulas.parse(text)) == set("abcdefghijklm")
    assert formulas.names_in(formulas.parse("S(a: 1; else: 2)")) == {"a"}
    assert formulas.names_in(formulas.parse("S(a; 1 and 1: 2; else: 3)")) == {"a"}
    assert formulas.names_in(formulas.parse("a1 + _ + b_")) == {"a1", "_", "b_"}
    assert formulas.names_in(formulas.parse("M * 2")) == set()


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("a + b", [("a", "b")]),
        ("a - b", [("a", "b")]),
        ("a / b", [("a", "b")]),
        ("a * b", []),
        ("a < b", [("a", "b")]),
        ("R(a, b)", [("a", "b")]),
        ("min(a, b)", []),
        ("M - a", []),
        ("a - M", []),
        ("a + 1", []),
        ("1 if a > b else R(c, d)", [("a", "b"), ("c", "d")]),
    ],
)
def test_what_is_set_against_each_other(text: str, pairs: list[tuple[str, str]]) -> None:
    assert list(formulas.compared(formulas.parse(text))) == pairs


def test_a_formula_is_read_once() -> None:
    assert formulas.parse("a + 12345") is formulas.parse("a + 12345")


# --- what cannot be read -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a b", 3, "thừa “b”"),
        ("a +", 4, "gặp “hết công thức”"),
        ("(a", 3, "cần “)”, gặp “hết công thức”"),
        ("a if b", 7, "cần “else”"),
        ("  ?", 3, "không hiểu “?”"),
        ("ab + 0123456789?0123456789", 16, "không hiểu “?012345678”"),
        ("foo(1)", 1, "không có hàm “foo”"),
        ("1 + M(2)", 5, "không có hàm “M”"),
        ("R(1; 2)", 4, "thiếu hoặc thừa"),
        ("R(1, 2, 3)", 10, "thiếu hoặc thừa"),
        ("L(1, 2)", 7, "thiếu hoặc thừa"),
        ("min(1)", 6, "thiếu hoặc thừa"),
        ("R(1, 2", 7, "cần “)”"),
        ("S(1: 2 else: 3)", 8, "cần “;”, gặp “else”"),
        ("S(x; 1 2; else: 3)", 8, "cần “:”"),
        ("S(1: 2; 3; else: 4)", 10, "cần “:”"),
        ("S(x; 1: 2; else 4)", 17, "cần “:”"),
        ("S(x; 1: 2; else: 4", 19, "cần “)”"),
        ("S(else: 4)", 11, "ít nhất một trường hợp"),
        ("S x", 3, "thừa"),
        ("--1", 2, "cần một số hoặc một tên"),
        ("and", 1, "cần một số hoặc một tên"),
        ("a < b < c", 7, "thừa “<”"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place(text: str, place: int, words: str) -> None:
    with pytest.raises(FormulaError) as told:
        formulas.parse(text)
    assert f"Ở ký tự thứ {place}: " in str(told.value)
    assert words in str(told.value)


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_formula_is_told(text: str) -> None:
    with pytest.raises(FormulaError, match="Công thức trống"):
        formulas.parse(text)


@pytest.mark.parametrize(
    ("function", "least", "most"), [("R", 2, 2), ("L", 3, 3), ("min", 2, 12), ("max", 2, 12)]
)
def test_functions_take_as_many_values_as_they_say(function: str, least: int, most: int) -> None:
    def call(count: int) -> str:
        return f"{function}({', '.join(str(n) for n in range(1, count + 1))})"

    for count in (least, most):
        assert worth(call(count)) is not None
    for count in (least - 1, most + 1):
        with pytest.raises(FormulaError, match="thiếu hoặc thừa"):
            formulas.parse(call(count))


def test_the_limits_are_the_longest_and_the_deepest_that_are_read() -> None:
    longest = "+".join(["1"] * 150) + " "
    assert len(longest) == 300 and worth(longest) == 150
    with pytest.raises(FormulaError, match="dài quá 300"):
        formulas.parse(longest + " ")
    nested = "(" * 19 + "1" + ")" * 19
    assert worth(nested) == 1
    with pytest.raises(FormulaError, match="lồng quá nhiều lớp"):
        formulas.parse(f"({nested})")
    # Brackets that were closed no longer count.
    assert worth("+".join(["((1))"] * 30)) == 30
    # … and what was closed gives no more depth to what follows.
    with pytest.raises(FormulaError, match="lồng quá nhiều lớp"):
        formulas.parse("+".join(["(1)"] * 10) + f"+({nested})")
