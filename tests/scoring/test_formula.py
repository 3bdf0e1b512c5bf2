"""The language of formulas: against Python's own arithmetic, its words, its limits."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan.scoring import formulas
from danvan.scoring.formulas import FormulaError, Status

D = Decimal
NAMES = ("a", "b", "days_late")
numbers = st.decimals(min_value=0, max_value=50, places=2)


def computed(text: str, maximum: str = "3", **values: str | None) -> Decimal | None:
    held = {name: None if v is None else D(v) for name, v in values.items()}
    return formulas.compute(formulas.parse(text), D(maximum), held).points


def expressions() -> st.SearchStrategy[str]:
    """Arithmetic both languages read alike, at any nesting the grammar allows."""
    leaves = st.one_of(numbers.map(str), st.sampled_from(NAMES), st.just("M"))

    def wider(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        signs = st.sampled_from(["+", "-", "*", "/"])
        compared = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
        return st.one_of(
            st.tuples(parts, signs, parts).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
            st.tuples(parts, parts).map(lambda t: f"min({t[0]}, {t[1]})"),
            st.tuples(parts, parts).map(lambda t: f"max({t[0]}, {t[1]})"),
            st.tuples(parts, parts, compared, parts, parts).map(
                lambda t: f"({t[0]} if {t[1]} {t[2]} {t[3]} else {t[4]})"
            ),
            parts.map(lambda p: f"-({p})"),
        )

    return st.recursive(leaves, wider, max_leaves=8)


@settings(max_examples=300)
@given(text=expressions(), values=st.fixed_dictionaries(dict.fromkeys(NAMES, numbers)))
def test_the_evaluator_equals_python(text: str, values: dict[str, Decimal]) -> None:
    maximum = D("7.5")
    if len(text) > 300:
        return
    outcome = formulas.compute(formulas.parse(text), maximum, values)
    exact = {name: Fraction(value) for name, value in values.items()}
    try:
        # The same words read by Python, over fractions instead of floats.
        fractions = _as_fractions(text)
        known = {**exact, "M": Fraction(maximum), "F": Fraction, "min": min, "max": max}
        expected = eval(fractions, {"__builtins__": {}}, known)
    except ZeroDivisionError:
        assert outcome.status is Status.NOT_ARISING
        return
    within = min(max(Fraction(expected), Fraction(0)), Fraction(maximum))
    cents = int(within * 100 + Fraction(1, 2))
    assert outcome.points == D(cents) / 100


def _as_fractions(text: str) -> str:
    return re.sub(r"\d+(?:\.\d+)?", lambda m: f"F('{m[0]}')", text)


def test_steps_take_the_first_case_that_holds() -> None:
    text = "S(days_late; 0: M; <=5: M*2/3; <=15: M/3; else: 0)"
    days = ("0", "3", "5", "6", "15", "16")
    assert [computed(text, days_late=d) for d in days] == [3, 2, 2, 1, 1, 0]


def test_conditions_without_a_subject() -> None:
    text = "S(held>=1 and notice>=7 or open>=1: M; held>=1: M*0.6; else: 0)"
    assert computed(text, held="1", notice="7", open="0") == 3
    assert computed(text, held="1", notice="6", open="0") == D("1.8")
    assert computed(text, held="0", notice="9", open="0") == 0


def test_ratio_and_span_stay_between_zero_and_one() -> None:
    assert computed("M*R(a, b)", a="5", b="4") == 3
    assert computed("M*L(x, 0.80, 0.98)", x="0.70") == 0
    assert computed("M*L(x, 0.80, 0.98)", x="0.89") == D("1.5")
    assert computed("M*L(x, 0.80, 0.98)", x="1") == 3


def test_points_never_leave_the_criterion() -> None:
    assert computed("M + 1") == 3
    assert computed("M - 10*n", n="1") == 0


def test_a_missing_reading_is_not_zero() -> None:
    node = formulas.parse("M*R(a, b)")
    outcome = formulas.compute(node, D(3), {"a": D(1), "b": None})
    assert (outcome.status, outcome.points, outcome.lacking) == (Status.UNKNOWN, None, "b")


def test_a_branch_that_is_not_taken_is_not_asked() -> None:
    assert computed("M if a >= 1 else M*R(b, c)", a="1", b=None, c=None) == 3


def test_nothing_to_divide_by_did_not_arise() -> None:
    node = formulas.parse("M*(a + 0.5*b)/c")
    outcome = formulas.compute(node, D(3), {"a": D(0), "b": D(0), "c": D(0)})
    assert outcome.status is Status.NOT_ARISING


def test_rounding_is_half_up_and_exact_at_ties() -> None:
    # 3 × 5/24 is 0,625: with 28 decimal places it falls just short and rounds down.
    assert computed("M*R(a, b)", a="5", b="24") == D("0.63")
    assert D(5) / D(24) * 3 < D("0.625")


def test_the_value_is_explained_in_words() -> None:
    node = formulas.parse("S(days_late; 0: M; <=5: M*2/3; else: 0)")
    words = {"days_late": "số ngày chậm"}
    said = formulas.said(node, words, D(3), {"days_late": D(3)}, D(2))
    assert said == "số ngày chậm = 3: không quá 5 → 3 × 2 ÷ 3 = 2."
    node = formulas.parse("M*(on_time + 0.5*late)/due")
    words = {"on_time": "đúng hạn", "late": "chậm", "due": "có hạn"}
    values = {"on_time": D(2), "late": D(1), "due": D(4)}
    said = formulas.said(node, words, D(7), values, D("4.38"))
    assert said == "7 × (2 + 0,5 × 1) ÷ 4 = 4,38. Trong đó: đúng hạn: 2; chậm: 1; có hạn: 4."


def test_the_rule_is_told_in_words() -> None:
    node = formulas.parse("S(x; 0: M; >=3: M/2; else: 0)")
    assert formulas.worded(node, {"x": "số lần"}) == (
        "[số lần]: bằng 0 → điểm tối đa; từ 3 trở lên → điểm tối đa ÷ 2; còn lại → 0"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "trống"),
        ("M*", "ký tự thứ 3"),
        ("S(x; 0 M; else: 0)", "cần “:”"),
        ("S(x; else: 0)", "ít nhất một trường hợp"),
        ("foo(1)", "không có hàm “foo”"),
        ("R(1)", "thiếu hoặc thừa"),
        ("M ** 2", "gặp “*”"),
        ("1e9", "thừa “e9”"),
        ("M if 1", "cần “else”"),
        ('__import__("os")', "không hiểu"),
        ("M.real", "không hiểu"),
        ("lambda: 0", "thừa"),
        ("[M]", "không hiểu"),
        ("(" * 25 + "1" + ")" * 25, "quá nhiều lớp"),
        ("1+" * 200 + "1", "dài quá"),
        ("9" * 301, "dài quá"),
        ("if else and", "cần một số"),
    ],
)
def test_what_cannot_be_read_says_where(text: str, said: str) -> None:
    with pytest.raises(FormulaError, match=said.replace("*", r"\*")):
        formulas.parse(text)


def test_long_chains_within_the_limit_are_computed() -> None:
    assert computed("+".join("1" for _ in range(150)), maximum="999") == 150
