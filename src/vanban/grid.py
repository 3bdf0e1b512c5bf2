"""Rows of text as a table for the terminal: cells wrapped, columns as wide as they need."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

_NARROWEST = 6


def grid(titles: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """The lines of the table, at most ``width`` characters wide where the columns allow.

    >>> print("\\n".join(grid(("Số", "Việc"), [("1", "Lập kế hoạch năm")], 16)))
    Số │ Việc
    ───┼────────────
    1  │ Lập kế
       │ hoạch năm
    """
    widths = _widths([titles, *rows], width - 3 * (len(titles) - 1))
    lines = _row(titles, widths)
    lines.append("─┼─".join("─" * wide for wide in widths))
    for row in rows:
        lines += _row(row, widths)
    return lines


def _widths(rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """What each column needs; where that is too much, the widest columns give way."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    while sum(widths) > room and max(widths) > _NARROWEST:
        top = max(widths)
        widest = [at for at, wide in enumerate(widths) if wide == top]
        rest = max((wide for wide in widths if wide < top), default=_NARROWEST)
        spare = sum(widths) - room
        cut = min(top - max(rest, _NARROWEST), -(-spare // len(widest)))
        for at in widest:
            widths[at] -= max(1, cut)
    return widths


def _row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped = [textwrap.wrap(cell, wide) or [""] for cell, wide in zip(cells, widths, strict=True)]
    height = max(len(lines) for lines in wrapped)
    return [
        " │ ".join(
            (lines[at] if at < len(lines) else "").ljust(wide)
            for lines, wide in zip(wrapped, widths, strict=True)
        ).rstrip()
        for at in range(height)
    ]
