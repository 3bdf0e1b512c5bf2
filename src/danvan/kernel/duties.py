"""What a person owes or waits for: contexts tell, the desk lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from danvan.kernel.access import Actor

Kind = Literal["owed", "returned", "waiting", "watch"]


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of the desk. ``why`` says where the date comes from; ``whose`` whose move it is."""

    title: str
    url: str
    kind: Kind
    due: dt.date | None = None
    why: str = ""
    whose: str = ""
    group: str = ""


Source = Callable[[Actor, dt.date], Iterable[Duty]]
_sources: dict[str, Source] = {}


def provide(name: str, source: Source) -> None:
    """Registers a source of duties (each a constant number of queries)."""
    _sources[name] = source


def owed(actor: Actor, today: dt.date) -> list[Duty]:
    """Everything for this actor: returned first, then by date, undated last."""
    order = {"returned": 0, "owed": 1, "waiting": 2, "watch": 3}
    found = [duty for source in _sources.values() for duty in source(actor, today)]
    return sorted(found, key=lambda d: (order[d.kind], d.due or dt.date.max, d.title))
