"""What contexts offer by code: kept at start-up, or looked up anew each time under a prefix.

Rows of the database may name things too (a register declared in the browser offers its
facts): a *source* finds those when asked, so that every process knows them at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping
from typing import Any

# Asked for some codes, or (None) for all there are; only codes under the source's prefix.
Source = Callable[[Collection[str] | None], Mapping[str, Any]]


class Registry[Thing](MutableMapping[str, Thing]):
    """A mapping of code → thing. Iterating asks every source once; a code kept here is free."""

    def __init__(self) -> None:
        self._kept: dict[str, Thing] = {}
        self._sources: dict[str, Source] = {}

    def source(self, prefix: str, find: Source) -> None:
        """Codes that begin with ``prefix`` are asked of ``find``; the same prefix replaces."""
        self._sources[prefix] = find

    def all(self) -> dict[str, Thing]:
        """Everything there is now: one call per source."""
        found = dict(self._kept)
        for find in self._sources.values():
            found |= find(None)
        return found

    def among(self, codes: Iterable[str]) -> dict[str, Thing]:
        """Those of ``codes`` there are, in their order: one call per source they ask for."""
        wanted = list(dict.fromkeys(codes))
        found = {code: self._kept[code] for code in wanted if code in self._kept}
        for prefix, find in self._sources.items():
            asked = [c for c in wanted if c not in found and c.startswith(prefix)]
            if asked:
                held = find(asked)
                found |= {code: held[code] for code in asked if code in held}
        return {code: found[code] for code in wanted if code in found}

    def __getitem__(self, code: str) -> Thing:
        if code in self._kept:
            return self._kept[code]
        for prefix, find in self._sources.items():
            if code.startswith(prefix):
                thing: Thing = find((code,))[code]
                return thing
        raise KeyError(code)

    def __setitem__(self, code: str, thing: Thing) -> None:
        self._kept[code] = thing

    def __delitem__(self, code: str) -> None:
        del self._kept[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self.all())

    def __len__(self) -> int:
        return len(self.all())

    # Views that would look up code by code: what a source found is taken as it stands.
    def values(self) -> Any:
        return self.all().values()

    def items(self) -> Any:
        return self.all().items()

    def clear(self) -> None:
        """Forgets what is kept; sources stay."""
        self._kept.clear()
