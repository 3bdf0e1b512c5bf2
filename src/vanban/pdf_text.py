"""The text layer of a PDF, in reading order.

Words are placed by their coordinates, so that the two columns of a header or a signature come
out one after the other and a larger gap between lines becomes an empty line. Page numbers are
dropped. A PDF without words is a scan and is said to be one.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from typing import Any

import pypdf
from pypdf.errors import PyPdfError

from vanban.errors import Damaged, Encrypted, ReadingError, ScanWithoutText, TooLarge
from vanban.pdf_tables import lines_with_tables
from vanban.text import nfc

#: Pages beyond which a file is refused: a plan with annexes has tens.
MAX_PAGES = 3_000
_PAGE_NUMBER = re.compile(r"\s*[-–]?\s*\d{1,4}\s*[-–]?\s*")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def pdf_to_text(data: bytes) -> str:
    """All pages as lines. Raises ``Damaged``, ``Encrypted``, ``ScanWithoutText``, ``TooLarge``."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Encrypted()
        _refuse_if_long(reader.root_object.get("/Pages", {}).get("/Count", 0))
        count = len(reader.pages)
        _refuse_if_long(count)
        pages = [_page(page) for page in reader.pages]
    except ReadingError:
        raise
    except Exception as error:  # a damaged file breaks pypdf in any way it likes
        # AES needs a package we do not ask for: locked all the same
        raise (Encrypted() if b"/Encrypt" in data else Damaged()) from error
    text = "\n".join(_columns(_evenly_spaced([line for page in pages for line in page])))
    if sum(c.isalpha() for c in text) < 20 * max(1, min(count, 3)):
        raise ScanWithoutText()
    return nfc(text)


def _refuse_if_long(count: Any) -> None:
    """Asked first of what the file says of itself: going over ten thousand pages takes seconds."""
    if isinstance(count, int) and count > MAX_PAGES:
        raise TooLarge(f"Tệp có {count} trang, quá nhiều để đọc.")


def _page(page: Any) -> list[str]:
    """The lines of a page as they lie on it, gaps between columns kept as blanks."""
    try:
        if (ruled := lines_with_tables(page)) is not None:
            return _without_page_number(ruled)
        text = page.extract_text(extraction_mode="layout", layout_mode_strip_rotated=True) or ""
    except PyPdfError:
        raise
    except Exception:  # fonts without widths break the layout mode but not the plain one
        text = page.extract_text() or ""
    return _without_page_number(text.split("\n"))


def _without_page_number(lines: list[str]) -> list[str]:
    kept = [line.rstrip() for line in lines]
    for at in (0, -1):
        while kept and not kept[at].strip():
            kept.pop(at)
        if kept and _PAGE_NUMBER.fullmatch(kept[at]):
            kept.pop(at)
            while kept and not kept[at].strip():
                kept.pop(at)
    return kept


def _evenly_spaced(lines: list[str]) -> list[str]:
    """Empty lines that only mirror wide line spacing taken away; those between paragraphs stay."""
    gaps: Counter[int] = Counter()
    blank = 0
    for line in lines:
        if line.strip():
            gaps[blank] += 1
            blank = 0
        else:
            blank += 1
    usual = max(gaps, key=lambda size: gaps[size]) if gaps else 0
    if not usual:
        return lines
    kept: list[str] = []
    blank = 0
    for line in lines:
        if line.strip():
            kept += [""] * max(0, blank - usual)
            kept.append(line)
            blank = 0
        else:
            blank += 1
    return kept


_GAP = re.compile(r"(?<=\S) {4,}(?=\S)")


def _is_row(line: str) -> bool:
    """A row of a table of ``pdf_tables``."""
    return line.startswith("| ")


# "Số:        /KH-UBND", "ngày      tháng     năm": blanks for the clerk part no columns
_FOR_THE_CLERK = re.compile(r"(?:Số\s*:?|ngày|tháng|năm)$", re.IGNORECASE)
_ANNEX = re.compile(r"Phụ lục(?:\s+[IVX\d]+)?", re.IGNORECASE)


def _gaps(line: str) -> list[re.Match[str]]:
    return [gap for gap in _GAP.finditer(line) if not _FOR_THE_CLERK.search(line, 0, gap.start())]


def _columns(lines: list[str]) -> list[str]:
    """Stretches with two columns (header, signature) left column first, then the right one."""
    result: list[str] = []
    index = 0
    while index < len(lines):
        gaps = [] if _is_row(lines[index]) else _gaps(lines[index])
        if len(gaps) != 1:
            result.append(lines[index].strip())
            index += 1
            continue
        left: list[str] = []
        right: list[str] = []
        split, after_blank, blanks = gaps[0].end(), False, 0
        while index < len(lines):
            line = lines[index]
            words = line.strip()
            if _is_row(line) or _ANNEX.fullmatch(words):
                break
            if not words:
                blanks += 1
                if blanks > 4:
                    break
                after_blank = True
                index += 1
                continue
            begins = len(line) - len(line.lstrip())
            gap = next(iter(_gaps(line)), None)
            if gap and begins < split:
                left.append(line[: gap.start()].strip())
                right.append(line[gap.end() :].strip())
                split = min(split, gap.end())
            elif begins >= split - 12 and begins > 20 and len(line) - begins < 60:
                right.append(words)
            elif len(line) <= split and (words.startswith(("-", "+")) or not after_blank):
                left.append(words)
            else:
                break
            after_blank, blanks = False, 0
            index += 1
        result += [*left, "", *right, ""]
    return result
