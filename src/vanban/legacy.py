"""Legacy Vietnamese fonts: TCVN3 (.VnTime) and VNI-Windows to Unicode.

Both encode letters in places of an 8-bit font, so bytes alone do not tell them apart; in a
.docx the font name of the run decides, in a plain file the number of plausible words does.
TCVN3 has no capitals with marks: capitals come from a second font whose name ends in "H".
"""

from __future__ import annotations

import re
from typing import Literal

from vanban.text import nfc

Legacy = Literal["tcvn3", "vni"]

_TCVN3 = {
    0xB5: "à", 0xB6: "ả", 0xB7: "ã", 0xB8: "á", 0xB9: "ạ", 0xA8: "ă", 0xBB: "ằ", 0xBC: "ẳ",
    0xBD: "ẵ", 0xBE: "ắ", 0xC6: "ặ", 0xA9: "â", 0xC7: "ầ", 0xC8: "ẩ", 0xC9: "ẫ", 0xCA: "ấ",
    0xCB: "ậ", 0xAE: "đ", 0xCC: "è", 0xCE: "ẻ", 0xCF: "ẽ", 0xD0: "é", 0xD1: "ẹ", 0xAA: "ê",
    0xD2: "ề", 0xD3: "ể", 0xD4: "ễ", 0xD5: "ế", 0xD6: "ệ", 0xD7: "ì", 0xD8: "ỉ", 0xDC: "ĩ",
    0xDD: "í", 0xDE: "ị", 0xDF: "ò", 0xE1: "ỏ", 0xE2: "õ", 0xE3: "ó", 0xE4: "ọ", 0xAB: "ô",
    0xE5: "ồ", 0xE6: "ổ", 0xE7: "ỗ", 0xE8: "ố", 0xE9: "ộ", 0xAC: "ơ", 0xEA: "ờ", 0xEB: "ở",
    0xEC: "ỡ", 0xED: "ớ", 0xEE: "ợ", 0xEF: "ù", 0xF1: "ủ", 0xF2: "ũ", 0xF3: "ú", 0xF4: "ụ",
    0xAD: "ư", 0xF5: "ừ", 0xF6: "ử", 0xF7: "ữ", 0xF8: "ứ", 0xF9: "ự", 0xFA: "ỳ", 0xFB: "ỷ",
    0xFC: "ỹ", 0xFD: "ý", 0xFE: "ỵ", 0xA1: "Ă", 0xA2: "Â", 0xA7: "Đ", 0xA3: "Ê", 0xA4: "Ô",
    0xA5: "Ơ", 0xA6: "Ư",
}  # fmt: skip
_TCVN3_TABLE = {code: letter for code, letter in _TCVN3.items()}

# VNI-Windows: a base letter followed by a mark; these are the marks
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "Ù": "\u0301", "Ø": "\u0300", "Û": "\u0309", "Õ": "\u0303", "Ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
    "Â": "\u0302", "Á": "\u0302\u0301", "À": "\u0302\u0300", "Å": "\u0302\u0309",
    "Ã": "\u0302\u0303", "Ä": "\u0302\u0323",
    "Ê": "\u0306", "É": "\u0306\u0301", "È": "\u0306\u0300", "Ú": "\u0306\u0309",
    "Ü": "\u0306\u0303", "Ë": "\u0306\u0323",
}  # fmt: skip
_VNI_SINGLE = {
    "ñ": "đ", "Ñ": "Đ", "ö": "ư", "Ö": "Ư", "ô": "ơ", "Ô": "Ơ", "í": "í", "ì": "ì", "æ": "ỉ",
    "ó": "ĩ", "ò": "ị", "î": "ỵ", "Í": "Í", "Ì": "Ì", "Æ": "Ỉ", "Ó": "Ĩ", "Ò": "Ị", "Î": "Ỵ",
}  # fmt: skip
_VNI_PAIR = re.compile(f"([aeouyAEOUYöÖôÔ])([{''.join(_VNI_MARKS)}])")
_COMMON = re.compile(
    r"\b(?:của|và|các|được|công|nhân|dân|tỉnh|thành|thực|hiện|hành|định|quyết|số|ngày|tháng|năm|về"
    r"|việc|độc|lập|hạnh|phúc)\b",
    re.IGNORECASE,
)


def from_tcvn3(text: str, capitals: bool = False) -> str:
    """Text typed in a .VnTime font, given as Latin-1 characters; ``capitals`` for .VnTimeH.

    >>> from_tcvn3("C«ng hßa")
    'Công hòa'
    """
    plain = nfc(text.translate(_TCVN3_TABLE))
    return plain.upper() if capitals else plain


def from_vni(text: str) -> str:
    """Text typed in a VNI- font, given as Latin-1 (Windows-1252) characters.

    >>> from_vni("Coäng hoøa")
    'Cộng hòa'
    """

    def pair(match: re.Match[str]) -> str:
        base = _VNI_SINGLE.get(match[1], match[1])
        return nfc(base + _VNI_MARKS[match[2]])

    marked = _VNI_PAIR.sub(pair, text)
    return nfc("".join(_VNI_SINGLE.get(c, c) for c in marked) if marked == text else _singles(text))


def _singles(text: str) -> str:
    parts, here = [], 0
    for match in _VNI_PAIR.finditer(text):
        parts.append("".join(_VNI_SINGLE.get(c, c) for c in text[here : match.start()]))
        parts.append(nfc(_VNI_SINGLE.get(match[1], match[1]) + _VNI_MARKS[match[2]]))
        here = match.end()
    parts.append("".join(_VNI_SINGLE.get(c, c) for c in text[here:]))
    return "".join(parts)


def by_font(text: str, font: str | None) -> str:
    """The text of a run, converted when its font is a legacy one."""
    if font is None or not is_legacy(font):
        return text
    if font.startswith("."):
        return from_tcvn3(text, capitals=font.upper().endswith("H"))
    return from_vni(text)


def is_legacy(font: str | None) -> bool:
    """Is this a font of 8-bit letters (".VnTime", "VNI-Times")?"""
    return font is not None and font.upper().startswith((".VN", "VNI-"))


def detect(data: bytes) -> Legacy | None:
    """The legacy encoding that yields clearly more Vietnamese words than CP1258 does."""
    sample = data[:60000]
    scores: dict[Legacy | None, int] = {
        None: len(_COMMON.findall(nfc(sample.decode("cp1258", errors="replace")))),
        "tcvn3": len(_COMMON.findall(from_bytes(sample, "tcvn3"))),
        "vni": len(_COMMON.findall(from_bytes(sample, "vni"))),
    }
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= 5 and scores[best] >= 1.5 * scores[None] else None


def from_bytes(data: bytes, encoding: Legacy) -> str:
    """The bytes of a text file in a legacy encoding as Unicode, NFC."""
    if encoding == "tcvn3":
        return from_tcvn3(data.decode("latin-1"))
    return from_vni(data.decode("cp1252", errors="replace"))
