"""Two columns set side by side by blanks: headers and signatures of plain text.

"ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" is two lines of two columns. Only
what is certainly a header or a signature is taken apart; wide gaps elsewhere are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban.layout import EMPTY, Line, Piece, clean
from vanban.text import vi_regex

_GAP = re.compile(r"(?<=\S)(?: {4,}|[ ]*\t[ \t]*)(?=\S)")
_RIGHT = vi_regex(
    r"\W*(?:C[ỘÔ]NG\s+H[ÒO]|ĐẢNG\s+CỘNG\s+SẢN|Độc\s+lập|[A-ZĐÀ-Ỹ][^,]{2,40},\s*ngày\s|(?:TM|KT|TL"
    r"|TUQ|Q|T/M|K/T|T/L)[.\s]"
    r"|(?:PHÓ\s+)?(?:CHỦ\s+T(?:ỊCH|RÌ|ỌA|OẠ)|GIÁM\s+ĐỐC|TRƯỞNG|CHÁNH|BÍ\s+THƯ|CỤC\s+TRƯỞNG|HIỆU\s+TRƯỞNG))"
)
_LEFT = re.compile(r"\W*Nơi\s+nhận", re.IGNORECASE)
_LISTED = re.compile(r"\s*[-–+•]\s?\S|\s*Số\s*:?")
_FAR = 20  # columns of indentation from which a lone line stands on the right
_MAX_BLANKS = 5


def side_by_side(source: str, lines: Sequence[Line]) -> list[Line]:
    """The lines with every two-column stretch as its left column followed by its right one."""
    found: list[Line] = []
    index = 0
    while index < len(lines):
        cut = _cut(source, lines[index])
        if cut is None or not (_RIGHT.match(cut[1].text) or _LEFT.match(cut[0].text)):
            found.append(lines[index])
            index += 1
            continue
        index = _stretch(source, lines, index, found)
    return found


def _cut(source: str, line: Line) -> tuple[Piece, Piece, int] | None:
    """The two halves of a line with a wide gap, and the column where the right one begins."""
    if line.kind != "text":
        return None
    start, end = line.piece.at[0], line.piece.at[-1] + 1
    if "    " not in source[start:end] and "\t" not in source[start:end]:
        return None
    gap = _GAP.search(source, start, end)
    if gap is None:
        return None
    column = line.indent + gap.end() - start
    return clean(source, start, gap.start()), clean(source, gap.end(), end), column


def _stretch(source: str, lines: Sequence[Line], index: int, found: list[Line]) -> int:
    left: list[Line] = []
    right: list[Line] = []
    split, blanks, last = 1000, 0, index
    while index < len(lines):
        line = lines[index]
        if line.kind in ("blank", "rule"):
            blanks += line.kind == "blank"
            if blanks > _MAX_BLANKS:
                break
        elif line.kind != "text":
            break
        elif cut := _cut(source, line):
            left.append(Line(cut[0], "text"))
            right.append(Line(cut[1], "text"))
            split, blanks, last = min(split, cut[2]), 0, index
        elif line.indent >= max(_FAR, split - 14) and len(line.piece.text) < 60:
            right.append(Line(line.piece, "text"))
            blanks, last = 0, index
        elif line.indent < split and (_LISTED.match(line.piece.text) or not blanks):
            if len(line.piece.text) + line.indent > split + 8:
                break
            left.append(Line(line.piece, "text"))
            blanks, last = 0, index
        else:
            break
        index += 1
    blank = Line(EMPTY, "blank")
    found += [*left, blank, *right, blank]
    return last + 1
