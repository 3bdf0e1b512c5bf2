"""Doors a higher context opens on a lower context's page.

The page says where doors may stand ({% links_for "assignments.matrix" programme %}); a
context above provides them in ``AppConfig.ready()``. So the matrix can offer a reminder it
knows nothing of, and nobody imports upward.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from danvan.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class Link:
    """One door: a local address, its words, an icon's name (ui/icons)."""

    url: str
    label: Any
    icon: str = "arrow-right"
    primary: bool = False


Source = Callable[[Actor, Any], Iterable[Link]]
_sources: dict[str, dict[str, Source]] = defaultdict(dict)


def provide(place: str, name: str, source: Source) -> None:
    """Registers doors for a place (each a constant number of queries); same name replaces."""
    _sources[place][name] = source


def at(place: str, actor: Actor, subject: Any) -> list[Link]:
    """The doors this actor may use at the place, in the order they were registered."""
    return [link for source in _sources[place].values() for link in source(actor, subject)]
