"""How a value came about, part by part: the same evaluation, each step kept with its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from danvan.kernel.formulas.computing import NotArising, Unknown, Values, chosen, value_of
from danvan.kernel.formulas.grammar import (
    Both,
    Choice,
    Comparison,
    Name,
    Node,
    Number,
    Steps,
    children,
)
from danvan.ui import written
from danvan.ui.formula_words import worded

PLACES = 4


@dataclass(frozen=True, slots=True)
class Named:
    """What a name of the formula stands for: its words, and where its figure comes from."""

    words: str
    said: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a computation. ``exact`` is None while unknown or where nothing arose."""

    words: str
    exact: Fraction | None
    value: str
    said: str = ""
    url: str = ""
    parts: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Traced:
    """A computation to be followed: readings and parameters by name, ``M`` the maximum."""

    maximum: Decimal
    values: Values
    names: Mapping[str, Named]
    params: Mapping[str, Decimal]

    @property
    def known(self) -> Values:
        return {**self.values, **self.params, "M": self.maximum}

    def step(self, node: Node, shown: Node | None = None) -> Step:
        """The tree under ``node``; the exact value of its root is what ``compute`` rounds.

        Constants are left out, branches that were not taken, and what is ``shown`` already
        because the cases around the node look at it.
        """
        exact, value = outcome(node, self.known)
        around = node.of if isinstance(node, Steps) else shown
        words = worded(node, {n: told.words for n, told in self.names.items()}, self.params)
        parts = (part for part in looked_at(node, self.known) if self._tells(part, shown))
        below = tuple(self.step(part, around) for part in parts)
        if isinstance(node, Name) and node.name in self.names:
            told = self.names[node.name]
            return Step(told.words, exact, value, told.said, told.url)
        return Step(words, exact, value, parts=below)

    def _tells(self, part: Node, shown: Node | None) -> bool:
        parameter = isinstance(part, Name) and part.name in self.params
        return not parameter and not isinstance(part, Number) and part != shown


def outcome(node: Node, known: Values) -> tuple[Fraction | None, str]:
    """The exact value, and how it is written."""
    try:
        exact = value_of(node, known)
    except Unknown:
        return None, _("chưa biết")
    except NotArising:
        return None, _("không phát sinh")
    if isinstance(node, Comparison | Both):
        return exact, _("đúng") if exact else _("không đúng")
    return exact, written.number(Decimal(exact.numerator) / Decimal(exact.denominator), PLACES)


def looked_at(node: Node, known: Values) -> tuple[Node, ...]:
    """The parts the evaluation reads: of alternatives, the conditions and the one taken."""
    match node:
        case Choice(then, condition, otherwise):
            held = outcome(condition, known)[0]
            return (condition,) if held is None else (condition, then if held else otherwise)
        case Steps():
            return _of_cases(node, known)
        case _:
            return children(node)


def _of_cases(node: Steps, known: Values) -> tuple[Node, ...]:
    head = () if node.of is None else (node.of,)
    try:
        condition, result = chosen(node, known)
    except (Unknown, NotArising):
        return head or tuple(condition for condition, _result in node.cases)
    return (*head, *(() if condition is None else (condition,)), result)
