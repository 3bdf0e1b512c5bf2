"""What the command line prints of a document: short lines, tables, JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from vanban.checking import Finding
from vanban.grid import grid
from vanban.model import Citation, Document, Due, Duty, Target
from vanban.schema import as_gold

_ROLES = {"lead": "chủ trì", "coordinate": "phối hợp", "all": "cùng thực hiện"}
_PRODUCTS = {"plan": "kế hoạch", "report": "báo cáo", "scoring_dossier": "hồ sơ chấm điểm"}
_COMPARATORS = {"=": "", ">=": "từ ", ">": "trên ", "<=": "không quá ", "<": "dưới "}
_SEVERITIES = {"error": "lỗi", "warning": "lưu ý"}


def read_json(document: Document) -> dict[str, Any]:
    """The whole document in the schema of the labelled documents."""
    return as_gold(document)


def cite_json(document: Document) -> dict[str, Any]:
    return {"citations": as_gold(document)["citations"]}


def duties_json(document: Document) -> dict[str, Any]:
    whole = as_gold(document)
    return {key: whole[key] for key in ("assignments", "deadlines", "targets")}


def check_json(findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "findings": [
            {key: getattr(f, key) for key in ("severity", "place", "found", "asked", "article")}
            for f in findings
        ]
    }


def read_lines(document: Document) -> Iterator[str]:
    """The header, the headings and how much was found."""
    yield _title(document)
    for label, value in _header(document):
        yield f"  {label}: {value}"
    for provision in document.provisions:
        if provision.heading:
            yield f"{'  ' * provision.depth}{provision.marker} {_cut(provision.text, 90)}"
    yield (
        f"{len(document.citations)} viện dẫn, {len(document.duties)} nhiệm vụ, "
        f"{len(document.targets)} chỉ tiêu"
    )
    yield from _warnings(document)


def read_table(document: Document, width: int) -> Iterator[str]:
    """Header, citations, duties and targets, each as a table."""
    yield _title(document)
    yield from grid(("Thành phần", "Nội dung"), _header(document), width)
    for title, found, table in (
        ("Văn bản viện dẫn", document.citations, cite_table),
        ("Nhiệm vụ", document.duties, duties_table),
        ("Chỉ tiêu", document.targets, _targets_table),
    ):
        yield ""
        yield f"{title}: {len(found)}"
        if found:
            yield from table(document, width)
    yield from _warnings(document)


def cite_lines(document: Document) -> Iterator[str]:
    """One document per line: type, number or name, date, issuer, parted by tabs."""
    for citation in document.citations:
        yield "\t".join(_citation(citation))


def cite_table(document: Document, width: int) -> Iterator[str]:
    rows = [_citation(citation) for citation in document.citations]
    if not rows:
        yield "Không viện dẫn văn bản nào."
        return
    yield from grid(("Loại", "Số, ký hiệu hoặc tên", "Ngày", "Cơ quan"), rows, width)


def duties_lines(document: Document) -> Iterator[str]:
    """One duty per line: clause, units with their roles, task, limit, parted by tabs."""
    for duty in document.duties:
        names = "; ".join(f"{party.name} ({_ROLES[party.role]})" for party in duty.parties)
        where = document.provisions[duty.provision].path
        yield "\t".join((where, names or "—", _cut(duty.text, 110), _due(duty.due)))


def duties_table(document: Document, width: int) -> Iterator[str]:
    rows = [_duty(document, duty) for duty in document.duties]
    if not rows:
        yield "Không giao nhiệm vụ nào."
        return
    titles = ("Mục", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm")
    yield from grid(titles, rows, width)


def check_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Each finding in two lines: what stands where, and what is asked by which provision."""
    for finding in findings:
        yield f"{_SEVERITIES[finding.severity]}: {finding.place}: {finding.found}"
        yield f"    cần: {finding.asked} ({finding.article})"
    if not findings:
        yield "Không có lỗi thể thức."


def check_table(findings: Sequence[Finding], width: int) -> Iterator[str]:
    rows = [(_SEVERITIES[f.severity], f.place, f.found, f.asked, f.article) for f in findings]
    if not rows:
        yield "Không có lỗi thể thức."
        return
    yield from grid(("Mức", "Thành phần", "Đang ghi", "Cần", "Căn cứ"), rows, width)


def _title(document: Document) -> str:
    header = document.header
    name, number, symbol = header.type or "Văn bản", header.number or "…", header.symbol or "…"
    # the Party writes "214-CV/TU", the State "49/KH-UBND"
    mark = "-" if "/" in symbol else "/"
    return f"{name} số {number}{mark}{symbol} ngày {_day(header.date) or '?'}"


def _header(document: Document) -> list[tuple[str, str]]:
    header = document.header
    signers = [f"{s.name} ({s.position})" for s in header.signers if s.name]
    return [
        (label, value or "—")
        for label, value in (
            ("Cơ quan ban hành", header.issuer),
            ("Trích yếu", header.subject),
            ("Người ký", "; ".join(signers)),
            ("Nơi nhận", "; ".join(header.recipients)),
        )
    ]


def _warnings(document: Document) -> Iterator[str]:
    for warning in document.warnings:
        yield f"  lưu ý: {warning}"


def _citation(citation: Citation) -> tuple[str, str, str, str]:
    number = citation.number or citation.text
    return citation.type or "", number, _day(citation.date), citation.issuer or ""


def _duty(document: Document, duty: Duty) -> tuple[str, ...]:
    lead, help_ = (
        "; ".join(party.name for party in duty.parties if (party.role == "coordinate") is helps)
        for helps in (False, True)
    )
    product = _PRODUCTS[duty.deliverable] if duty.deliverable else ""
    where = document.provisions[duty.provision].path
    return where, _cut(duty.text, 300), lead, help_, _due(duty.due), product


def _targets_table(document: Document, width: int) -> Iterator[str]:
    rows = [
        (document.provisions[t.provision].path, t.subject, _value(t), t.period or "")
        for t in document.targets
    ]
    yield from grid(("Mục", "Chỉ tiêu", "Mức", "Thời kỳ"), rows, width)


def _value(target: Target) -> str:
    if target.value is None:
        return "tăng" if target.comparator in (">", ">=") else "giảm"
    number = f"{target.value:f}"
    if "." in number:
        number = number.rstrip("0").rstrip(".").replace(".", ",")
    unit = target.unit or ""
    return f"{_COMPARATORS[target.comparator]}{number}{'' if unit == '%' else ' '}{unit}".strip()


def _due(due: Due | None) -> str:
    return due.text if due else ""


def _day(date: dt.date | None) -> str:
    """As it is written in administration: "09/4/2024", months 1 and 2 with a zero."""
    if date is None:
        return ""
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"{date.day:02d}/{month}/{date.year}"


def _cut(text: str, size: int) -> str:
    return text if len(text) <= size else text[: size - 1].rstrip() + "…"
