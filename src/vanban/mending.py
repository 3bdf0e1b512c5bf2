"""Paragraphs that a typist broke: put together again before the tree is built.

Three breaks are common and certain. A heading set in bold goes on in the next bold paragraph; a
heading in capitals goes on in the next line of capitals; a sentence is cut at the dash of a
compound name, and the rest looks like a bullet that stands alone. Everything else is left as
written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban.casing import is_capitals
from vanban.layout import MARKED, Block, Paragraph, join

_ENDED = re.compile(r"[.;:!?…”\")/]$")
_BOLD_START = re.compile(r"(?:^|\n)[ ]?\*\*[ ]?$")
_BOLD_END = re.compile(r"[ ]?\*\*")
_NUMBERED = re.compile(r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s?[.)]\s")
_DASH = re.compile(r"[-–]\s+(?=\S)")
_SEVERAL_CLAUSES = re.compile(r"[;.]\s")
_SENTENCE = 120  # characters from which a paragraph is a sentence and no heading


def mended(parts: Sequence[Block], source: str) -> list[Block]:
    """The blocks with broken headings and broken sentences joined."""
    found: list[Block] = []
    for index, block in enumerate(parts):
        last = found[-1] if found else None
        following = parts[index + 1] if index + 1 < len(parts) else None
        if (
            isinstance(block, Paragraph)
            and isinstance(last, Paragraph)
            and not _ENDED.search(last.text)
            and (
                _heading_goes_on(last, block, source)
                or _capitals_go_on(last, block, source)
                or _lone_dash(last, block, following)
            )
        ):
            lines = [*last.lines, *block.lines]
            found[-1] = Paragraph(join(lines), lines)
            continue
        found.append(block)
    return found


def _heading_goes_on(last: Paragraph, block: Paragraph, source: str) -> bool:
    """ "**3. Đề nghị …, Hội Liên hiệp**" and below it "**Phụ nữ Thành phố và …**"."""
    return bool(
        _NUMBERED.match(last.text)
        and not MARKED.match(block.text)
        and not is_capitals(block.text)
        and len(last.text) < 250
        and _bold(last, source)
        and _bold(block, source)
    )


def _capitals_go_on(last: Paragraph, block: Paragraph, source: str) -> bool:
    """ "IV. TỔ CHỨC" and on the very next line "THỰC HIỆN"."""
    between = source[last.piece.at[-1] + 1 : block.piece.at[0]]
    return bool(
        between.count("\n") <= 1
        and _NUMBERED.match(last.text)
        and is_capitals(last.text)
        and is_capitals(block.text)
        and not MARKED.match(block.text)
        and len(block.text) < 120
    )


def _bold(paragraph: Paragraph, source: str) -> bool:
    first, last = paragraph.piece.at[0], paragraph.piece.at[-1] + 1
    return bool(
        _BOLD_START.search(source, max(0, first - 4), first)
        and _BOLD_END.match(source, last, last + 4)
    )


def _lone_dash(last: Paragraph, block: Paragraph, following: Block | None) -> bool:
    """ "…; báo cáo về Cục Cảnh sát" and below it, alone, "- Cơ quan thường trực trước ngày 20"."""
    return bool(
        _DASH.match(block.text)
        and not _DASH.match(last.text)
        and len(last.text) > _SENTENCE
        and _SEVERAL_CLAUSES.search(last.text)
        and not (isinstance(following, Paragraph) and _DASH.match(following.text))
    )
