"""What is sealed of a denouncer, and whether a text gives any of it away."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "name": _("Họ và tên"),
    "born": _("Năm sinh"),
    "address": _("Địa chỉ"),
    "phone": _("Số điện thoại"),
    "email": _("Thư điện tử"),
    "contact": _("Cách liên hệ an toàn"),
    "text": _("Toàn văn đơn"),
}
# What gives a person away wherever it stands. A year of birth or a whole text does not.
TELLING = ("name", "address", "phone", "email", "contact")
MASK = "█████"  # always as long: a length tells too
SHORTEST = 4


def kept(words: Mapping[str, str]) -> dict[str, str]:
    """The known fields that say something. Raises KeyError with a name that is not one."""
    if strange := set(words) - set(FIELDS):
        raise KeyError(min(strange))
    told = {field: unicodedata.normalize("NFC", words.get(field, "")).strip() for field in FIELDS}
    return {field: text for field, text in told.items() if text}


def given_away(words: Mapping[str, str], text: str) -> list[str]:
    """Labels of the fields that can be read in ``text``, however spelt."""
    folded = _folded(unicodedata.normalize("NFC", text))
    return [
        str(FIELDS[field])
        for field in TELLING
        if any(p.search(folded) for p in _patterns(field, words.get(field, "")))
    ]


def redact(text: str, words: Mapping[str, str], hide: Iterable[str] = ()) -> tuple[str, int]:
    """``text`` with every field and every phrase of ``hide`` masked; and how many places."""
    text = unicodedata.normalize("NFC", text)
    patterns = [p for field in TELLING for p in _patterns(field, words.get(field, ""))]
    patterns += [p for phrase in hide for p in _patterns("phrase", phrase)]
    spans = sorted({m.span() for p in patterns for m in p.finditer(_folded(text))})
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    for start, end in reversed(merged):
        text = text[:start] + MASK + text[end:]
    return text, len(merged)


def _patterns(field: str, told: str) -> list[re.Pattern[str]]:
    """How a field may be written in a folded text; several people stand one under another."""
    return [p for line in told.splitlines() for p in _of_line(field, line)]


def _of_line(field: str, told: str) -> list[re.Pattern[str]]:
    folded = _folded(unicodedata.normalize("NFC", told)).strip()
    if field == "phone":
        digits = re.sub(r"\D", "", folded).removeprefix("84").lstrip("0")
        if len(digits) < SHORTEST:
            return []
        return [re.compile(r"(?:\+?84|0)?[\s.()-]*" + r"[\s.()-]*".join(digits))]
    parts = folded.split()
    if not parts or (field != "phrase" and len(folded) < SHORTEST):
        return []
    found = [_phrase(parts)]
    # "Trần Thị Ánh Tuyết" is also known as "Ánh Tuyết".
    if field == "name" and len(parts) > 2:
        found.append(_phrase(parts[-2:]))
    if field == "address" and "," in folded:
        found.append(_phrase(folded.split(",")[0].split()))
    return found


def _phrase(parts: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + r"[\s,.;]+".join(re.escape(p) for p in parts) + r"(?!\w)")


def _folded(text: str) -> str:
    """Lower case without marks, letter for letter, so that places stay the same."""
    return "".join(_letter(c) for c in text)


def _letter(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[:1].lower()[:1] or char
    return "d" if base == "đ" else base
