"""Signature block and recipients (Điều 13; Phụ lục I, phần I, mục II.7 and II.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from vanban.checking import findings as law
from vanban.checking.components import Components
from vanban.checking.findings import Finding, quoted
from vanban.checking.judging import Asked, judged
from vanban.checking.lines import Line, folded

_PARTY_STROKES = re.compile(r"^(T/M|K/T|T/L|T/UQ)\b")
_UNSTOPPED = re.compile(r"^(TM|KT|TL|TUQ|Q)\s")
_DEPUTISED = re.compile(r"^(?:KT|TL|TUQ)\.")
_DEGREE = re.compile(
    r"^(?:(?:GS|PGS|TS|ThS|Th\.S|CN|KS|BS|LS|CKI|CKII|BSCK\w*)\b\.?|Giáo sư|Tiến sĩ|Thạc sĩ"
    r"|Cử nhân|Kỹ sư|Bác sĩ)[\s.,]*"
)


def signature_findings(found: Components) -> Iterator[Finding]:
    """Findings on authority, title and name of the signer."""
    if not found.authority:
        asked_text = "quyền hạn, chức vụ của người ký, in hoa, đậm"
        yield Finding("Chữ ký", "không thấy quyền hạn, chức vụ", asked_text, law.SIGNATURE)
    for line in found.authority:
        yield from _abbreviation(line)
    asked = Asked((13, 14), bold=True, italic=False, capitals=True)
    yield from judged("Quyền hạn, chức vụ", found.authority, asked, law.SIGNATURE)
    lines = [line.text for line in found.authority]
    if lines and _DEPUTISED.match(lines[-1]):
        asked_text = "chức vụ của người trực tiếp ký ở dòng dưới"
        place = f"Quyền hạn, chức vụ {quoted(lines[-1])}"
        yield Finding(place, "không có chức vụ người trực tiếp ký", asked_text, law.SIGNING)
    if found.authority and not found.names:
        asked_text = "họ và tên đầy đủ của người ký"
        yield Finding("Họ và tên người ký", "không có", asked_text, law.SIGNATURE)
    for line in found.names:
        asked = Asked((13, 14), bold=True, italic=False)
        yield from judged("Họ và tên người ký", [line], asked, law.SIGNATURE)
        if degree := _DEGREE.match(line.text):
            place = f"Họ và tên người ký {quoted(line.text)}"
            seen = f"có {quoted(degree[0].strip())} trước họ tên"
            asked_text = "không ghi học hàm, học vị trước họ tên"
            yield Finding(place, seen, asked_text, law.SIGNATURE, "warning")


def _abbreviation(line: Line) -> Iterator[Finding]:
    place = f"Quyền hạn, chức vụ {quoted(line.text)}"
    if party := _PARTY_STROKES.match(line.text):
        asked = f"“{party[1].replace('/', '')}.”"
        yield Finding(place, f"viết “{party[1]}” (lối văn bản Đảng)", asked, law.SIGNING)
    elif short := _UNSTOPPED.match(line.text):
        yield Finding(place, f"viết “{short[1]}” không có dấu chấm", f"“{short[1]}.”", law.SIGNING)


def recipients_findings(found: Components) -> Iterator[Finding]:
    """Findings on "Nơi nhận:" and its list."""
    label = found.recipients_label
    if label is None:
        asked_text = "“Nơi nhận:” và danh sách, dòng cuối “- Lưu: VT, …”"
        yield Finding("Nơi nhận", "không có", asked_text, law.RECIPIENTS)
        return
    if label.text != "Nơi nhận:" and folded(label.text) in ("noi nhan", "noi nhan:"):
        seen = f"viết là {quoted(label.text)}"
        yield Finding("Nơi nhận", seen, "“Nơi nhận:”", law.RECIPIENTS)
    asked = Asked((12, 12), bold=True, italic=True)
    yield from judged("Nơi nhận", [label], asked, law.RECIPIENTS)
    if not found.recipients:
        asked_text = "tên từng nơi nhận, dòng cuối “- Lưu: VT, …”"
        yield Finding("Nơi nhận", "danh sách trống", asked_text, law.RECIPIENTS)
        return
    asked = Asked((11, 11), bold=False, italic=False)
    yield from judged("Danh sách nơi nhận", found.recipients, asked, law.RECIPIENTS)
    yield from _signs(found.recipients)
    if not any(folded(line.text).lstrip("-+ ").startswith("luu") for line in found.recipients):
        asked_text = "dòng cuối “- Lưu: VT, …”"
        seen = "không có dòng “Lưu”"
        yield Finding("Danh sách nơi nhận", seen, asked_text, law.RECIPIENTS)


def _signs(lines: list[Line]) -> Iterator[Finding]:
    bare = [line for line in lines if not line.text.startswith("-") and not line.shape.listed]
    # A line without a dash may go on the one above it.
    starts = [line for line in lines if line not in bare]
    if not starts:
        asked = "đầu mỗi dòng có gạch đầu dòng “- ”"
        yield Finding("Danh sách nơi nhận", "không có gạch đầu dòng", asked, law.RECIPIENTS)
    last = lines[-1].text
    if not last.endswith((".", "…")):
        asked = "dòng cuối kết thúc bằng dấu chấm"
        place = f"Danh sách nơi nhận {quoted(last)}"
        yield Finding(place, "dòng cuối không có dấu chấm", asked, law.RECIPIENTS)
    for line, after in pairwise(lines):
        goes_on = after in bare and bool(starts)
        if not goes_on and not line.text.endswith((";", "…")):
            asked = "cuối mỗi dòng có dấu chấm phẩy"
            place = f"Danh sách nơi nhận {quoted(line.text)}"
            yield Finding(place, "cuối dòng không có dấu chấm phẩy", asked, law.RECIPIENTS)
