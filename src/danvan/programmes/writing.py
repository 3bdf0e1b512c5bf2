"""A plan's words as header fields and sections, and the official file made of them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.letterheads import letterhead_of
from danvan.organisations.models import Unit
from danvan.programmes.models import Manuscript
from vanban import writing as official

Json = dict[str, Any]

# What is asked of a plan's header, and how many characters each may have.
HEADER: dict[str, tuple[Any, int]] = {
    "number": (gettext_lazy("Số (để trống nếu chưa cấp)"), 10),
    "symbol": (gettext_lazy("Ký hiệu"), 40),
    "date": (gettext_lazy("Ngày ban hành"), 10),
    "subject": (gettext_lazy("Trích yếu"), 300),
    "grounds": (gettext_lazy("Căn cứ"), 6000),
    "signer_position": (gettext_lazy("Thẩm quyền, chức vụ người ký"), 200),
    "signer": (gettext_lazy("Người ký"), 120),
    "recipients": (gettext_lazy("Nơi nhận"), 3000),
}
_BULLET = re.compile(r"^\s*([-+])\s+(.+)$")
_NUMBERED = re.compile(r"^\s*(?:\d+|[a-zđ])[.)]\s+\S")


@dataclass(frozen=True, slots=True)
class Template:
    """Subject and sections of a plan of this kind, in force for plans made from a day on."""

    subject: str
    sections: list[Json]


@lru_cache(maxsize=1)
def _templates() -> list[Json]:
    file = resources.files("danvan.programmes") / "data" / "plan_templates.json"
    rows: list[Json] = json.loads(file.read_text("utf-8"))
    return rows


def template(kind: str, day: dt.date, **words: str) -> Template:
    """The template for a "body" or a "unit" on a day, its blanks filled in."""
    row = next(
        row
        for row in _templates()
        if row["for"] == kind
        and row["valid_from"] <= day.isoformat() <= (row["valid_to"] or "9999-12-31")
    )
    sections = [{"title": s["title"], "text": s["text"].format(**words)} for s in row["sections"]]
    return Template(row["subject"].format(**words), sections)


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def blocks(sections: list[Json]) -> Iterator[official.Block]:
    """Titles, dash items and paragraphs, as the writer of documents wants them."""
    for section in sections:
        if section["title"].strip():
            yield official.Heading(section["title"].strip())
        for line in lines(section["text"]):
            dash = _BULLET.match(line)
            if dash:
                yield official.Bullet(dash[2], dash[1])
            elif _NUMBERED.match(line) and len(line) < 120 and line[-1] not in ".;:,":
                yield official.Heading(line, 2)
            else:
                yield official.Paragraph(line)


def file_of(manuscript: Manuscript, day: dt.date) -> bytes:
    """The plan as an official .docx (Nghị định 30/2020). ValidationError says what is missing."""
    header = manuscript.header
    missing = [name for name in ("subject", "symbol", "signer") if not header.get(name)]
    if missing:
        raise ValidationError(
            {name: _("Ghi “%s” trước khi tạo văn bản.") % HEADER[name][0] for name in missing}
        )
    if not any(lines(section["text"]) for section in manuscript.sections):
        raise ValidationError(_("Kế hoạch chưa có nội dung nào."))
    date = dt.date.fromisoformat(header["date"]) if header.get("date") else None
    try:
        return official.plan(
            letterhead=letterhead_of(manuscript.body, date or day),
            number=header.get("number") or None,
            symbol=header["symbol"],
            date=date,
            subject=header["subject"],
            grounds=lines(header.get("grounds", "")),
            body=list(blocks(manuscript.sections)),
            signature=official.Signature(
                tuple(lines(header.get("signer_position", ""))) or (_("NGƯỜI KÝ"),),
                header["signer"],
            ),
            recipients=_archived(lines(header.get("recipients", ""))),
        )
    except ValueError as error:
        field = str(error).partition(":")[0]
        if field in HEADER:
            told = _("Ô “%s” chưa đúng thể thức văn bản.") % HEADER[field][0]
            raise ValidationError({field: told}) from error
        raise ValidationError(_("Nội dung chưa đúng thể thức văn bản.")) from error


def _archived(recipients: list[str]) -> list[str]:
    """The list of recipients closes with the archive line (Nghị định 30/2020, Phụ lục I)."""
    recipients = [line.lstrip("-– ").rstrip(" ;.") for line in recipients]
    if recipients and recipients[-1].startswith("Lưu"):
        return recipients
    return [*(recipients or ["Như trên"]), "Lưu: VT"]


def file_name(manuscript: Manuscript) -> str:
    number = manuscript.header.get("number") or _("du-thao")
    symbol = manuscript.header.get("symbol", "").replace("/", "-")
    return f"ke-hoach-{manuscript.year}-{number}-{symbol}.docx"


def body_name(body: Unit, day: dt.date) -> str:
    from danvan.organisations.queries import name_on

    return name_on(body, day)
