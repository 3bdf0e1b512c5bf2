"""The text of an HTML page: blocks as paragraphs, tables as rows of "| a | b |"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from vanban.errors import Damaged, EmptyFile

_BLOCKS = frozenset((
    "p", "div", "section", "article", "header", "footer", "main", "h1", "h2", "h3", "h4", "h5",
    "h6", "li", "ul", "ol", "blockquote", "pre", "body", "form", "center", "address", "dl", "dt",
    "dd", "figure", "hr", "aside",
))  # fmt: skip
_SKIPPED = frozenset((
    "script", "style", "head", "title", "noscript", "template", "svg", "iframe", "object", "nav",
))  # fmt: skip
_MAX_DEPTH = 200


def html_to_text(source: str) -> str:
    """The page's text. Raises ``EmptyFile`` or ``Damaged``."""
    if not source.strip():
        raise EmptyFile()
    if re.search(r"<!ENTITY", source[:20000], re.IGNORECASE):
        raise Damaged()
    # an encoding declaration is a lie once the bytes are decoded
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    try:
        parser = html.HTMLParser(no_network=True, remove_comments=True, huge_tree=False)
        root = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Damaged() from error
    lines: list[str] = []
    _walk(root, lines, [], 0)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _flush(lines: list[str], current: list[str]) -> None:
    """Ends a block. ``current`` holds its words as pieces: a string that grows piece by piece
    takes time by the square of its length."""
    text = "".join(current)
    current.clear()
    kept = [re.sub(r"[ \t\xa0]+", " ", line).strip() for line in text.split("\n")]
    kept = [line for line in kept if line]
    if kept:
        lines += [*kept, ""]


def _add(current: list[str], text: str | None) -> None:
    if text:
        current.append(re.sub(r"\s+", " ", text))


def _walk(element: Any, lines: list[str], current: list[str], depth: int) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag not in _SKIPPED and tag:
        if tag == "table" and depth <= _MAX_DEPTH:
            _flush(lines, current)
            lines += [*_rows(element, depth), ""]
        elif depth > _MAX_DEPTH:
            _add(current, "".join(element.itertext()))
        else:
            block = tag in _BLOCKS
            if block:
                _flush(lines, current)
            if tag == "br":
                current.append("\n")
            if tag == "li" and not re.match(r"\s*[-+*•\d]", element.text or ""):
                current.append("- ")
            _add(current, element.text)
            for child in element:
                _walk(child, lines, current, depth + 1)
            if block:
                _flush(lines, current)
    _add(current, element.tail)
    if depth == 0:
        _flush(lines, current)


def _own_rows(table: Any) -> Iterator[Any]:
    """The rows of this table alone: those of a table inside a cell are that cell's."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _rows(table: Any, depth: int) -> list[str]:
    rows = []
    for row in _own_rows(table):
        cells = []
        for cell in row:
            if not isinstance(cell.tag, str) or cell.tag not in ("td", "th"):
                continue
            lines: list[str] = []
            current: list[str] = []
            _add(current, cell.text)
            for child in cell:
                _walk(child, lines, current, depth + 2)
            _flush(lines, current)
            cells.append("<br>".join(line.replace("|", "\\|") for line in lines if line))
        if cells:
            rows.append("| " + " | ".join(cells) + " |")
    return rows
