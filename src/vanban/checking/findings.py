"""What a check reports, and the provisions it refers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure from Nghị định 30/2020, in Vietnamese for the person who drafts.

    ``place`` names the component (with the first words concerned), ``found`` what stands
    there, ``asked`` what the decree asks, ``article`` where it says so. ``severity`` is
    "error" where the decree leaves no choice, "warning" where the reading of the file or
    local practice leaves doubt.
    """

    place: str
    found: str
    asked: str
    article: str
    severity: Severity = "error"


_ANNEX_1 = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục "

PAPER = _ANNEX_1 + "I.1"
ORIENTATION = _ANNEX_1 + "I.2"
MARGINS = _ANNEX_1 + "I.3"
TYPEFACE = _ANNEX_1 + "I.4"
PAGE_NUMBER = _ANNEX_1 + "I.7"
NATION = _ANNEX_1 + "II.1"
ISSUER = _ANNEX_1 + "II.2"
NUMBER = _ANNEX_1 + "II.3"
PLACE_DATE = _ANNEX_1 + "II.4"
SUBJECT = _ANNEX_1 + "II.5"
CONTENT = _ANNEX_1 + "II.6"
SIGNATURE = _ANNEX_1 + "II.7"
RECIPIENTS = _ANNEX_1 + "II.9"
ANNEX = _ANNEX_1 + "III.1"
COMPONENTS = "Nghị định 30/2020/NĐ-CP, Điều 8 khoản 2"
SIGNING = "Nghị định 30/2020/NĐ-CP, Điều 13"
ABBREVIATIONS = "Nghị định 30/2020/NĐ-CP, Phụ lục III"
SCOPE = "Nghị định 30/2020/NĐ-CP, Điều 2"


def quoted(text: str, limit: int = 48) -> str:
    """The first words of ``text`` in quotation marks."""
    text = " ".join(text.split())
    if len(text) > limit:
        text = text[: limit - 1].rstrip() + "…"
    return f"“{text}”"


def decimal(value: float) -> str:
    """A measure as written in Vietnamese: "12,5", "13"."""
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")
