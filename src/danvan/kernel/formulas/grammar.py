"""From the text of a formula to its tree. Errors say where and what, in Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from django.utils.translation import gettext as _

# What a person writes fits easily; what a machine sends to hurt us does not.
LONGEST, DEEPEST = 300, 20
FUNCTIONS = {"R": (2, 2), "L": (3, 3), "min": (2, 12), "max": (2, 12)}
KEYWORDS = frozenset({"if", "else", "and", "or"})

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign><=|>=|!=|==|[-+*/(),;:<>=]))"
)
_COMPARING = {"<", "<=", ">", ">=", "=", "!="}


class FormulaError(ValueError):
    """The formula cannot be read; the message says where, in words for its writer."""


@dataclass(frozen=True, slots=True)
class Number:
    value: Fraction
    written: str


@dataclass(frozen=True, slots=True)
class Name:
    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    of: Node


@dataclass(frozen=True, slots=True)
class Arithmetic:
    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Comparison:
    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Both:
    """``and`` (every part holds) or ``or`` (one does)."""

    word: str
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    then: Node
    condition: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """Cases in order; ``of`` is what they look at (None: each says a whole condition)."""

    of: Node | None
    cases: tuple[tuple[Node, Node], ...]
    otherwise: Node


Node = Number | Name | Negative | Arithmetic | Comparison | Both | Choice | Call | Steps


@lru_cache(maxsize=1024)
def parse(text: str) -> Node:
    """The tree of a formula. Raises FormulaError."""
    if len(text) > LONGEST:
        raise FormulaError(_("Công thức dài quá %(n)d ký tự.") % {"n": LONGEST})
    reader = _Reader(text)
    if reader.at_end:
        raise FormulaError(_("Công thức trống."))
    node = reader.expression()
    if not reader.at_end:
        reader.fail(_("thừa “%(token)s”"))
    return node


def names_in(node: Node) -> set[str]:
    """Every name a formula reads, ``M`` left out."""
    return {part.name for part in walk(node) if isinstance(part, Name)} - {"M"}


def compared(node: Node) -> Iterator[tuple[str, str]]:
    """Pairs of names that are added, subtracted, compared or set in a ratio to each other."""
    for part in walk(node):
        sides: tuple[Node, ...] = ()
        match part:
            case Arithmetic(sign, left, right) if sign in "+-/":
                sides = (left, right)
            case Comparison(_, left, right):
                sides = (left, right)
            case Call("R", arguments):
                sides = arguments
        names = [side.name for side in sides if isinstance(side, Name) and side.name != "M"]
        if len(names) == 2:
            yield names[0], names[1]


def walk(node: Node) -> Iterator[Node]:
    """The node and everything under it."""
    yield node
    for child in children(node):
        yield from walk(child)


def children(node: Node) -> tuple[Node, ...]:
    """The parts directly under a node, in the order they are written."""
    match node:
        case Negative(of):
            return (of,)
        case Arithmetic(_, left, right) | Comparison(_, left, right):
            return (left, right)
        case Both(_, parts):
            return parts
        case Choice(then, condition, otherwise):
            return (then, condition, otherwise)
        case Call(_, arguments):
            return arguments
        case Steps(of, cases, otherwise):
            head = () if of is None else (of,)
            return (*head, *(part for case in cases for part in case), otherwise)
        case _:
            return ()


class _Reader:
    """Recursive descent over the tokens; every level of nesting is counted."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens, self.at, self.depth = text, list(_tokens(text)), 0, 0

    @property
    def at_end(self) -> bool:
        return self.at >= len(self.tokens)

    @property
    def token(self) -> str:
        return "" if self.at_end else self.tokens[self.at][0]

    def fail(self, what: str) -> None:
        place = len(self.text) if self.at_end else self.tokens[self.at][1]
        said = what % {"token": self.token or _("hết công thức")}
        raise FormulaError(
            _("Ở ký tự thứ %(place)d: %(said)s.") % {"place": place + 1, "said": said}
        )

    def take(self, *wanted: str) -> str:
        """Takes the token if it is one of ``wanted``; "" otherwise."""
        if self.token in wanted and not self.at_end:
            self.at += 1
            return self.tokens[self.at - 1][0]
        return ""

    def need(self, wanted: str) -> None:
        if not self.take(wanted):
            self.fail(_("cần “%(wanted)s”, gặp “%%(token)s”") % {"wanted": wanted})

    def expression(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail(_("lồng quá nhiều lớp (tối đa %(n)d)") % {"n": DEEPEST})
        node = self._either()
        if self.take("if"):
            condition = self._either()
            self.need("else")
            node = Choice(node, condition, self.expression())
        self.depth -= 1
        return node

    def _either(self) -> Node:
        return self._joined("or", lambda: self._joined("and", self._comparison))

    def _joined(self, word: str, part: object) -> Node:
        parts = [part()]  # type: ignore[operator]
        while self.take(word):
            parts.append(part())  # type: ignore[operator]
        return parts[0] if len(parts) == 1 else Both(word, tuple(parts))

    def _comparison(self) -> Node:
        left = self._sum()
        if sign := self.take(*_COMPARING):
            return Comparison(sign, left, self._sum())
        return left

    def _sum(self) -> Node:
        node = self._product()
        while sign := self.take("+", "-"):
            node = Arithmetic(sign, node, self._product())
        return node

    def _product(self) -> Node:
        node = self._single()
        while sign := self.take("*", "/"):
            node = Arithmetic(sign, node, self._single())
        return node

    def _single(self) -> Node:
        if self.take("-"):
            return Negative(self._operand())
        return self._operand()

    def _operand(self) -> Node:
        if self.take("("):
            node = self.expression()
            self.need(")")
            return node
        token = self.token
        if token[:1].isdigit():
            self.at += 1
            return Number(Fraction(token), token)
        if not token or not (token[0].isalpha() or token[0] == "_") or token in KEYWORDS:
            self.fail(_("cần một số hoặc một tên, gặp “%(token)s”"))
        self.at += 1
        return self._called(token) if self.token == "(" else Name(token)

    def _called(self, function: str) -> Node:
        if function == "S":
            self.need("(")
            return self._steps()
        if function not in FUNCTIONS:
            self.at -= 1
            self.fail(_("không có hàm “%(token)s” (chỉ có R, L, S, min, max)"))
        self.need("(")
        arguments = [self.expression()]
        while self.take(","):
            arguments.append(self.expression())
        least, most = FUNCTIONS[function]
        if not least <= len(arguments) <= most:
            self.fail(_("hàm %(name)s thiếu hoặc thừa giá trị trong ngoặc") % {"name": function})
        self.need(")")
        return Call(function, tuple(arguments))

    def _steps(self) -> Node:
        of: Node | None = None
        cases: list[tuple[Node, Node]] = []
        while not self.take("else"):
            condition = self._case(of)
            if of is None and not cases and self.take(";"):
                of = condition
                continue
            self.need(":")
            cases.append((condition, self.expression()))
            self.need(";")
        self.need(":")
        otherwise = self.expression()
        self.need(")")
        if not cases:
            self.fail(_("hàm S cần ít nhất một trường hợp trước “else”"))
        return Steps(of, tuple(cases), otherwise)

    def _case(self, of: Node | None) -> Node:
        """``<=5`` and ``0`` look at ``of``; without it the case is a whole condition."""
        if of is not None and (sign := self.take(*_COMPARING)):
            return Comparison(sign, of, self._sum())
        node = self.expression()
        plain = isinstance(node, Number | Negative | Name | Arithmetic)
        return Comparison("=", of, node) if of is not None and plain else node


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at, end)
        if found is None:
            place = at + len(text[at:]) - len(text[at:].lstrip())
            raise FormulaError(
                _("Ở ký tự thứ %(place)d: không hiểu “%(token)s”.")
                % {"place": place + 1, "token": text[place : place + 10]}
            )
        token = found["number"] or found["name"] or found["sign"]
        yield ("=" if token == "==" else token), found.end() - len(token)
        at = found.end()
