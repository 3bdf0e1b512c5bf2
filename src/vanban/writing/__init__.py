"""Official Vietnamese documents as .docx in the layout of Nghị định 30/2020/NĐ-CP.

Plain values go in, bytes come out; the same values give the same bytes. One function per
kind: ``decision``, ``plan``, ``report``, ``notice``, ``proposal`` (tờ trình), ``minutes``,
``invitation`` (giấy mời) and ``official_letter`` (công văn, such as an urging letter). See
``docs/vanban/writing.md``.
"""

from __future__ import annotations

from vanban.writing.kinds import (
    Urgency,
    decision,
    invitation,
    minutes,
    notice,
    official_letter,
    plan,
    proposal,
    report,
)
from vanban.writing.orthography import written_date
from vanban.writing.values import (
    Align,
    Annex,
    Article,
    Block,
    Bullet,
    Column,
    Group,
    Heading,
    Letterhead,
    Paragraph,
    Row,
    Run,
    Signature,
    Table,
    Text,
)

__all__ = [
    "Align",
    "Annex",
    "Article",
    "Block",
    "Bullet",
    "Column",
    "Group",
    "Heading",
    "Letterhead",
    "Paragraph",
    "Row",
    "Run",
    "Signature",
    "Table",
    "Text",
    "Urgency",
    "decision",
    "invitation",
    "minutes",
    "notice",
    "official_letter",
    "plan",
    "proposal",
    "report",
    "written_date",
]
