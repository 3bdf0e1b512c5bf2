"""The value of a formula for given readings: known, not yet known, or "did not arise"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

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
)

CENTS = 100


class Status(Enum):
    KNOWN = "known"
    UNKNOWN = "unknown"
    NOT_ARISING = "not_arising"


@dataclass(frozen=True, slots=True)
class Outcome:
    """``points`` is set when known. ``lacking``: the first name without a reading."""

    status: Status
    points: Decimal | None = None
    lacking: str = ""


class Unknown(Exception):
    """A name has no reading yet."""


class NotArising(Exception):
    """Nothing to divide by: the matter did not arise."""


Values = Mapping[str, Decimal | None]


def compute(node: Node, maximum: Decimal, values: Values) -> Outcome:
    """Points between 0 and ``maximum``, half up to two decimals."""
    return _outcome(node, {**values, "M": maximum}, Fraction(maximum))


def evaluate(node: Node, values: Values) -> Outcome:
    """The plain value, with no maximum: half up to two decimals, below zero where it falls so."""
    return _outcome(node, values, None)


def _outcome(node: Node, values: Values, maximum: Fraction | None) -> Outcome:
    try:
        exact = value_of(node, values)
    except Unknown as unknown:
        return Outcome(Status.UNKNOWN, lacking=str(unknown))
    except NotArising:
        return Outcome(Status.NOT_ARISING)
    if maximum is not None:
        exact = min(max(exact, Fraction(0)), maximum)
    return Outcome(Status.KNOWN, rounded(exact))


def rounded(value: Fraction) -> Decimal:
    """Half up to two decimals, exactly (a Decimal division would lose ties like 1.5 ÷ 300)."""
    sign = -1 if value < 0 else 1
    cents = int(abs(value) * CENTS + Fraction(1, 2))
    return (Decimal(sign * cents) / CENTS).quantize(Decimal("0.01"))


def value_of(node: Node, values: Values) -> Fraction:
    """The exact value; a condition is 1 or 0. Only the branch that is taken is read.

    Raises Unknown or NotArising.
    """
    match node:
        case Number(value):
            return value
        case Name(name):
            reading = values.get(name)
            if reading is None:
                raise Unknown(name)
            return Fraction(reading)
        case Negative(of):
            return -value_of(of, values)
        case Arithmetic(sign, left, right):
            return _worked(sign, value_of(left, values), value_of(right, values))
        case Comparison(sign, left, right):
            return Fraction(_holds(sign, value_of(left, values), value_of(right, values)))
        case Both(word, parts):
            held = (value_of(part, values) != 0 for part in parts)
            return Fraction(all(held) if word == "and" else any(held))
        case Choice(then, condition, otherwise):
            return value_of(then if value_of(condition, values) else otherwise, values)
        case Call(function, arguments):
            return _called(function, [value_of(part, values) for part in arguments])
        case _:  # Steps, the last kind there is
            return value_of(chosen(node, values)[1], values)


def chosen(node: Steps, values: Values) -> tuple[Node | None, Node]:
    """(condition, result) of the first case that holds; None for "else"."""
    for condition, result in node.cases:
        if value_of(condition, values):
            return condition, result
    return None, node.otherwise


def _worked(sign: str, left: Fraction, right: Fraction) -> Fraction:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    if right == 0:
        raise NotArising
    return left / right


def _holds(sign: str, left: Fraction, right: Fraction) -> bool:
    return {
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
        "=": left == right,
        "!=": left != right,
    }[sign]


def _called(function: str, values: list[Fraction]) -> Fraction:
    if function == "R":
        return min(Fraction(1), _worked("/", *values))
    if function == "L":
        x, low, high = values
        return min(Fraction(1), max(Fraction(0), _worked("/", x - low, high - low)))
    return min(values) if function == "min" else max(values)
