"""Annexes (Phụ lục I, phần I, mục III.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vanban.checking import findings as law
from vanban.checking.components import Components
from vanban.checking.findings import Finding, decimal, quoted
from vanban.checking.judging import Asked, judged
from vanban.checking.lines import Line, folded

_NUMBERED = re.compile(r"(?:Phụ lục|PHỤ LỤC)(?:\s+(\S+?))?\.?")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")
_REFERENCE = re.compile(r"\(?\s*(?:ban hanh )?kem theo\b")
# Tables are set a little smaller than the prose around them in every office.
_TABLE_PT = (11.0, 14.0)


def annex_findings(found: Components) -> Iterator[Finding]:
    """Findings on label, title, reference and text of every annex."""
    previous = found.recipients[-1] if found.recipients else None
    for position, lines in enumerate(found.annexes):
        yield from _label(position, lines, len(found.annexes), previous)
        yield from _title_and_reference(lines)
        yield from _text(lines)
        previous = lines[-1]


def _label(
    position: int, lines: Sequence[Line], count: int, previous: Line | None
) -> Iterator[Finding]:
    label = lines[0]
    # A Roman numeral is in capitals by nature: only the word "Phụ lục" is judged.
    asked = Asked((14, 14), bold=True, italic=False, align="center")
    yield from judged("Phụ lục", [label], asked, law.ANNEX)
    if label.text.startswith("PHỤ"):
        seen, asked_text = "chữ “PHỤ LỤC” in hoa", "chữ in thường: “Phụ lục”"
        yield Finding(f"Phụ lục {quoted(label.text)}", seen, asked_text, law.ANNEX)
    number = _NUMBERED.fullmatch(label.text)
    numeral = number[1] if number else None
    wanted = _ROMAN[position] if position < len(_ROMAN) else None
    if count > 1 and wanted and numeral != wanted:
        seen = f"đánh số {quoted(numeral)}" if numeral else "không đánh số"
        asked_text = f"từ hai phụ lục trở lên đánh số La Mã: “Phụ lục {wanted}”"
        yield Finding(f"Phụ lục {quoted(label.text)}", seen, asked_text, law.ANNEX)
    same_page = previous is not None and previous.section == label.section and not label.new_page
    if same_page:
        seen, asked_text = "đặt liền trang trước", "bắt đầu ở trang mới"
        yield Finding(f"Phụ lục {quoted(label.text)}", seen, asked_text, law.ANNEX, "warning")


def _title_and_reference(lines: Sequence[Line]) -> Iterator[Finding]:
    place = f"Phụ lục {quoted(lines[0].text)}"
    at = next(
        (at for at, line in enumerate(lines[:8]) if _REFERENCE.match(folded(line.text))), None
    )
    if at is None:
        asked_text = "“(Kèm theo … số … ngày … của …)” dưới tên phụ lục"
        yield Finding(place, "không có dòng dẫn chiếu văn bản", asked_text, law.ANNEX)
        return
    title = list(lines[1:at])
    asked = Asked((13, 14), bold=True, italic=False, capitals=True, align="center")
    yield from judged("Tên phụ lục", title, asked, law.ANNEX)
    asked = Asked((13, 14), bold=False, italic=True, align="center")
    yield from judged("Dòng dẫn chiếu của phụ lục", [lines[at]], asked, law.ANNEX)


def _text(lines: Sequence[Line]) -> Iterator[Finding]:
    low, high = _TABLE_PT
    sizes = {look.size_pt for line in lines for look in line.looks if line.spot is not None}
    wrong = sorted(size for size in sizes if not low <= size <= high)
    if wrong:
        place = f"Bảng trong phụ lục {quoted(lines[0].text)}"
        seen = f"cỡ chữ {', '.join(decimal(size) for size in wrong)}"
        yield Finding(place, seen, "cỡ chữ 11–14", law.ANNEX, "warning")
