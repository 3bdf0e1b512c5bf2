"""Facts: figures a context offers and others read by code. The heart of the product.

A fact is always asked for many subjects at once, so that ten thousand units cost as many
queries as one. A reading that is not yet known is ``None`` and stays visible as that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from danvan.kernel.registries import Registry, Source


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` to ``end``, both included."""

    start: dt.date
    end: dt.date

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31))


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure, or a ratio kept as its two numbers; ``basis`` leads to the rows behind it.

    ``basis`` is a local address; ``said`` tells the figure in words ("3/4 nhiệm vụ đúng hạn").
    """

    value: Decimal | None
    as_of: dt.datetime
    basis: str = ""
    said: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None


Readings = Mapping[int, Reading | None]
Reader = Callable[[Sequence[int], Period], Readings]


@dataclass(frozen=True, slots=True)
class Fact:
    """What the registry knows of a fact."""

    code: str
    about: str
    measure: str
    label: Any
    read: Reader


REGISTRY: Registry[Fact] = Registry()


# Up to so many subjects are named in a question to the database.
NAMED = 500


def among(field: str, subjects: Sequence[int]) -> Q:
    """Rows of these subjects. More than ``NAMED`` are not named: a reader then reads all rows
    of the period and picks, which for the round of a whole province is what is asked anyway.
    """
    return Q(**{f"{field}__in": subjects}) if len(subjects) <= NAMED else Q()


class UnknownFact(LookupError):
    """A criterion, target or report names a fact nobody offers."""


def offer(code: str, *, about: str, measure: str, label: Any) -> Callable[[Reader], Reader]:
    """Registers a batched reader: ``(subjects, period) -> {subject: Reading | None}``."""

    def keep(reader: Reader) -> Reader:
        REGISTRY[code] = Fact(code, about, measure, label, reader)
        return reader

    return keep


def source(prefix: str, find: Source) -> None:
    """Facts whose codes are data: looked up under ``prefix`` whenever they are asked for.

    ``find(codes)`` gives those of the codes there are, ``find(None)`` all, each as code → Fact.
    """
    REGISTRY.source(prefix, find)


def get(code: str) -> Fact:
    """The fact, or UnknownFact naming the nearest codes."""
    try:
        return REGISTRY[code]
    except KeyError:
        import difflib

        near = ", ".join(difflib.get_close_matches(code, REGISTRY)) or "không có"
        raise UnknownFact(f"Không có dữ kiện “{code}” (gần giống: {near}).") from None


def read(codes: Iterable[str], subjects: Sequence[int], period: Period) -> dict[str, Readings]:
    """Reads several facts for many subjects: one call per fact. UnknownFact names a wrong code."""
    wanted = list(dict.fromkeys(codes))
    known = REGISTRY.among(wanted)
    return {code: (known.get(code) or get(code)).read(subjects, period) for code in wanted}


def read_known(
    codes: Iterable[str], subjects: Sequence[int], period: Period
) -> dict[str, Readings]:
    """The same, leaving out codes that nobody offers (any more)."""
    known = REGISTRY.among(codes)
    return {code: fact.read(subjects, period) for code, fact in known.items()}
