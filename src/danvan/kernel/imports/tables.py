"""What a context says of a table it takes in, and the registry of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from danvan.kernel.access import Actor, Decision
from danvan.kernel.imports import cells
from danvan.kernel.imports.touches import Touches
from danvan.kernel.registries import Registry, Source

State = Literal["new", "changed", "same", "error"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``parse`` turns a filled cell into a value or raises ValueError (why not)."""

    name: str
    label: Any
    required: bool = False
    example: str = ""
    parse: Callable[[Any], Any] = cells.text
    note: Any = ""
    # The words a cell may hold (a list in the template); taken from cells.choice by itself.
    choices: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        return self.choices or getattr(self.parse, "words", ())


@dataclass(frozen=True, slots=True)
class Row:
    """A row typed well. ``number`` is its line as a spreadsheet counts; ``cells`` as read."""

    number: int
    values: dict[str, Any]
    cells: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What will happen to a row, or (column, sentence) pairs saying why nothing can."""

    state: State
    says: str = ""
    errors: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()

    @classmethod
    def new(cls, says: Any = "", warnings: Sequence[str] = ()) -> Verdict:
        return cls("new", str(says), (), tuple(warnings))

    @classmethod
    def changed(cls, says: Any = "", warnings: Sequence[str] = ()) -> Verdict:
        return cls("changed", str(says), (), tuple(warnings))

    @classmethod
    def same(cls, says: Any = "", warnings: Sequence[str] = ()) -> Verdict:
        return cls("same", str(says), (), tuple(warnings))

    @classmethod
    def error(cls, column: str, sentence: Any) -> Verdict:
        return cls("error", "", ((column, str(sentence)),))

    @classmethod
    def wrong(cls, errors: Sequence[tuple[str, Any]]) -> Verdict:
        return cls("error", "", tuple((column, str(said)) for column, said in errors))


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of table. See the package's docstring for how its functions are called."""

    code: str
    label: Any
    columns: tuple[Column, ...]
    may: Callable[[Actor], Decision]
    judge: Callable[[Sequence[Row], Actor], Sequence[Verdict]]
    write: Callable[[Sequence[Row], Touches, Actor], None]
    about: Any = ""
    # What is sent is for the sender alone to see and undo: others take in the same table.
    own_only: bool = False
    # Rows stand each for itself: the good ones may be written, the faulty ones are left out.
    parts: bool = False

    def column(self, name: str) -> Column | None:
        return next((c for c in self.columns if c.name == name), None)


REGISTRY: Registry[Table] = Registry()


def register(table: Table) -> None:
    """Offers a table on the pages; the same code replaces."""
    REGISTRY[table.code] = table


def source(prefix: str, find: Source) -> None:
    """Tables whose columns are data, looked up under ``prefix`` whenever they are asked for."""
    REGISTRY.source(prefix, find)


def offered_to(actor: Actor) -> list[Table]:
    """Tables this actor may take in, by their labels."""
    return sorted((t for t in REGISTRY.values() if t.may(actor)), key=lambda t: str(t.label))
