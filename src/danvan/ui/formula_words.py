"""A formula in Vietnamese words, and the sentence that shows how a value came about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from danvan.kernel.formulas.computing import Values, chosen, value_of
from danvan.kernel.formulas.grammar import (
    Arithmetic,
    Both,
    Call,
    Choice,
    Comparison,
    Name,
    Negative,
    Node,
    Number,
    Steps,
    walk,
)
from danvan.ui import written

Words = Mapping[str, str]
_SIGNS = {"*": "×", "/": "÷", "-": "−", "+": "+"}
_COMPARED = {
    "<": "dưới",
    "<=": "không quá",
    ">": "trên",
    "=": "bằng",
    "!=": "khác",
}
# How tightly a part holds together: a looser one inside a tighter one needs brackets.
_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2}


def worded(node: Node, words: Words, params: Mapping[str, Decimal] | None = None) -> str:
    """The rule as one would read it aloud: "điểm tối đa × tỷ lệ (số đơn … / số đơn …)".

    A parameter is read as its number.
    """

    def name(called: str) -> str:
        if params and called in params:
            return written.number(params[called])
        return _("điểm tối đa") if called == "M" else f"[{words.get(called, called)}]"

    return _written(node, name)


def said(node: Node, words: Words, maximum: Decimal, values: Values, points: Decimal) -> str:
    """How the points came about, for readings that are all known."""
    known = {**values, "M": maximum}

    def number(called: str) -> str:
        return written.number(known[called])

    if isinstance(node, Steps):
        return _step_said(node, words, known, number, points)
    figures = _written(node, number)
    shown = written.number(points)
    result = f"{figures} = {shown}" if figures != shown else shown
    # A parameter has no words: its number stands in the figures already.
    named = [f"{words[n]}: {number(n)}" for n in _names_in_order(node) if n in words]
    return f"{result}. " + _("Trong đó: %s.") % "; ".join(named) if named else f"{result}."


def _step_said(
    node: Steps,
    words: Words,
    known: Values,
    number: Callable[[str], str],
    points: Decimal,
) -> str:
    """As "số ngày chậm = 3: không quá 5 → 3 × 2 ÷ 3 = 2"."""
    condition, result = chosen(node, known)
    case = _("không thuộc các mức trên") if condition is None else ""
    if condition is not None:
        case = _condition(condition, node.of, lambda n: words.get(n, n))
    looked_at = (
        f"{_written(node.of, lambda n: words.get(n, n))} = "
        f"{written.number(_plain(value_of(node.of, known)))}"
        if node.of is not None
        else "; ".join(f"{words.get(n, n)} = {number(n)}" for n in _names_known(node, known))
    )
    figures, shown = _written(result, number), written.number(points)
    end = shown if figures == shown else f"{figures} = {shown}"
    return f"{looked_at}: {case} → {end}."


def _written(node: Node, name: Callable[[str], str], within: int = 0) -> str:
    match node:
        case Number(value):
            return written.number(_plain(value), 4)
        case Name(called):
            return name(called)
        case Negative(of):
            return f"−{_written(of, name, 3)}"
        case Arithmetic(sign, left, right):
            strength = _STRENGTH[sign]
            text = (
                f"{_written(left, name, strength)} {_SIGNS[sign]} "
                f"{_written(right, name, strength + (sign in '-/'))}"
            )
            return f"({text})" if strength < within else text
        case Comparison(sign, left, right):
            return f"{_written(left, name)} {_compared(sign, _written(right, name))}"
        case Both(word, parts):
            joined = f" {_('và') if word == 'and' else _('hoặc')} "
            text = joined.join(_written(part, name, 1) for part in parts)
            return f"({text})" if within else text
        case Choice(then, condition, otherwise):
            text = _("%(then)s nếu %(condition)s, không thì %(otherwise)s") % {
                "then": _written(then, name),
                "condition": _written(condition, name),
                "otherwise": _written(otherwise, name),
            }
            return f"({text})" if within else text
        case Call(function, arguments):
            return _call_written(function, [_written(a, name) for a in arguments])
        case Steps(of, cases, otherwise):
            head = f"{_written(of, name)}: " if of is not None else ""
            told = [f"{_condition(c, of, name)} → {_written(r, name)}" for c, r in cases]
            told.append(_("còn lại → %s") % _written(otherwise, name))
            return head + "; ".join(told)


def _condition(condition: Node, of: Node | None, name: Callable[[str], str]) -> str:
    """Inside S the thing looked at was named before: "không quá 5"."""
    if of is not None and isinstance(condition, Comparison) and condition.left == of:
        return _compared(condition.sign, _written(condition.right, name))
    return _written(condition, name)


def _compared(sign: str, limit: str) -> str:
    return _("từ %s trở lên") % limit if sign == ">=" else f"{_COMPARED[sign]} {limit}"


def _call_written(function: str, parts: list[str]) -> str:
    if function == "R":
        return _("tỷ lệ (%(a)s ÷ %(b)s, không quá 1)") % {"a": parts[0], "b": parts[1]}
    if function == "L":
        told = _("mức đạt của %(x)s (dưới %(lo)s là 0, từ %(hi)s là 1)")
        return told % {"x": parts[0], "lo": parts[1], "hi": parts[2]}
    word = _("số nhỏ nhất trong") if function == "min" else _("số lớn nhất trong")
    return f"{word} ({'; '.join(parts)})"


def _plain(value: Fraction) -> Decimal:
    """For showing: exact where it can be, else to four decimals."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def _names_in_order(node: Node) -> list[str]:
    seen = dict.fromkeys(part.name for part in walk(node) if isinstance(part, Name))
    seen.pop("M", None)
    return list(seen)


def _names_known(node: Node, known: Values) -> list[str]:
    return [name for name in _names_in_order(node) if known.get(name) is not None]
