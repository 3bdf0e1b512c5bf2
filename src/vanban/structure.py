"""``compile_text``: the text of one official document in, a ``Document`` out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from vanban.citations import find_citations
from vanban.columns import side_by_side
from vanban.duties import find_duties
from vanban.errors import EmptyFile, NotADocument
from vanban.flat_tables import gather
from vanban.header import read_head
from vanban.joint import with_issuers
from vanban.layout import Paragraph, blocks
from vanban.mending import mended
from vanban.model import Document, Header
from vanban.signature import read_tail, with_tail
from vanban.targets import find_targets
from vanban.text import nfc
from vanban.tree import Node, build, provisions

SourceFormat = Literal["txt", "docx", "pdf", "md", "html"]


def _looks_official(header: Header, nodes: Sequence[Node], text: str) -> bool:
    """Number or type with a numbered body, or the national title: else this is something else."""
    marks = sum(
        (
            2 * bool(header.symbol),
            2 * bool(header.type),
            bool(header.date or header.place),
            bool(header.recipients),
            bool(header.signer_position),
            bool(
                re.search(
                    r"CỘNG HÒA XÃ HỘI CHỦ NGHĨA|CỘNG HOÀ XÃ HỘI CHỦ NGHĨA"
                    r"|ĐẢNG CỘNG SẢN VIỆT NAM",
                    text[:3000],
                )
            ),
            "TỔ CHỨC THỰC HIỆN" in text or "MỤC ĐÍCH, YÊU CẦU" in text,
            bool(
                re.search(
                    r"\b(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Đảng ủy|HĐND"
                    r"|MTTQ)\b",
                    text,
                )
            ),
        )
    )
    roman = any(node.kind in ("roman", "article", "chapter") for node in nodes)
    return marks >= 3 or (marks >= 2 and roman)


def compile_text(text: str, source_format: SourceFormat = "txt") -> Document:
    """The text of one official document as data.

    Raises ``EmptyFile`` for blank text and ``NotADocument`` where neither number, symbol, type
    nor section of an official document is found.
    """

    text = nfc(text).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\ufeff \n\t\x00"):
        raise EmptyFile()
    parts = mended(gather(blocks(text, side_by_side)), text)
    words = "\n".join(part.text for part in parts if isinstance(part, Paragraph))
    head = read_head(parts, words, text)
    start = head.start
    tail = read_tail(parts, start)
    header = with_tail(head.header, tail)
    header = with_issuers(header, head.names, len(header.signers), words)
    nodes, warnings = build(parts, start, tail)
    if not _looks_official(header, nodes, text):
        raise NotADocument()
    citations = find_citations(nodes, header, parts[:start])
    targets = find_targets(nodes)
    duties = find_duties(nodes, header)
    return Document(
        text, source_format, header, provisions(nodes), citations, duties, targets, tuple(warnings)
    )
