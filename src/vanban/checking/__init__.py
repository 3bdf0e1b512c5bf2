"""Does this .docx follow Nghị định 30/2020? Every departure with its place and provision.

``check`` reads the file as Word would lay it out, finds its components and returns what
differs, in reading order. See ``docs/vanban/checking.md`` for the rules and their limits.
"""

from __future__ import annotations

from vanban.checking import findings as law
from vanban.checking.annexes import annex_findings
from vanban.checking.closing import recipients_findings, signature_findings
from vanban.checking.components import sorted_out
from vanban.checking.content import content_findings, title_findings
from vanban.checking.findings import Finding, Severity
from vanban.checking.head import head_findings
from vanban.checking.lines import read_lines
from vanban.checking.looks import Resolver, child
from vanban.checking.opening import opened
from vanban.checking.page import page_findings, page_number_findings, typeface_findings
from vanban.errors import Damaged

__all__ = ["Finding", "Severity", "check"]


def check(data: bytes) -> tuple[Finding, ...]:
    """Check the bytes of a .docx; an empty tuple means nothing to object.

    A Party document is not judged: one warning says that another rule governs it.

    Raises:
        vanban.errors.ReadingError: if the file is empty, protected, damaged or no .docx.
    """
    parts = opened(data)
    body = child(parts.document, "body")
    if body is None:
        raise Damaged
    resolver = Resolver(parts)
    lines = read_lines(body, resolver)
    found = sorted_out(lines)
    if found.party is not None:
        asked = "thể thức văn bản của Đảng (không thuộc Nghị định 30/2020/NĐ-CP)"
        return (Finding("Tiêu đề", "văn bản của Đảng", asked, law.SCOPE, "warning"),)
    return (
        *page_findings(parts, lines),
        *page_number_findings(parts, lines, resolver),
        *typeface_findings(lines, found),
        *head_findings(found),
        *title_findings(found),
        *content_findings(found),
        *signature_findings(found),
        *recipients_findings(found),
        *annex_findings(found),
    )
