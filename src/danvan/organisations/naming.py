"""How units are written: keys for sorting and finding, other spellings, abbreviations."""

from __future__ import annotations

import re
from typing import Any

from danvan.organisations.models import UnitKind
from vanban.text import fold_marks, search_key, sort_key

_ROMAN = dict(enumerate(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"], start=1))
_NUMBERED = re.compile(r"(?i)^(phường|quận|khu phố|ấp)\s+(\d{1,2})$")
_BODIES = {UnitKind.COMMITTEE, UnitKind.WARD, UnitKind.COMMUNE}


def keys(name: str) -> dict[str, Any]:
    """The two keys a version or a person is stored with."""
    return {"sort_key": sort_key(name), "search_key": search_key(name)}


def short(name: str) -> str:
    """A name for narrow columns: without "UBND" in front."""
    return name.removeprefix("UBND ").strip()[:80]


def spellings(name: str) -> list[str]:
    """Other ways people write a unit of this name.

    "UBND Phường 4" is also written Phường 4, P4, P.4, Phường IV, UBND Phường IV.
    """
    bare = short(name)
    found = [bare] if bare != name else []
    if match := _NUMBERED.match(bare):
        noun, number = match[1], int(match[2])
        found += [f"{noun[0]}{number}", f"{noun[0]}.{number}", f"{noun[0]} {number}"]
        if number in _ROMAN:
            found += [f"{noun} {_ROMAN[number]}", f"UBND {noun} {_ROMAN[number]}"]
    elif bare.lower().startswith(("phường ", "xã ")):
        found += [bare.partition(" ")[2]]
    return found


def abbreviation(name: str, kind: str) -> str:
    """What stands for the body in a symbol (Nghị định 30/2020, Phụ lục III): UBND, HĐND, PNV."""
    if kind in _BODIES:
        return "UBND"
    if kind == UnitKind.COUNCIL:
        return "HĐND"
    words = [w for w in re.findall(r"\w+", name) if w.lower() != "và"]
    return "".join(w if w.isupper() else _initial(w) for w in words)


def _initial(word: str) -> str:
    """The first letter as a symbol writes it: no tone, no accent, but Đ is a letter."""
    letter = word[0].upper()
    return letter if letter == "Đ" else fold_marks(letter)
