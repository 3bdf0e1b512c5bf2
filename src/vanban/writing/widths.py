"""How wide a line of Times New Roman runs, to size rules and break names well.

Advance widths are those of the typeface, in thousandths of the size. A Vietnamese letter
is as wide as its base letter; Ơ and Ư run a little wider, which rules do not show.
"""

from __future__ import annotations

import unicodedata

MM_PER_PT = 25.4 / 72

_BOLD = {
    250: " .,",
    278: "/'il",
    333: ";:!-()[]fjt",
    389: "Is",
    444: "cerz",
    500: "?–“”0123456789Jagovxy",
    556: "Sbdhknpqu",
    611: "FP",
    667: "BELTZ",
    722: "ACDNRUVXYw",
    778: "GHKOQ",
    833: "&m",
    944: "M",
    1000: "%…W",
}
_REGULAR = {
    250: " .,",
    278: ";:/ijlt",
    333: "!-()[]Ifr",
    389: "Js",
    444: "?“”acez",
    500: "–0123456789bdghknopquvxy",
    556: "FPS",
    611: "ELTZ",
    667: "BCR",
    722: "ADGHKNOQUVXYw",
    778: "&m",
    833: "%",
    889: "M",
    944: "W",
    1000: "…",
}


def _advances(table: dict[int, str]) -> dict[str, int]:
    return {letter: width for width, letters in table.items() for letter in letters}


_ADVANCES = {True: _advances(_BOLD), False: _advances(_REGULAR)}


def width_mm(text: str, size_pt: float, *, bold: bool) -> float:
    """Width of one line of ``text`` in mm, within about 2 %."""
    advances = _ADVANCES[bold]
    base = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    letters = (letter for letter in base if not unicodedata.combining(letter))
    return sum(advances.get(letter, 500) for letter in letters) / 1000 * size_pt * MM_PER_PT


def filled(text: str, size_pt: float, limit_mm: float, *, bold: bool) -> list[str]:
    """``text`` in lines as a renderer fills them, at most ``limit_mm`` wide."""
    lines: list[str] = []
    for part in text.split("\n"):
        lines.append("")
        for word in part.split(" "):
            longer = f"{lines[-1]} {word}" if lines[-1] else word
            if lines[-1] and width_mm(longer, size_pt, bold=bold) > limit_mm:
                lines.append(word)
            else:
                lines[-1] = longer
    return lines


def balanced_mm(text: str, size_pt: float, limit_mm: float, *, bold: bool) -> float:
    """The narrowest width in which ``text`` takes no more lines than in ``limit_mm``.

    A centred title set in it has lines of like length instead of a lone last word.
    """
    lines = len(filled(text, size_pt, limit_mm, bold=bold))
    width = limit_mm
    while width > 40 and len(filled(text, size_pt, width - 2, bold=bold)) <= lines:
        width -= 2
    return width


# A name of a body breaks before the word that says which unit it belongs to.
_UNIT_WORDS = ("THÀNH PHỐ", "TỈNH", "PHƯỜNG", "XÃ", "ĐẶC KHU", "HUYỆN", "QUẬN", "THỊ XÃ")


def broken_name(name: str, size_pt: float, limit_mm: float, *, bold: bool) -> tuple[str, ...]:
    """``name`` (capitals) in lines no wider than ``limit_mm``, broken where one would speak.

    Keeps line breaks the caller set. A break before "THÀNH PHỐ", "TỈNH" and the like is
    preferred; otherwise lines are filled as evenly as words allow.
    """
    lines: list[str] = []
    for part in name.split("\n"):
        lines += _broken(" ".join(part.split()), size_pt, limit_mm, bold=bold)
    return tuple(lines)


def _broken(name: str, size_pt: float, limit_mm: float, *, bold: bool) -> list[str]:
    def fits(line: str) -> bool:
        return width_mm(line, size_pt, bold=bold) <= limit_mm

    words = name.split()
    if fits(name) or len(words) < 2:
        return [name]
    cuts = range(1, len(words))
    halves = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in cuts]
    halves = [pair for pair in halves if fits(pair[0])]
    if not halves:
        return [name]
    spoken = [pair for pair in halves if pair[1].startswith(_UNIT_WORDS) and fits(pair[1])]
    if spoken:
        return list(spoken[0])
    whole = [pair for pair in halves if fits(pair[1])]
    if whole:
        evenest = min(range(len(whole)), key=lambda at: abs(len(whole[at][0]) - len(whole[at][1])))
        return list(whole[evenest])
    # Three lines or more: better a short line that ends at a comma than a split term.
    pauses = [pair for pair in halves[-2:] if pair[0].endswith(",")]
    first, rest = (pauses or halves)[-1]
    return [first, *_broken(rest, size_pt, limit_mm, bold=bold)]
