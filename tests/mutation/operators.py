"""Small wrongs one could write by mistake, made one at a time in the tree of a module."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
# "%" is left out: here it only fills in sentences, and "*" in its place fails at once.
_SIGNS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_NAMES = {"min": "max", "max": "min", "all": "any", "any": "all"}
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_TYPES_ONLY = {"annotation", "returns", "decorator_list", "bases", "type_params"}


@dataclass(frozen=True)
class Mutant:
    """``top``: the changed top-level statement; ``first``–``last``: lines of the innermost one.

    ``runs``: whether it stands in a function, and not where a module or class is made.
    """

    top: ast.stmt
    line: int
    first: int
    last: int
    runs: bool
    was: str
    now: str

    @property
    def said(self) -> str:
        return f"{self.was} → {self.now}"


def mutants(source: str) -> Iterator[Mutant]:
    """Every single change of a module's source, in the order of the text."""
    for top in ast.parse(source).body:
        if isinstance(top, ast.Import | ast.ImportFrom) or _is_words(top):
            continue
        for statement, parent, name, place, node in _places(top, top):
            for changed in _changed(node, name):
                ast.copy_location(changed, node)
                _put(parent, name, place, changed)
                line = getattr(node, "lineno", statement.lineno)
                yield Mutant(
                    ast.fix_missing_locations(copy.deepcopy(top)), line, statement.lineno,
                    statement.end_lineno or line, _in_function(top, statement),
                    ast.unparse(node), ast.unparse(changed),
                )  # fmt: skip
                _put(parent, name, place, node)


def _in_function(top: ast.stmt, statement: ast.stmt) -> bool:
    functions = (n for n in ast.walk(top) if isinstance(n, ast.FunctionDef))
    return any(statement is n or statement in ast.walk(n) for n in functions)


def _is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _put(parent: ast.AST, name: str, place: int | None, node: ast.AST) -> None:
    if place is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[place] = node


def _places(
    node: ast.AST, statement: ast.stmt
) -> Iterator[tuple[ast.stmt, ast.AST, str, int | None, ast.AST]]:
    """(innermost statement, parent, field, index, node) of all that could be otherwise."""
    for name, value in ast.iter_fields(node):
        if name in _TYPES_ONLY:
            continue
        held = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        for place, child in held:
            if isinstance(child, ast.AST) and not _is_words(child):
                inner = child if isinstance(child, ast.stmt) else statement
                yield inner, node, name, place, child
                yield from _places(child, inner)


def _changed(node: ast.AST, name: str) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left, [sign], right):
            yield ast.Compare(left, [_COMPARED[type(sign)]()], right)
        case ast.BoolOp(sign, values):
            yield ast.BoolOp(ast.Or() if isinstance(sign, ast.And) else ast.And(), values)
        case ast.UnaryOp(ast.Not() | ast.USub(), of):
            yield of
        case ast.BinOp(left, sign, right) if type(sign) in _SIGNS and not _text(left, right):
            yield ast.BinOp(left, _SIGNS[type(sign)](), right)
        case ast.AugAssign(target, sign, value) if type(sign) in _SIGNS:
            yield ast.AugAssign(target, _SIGNS[type(sign)](), value)
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() | float() as value):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Constant(str() as value) if _NUMBER.fullmatch(value):
            yield ast.Constant(str(float(value) + 1))
        case ast.Return(ast.expr() as value) if not _is_none(value):
            yield ast.Return(ast.Constant(None))
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
        case ast.Call(ast.Name(called), arguments, words) if called in _NAMES:
            yield ast.Call(ast.Name(_NAMES[called], ast.Load()), arguments, words)
        case ast.Call(ast.Name("all_of") as function, arguments, words):
            for place in range(len(arguments)):
                yield ast.Call(function, arguments[:place] + arguments[place + 1 :], words)
    # What was compared or said "not" is turned round above already.
    turned = isinstance(node, ast.Compare | ast.UnaryOp)
    if (name == "test" or name == "ifs") and not turned:
        yield ast.UnaryOp(ast.Not(), node)


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _text(*sides: ast.AST) -> bool:
    return any(
        isinstance(s, ast.JoinedStr) or (isinstance(s, ast.Constant) and isinstance(s.value, str))
        for s in sides
    )
