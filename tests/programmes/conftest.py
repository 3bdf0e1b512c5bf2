"""A draft of the seed's plan, and of a small plan that needs nothing but this repository."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.kernel.access import Actor
from danvan.programmes import compiling, review
from danvan.programmes.actions import findings, publishing, reading
from danvan.programmes.models import Draft, Finding, Programme
from tests.city import City
from tests.conftest import SEED
from vanban import model

TEXT = """Số: 7/KH-UBND
Tây Ninh, ngày 27 tháng 3 năm 2023
KẾ HOẠCH
Công tác dân vận chính quyền năm 2023
Theo Quyết định số 23-QĐ/TW ngày 30/7/2021 và Luật Tiếp công dân.
1. Các cơ quan, đơn vị gửi kế hoạch chậm nhất ngày 04/4/2023.
2. Phòng Nội vụ chủ trì, phối hợp Sở Du lịch chấm điểm trước ngày 20/10/2023.
3. Phấn đấu 60% đơn vị xếp loại Tốt.
"""


def span(words: str) -> model.Span:
    start = TEXT.index(words)
    return model.Span(start, start + len(words))


def small_document(**header: object) -> model.Document:
    """The plan above as the compiler would give it."""
    sure = model.Evidence(0.92, "rõ")
    lines = [line for line in TEXT.split("\n") if line[:2] in ("1.", "2.", "3.")]
    provisions = tuple(
        model.Provision(i, None, line[:2], line[:1], 1, True, line[3:], span(line[3:]))
        for i, line in enumerate(lines)
    )
    values: dict[str, object] = {
        "number": "7",
        "symbol": "KH-UBND",
        "type": "Kế hoạch",
        "issuer": "UBND thành phố Tây Ninh",
        "date": dt.date(2023, 3, 27),
        "subject": "Công tác dân vận chính quyền năm 2023",
        "signer": "Nguyễn Văn A",
        "signer_position": "CHỦ TỊCH",
        "recipients": ("Phòng Nội vụ",),
        **header,
    }
    return model.Document(
        text=TEXT,
        source_format="txt",
        header=model.Header(**values),  # type: ignore[arg-type]
        provisions=provisions,
        citations=(
            model.Citation("Quyết định số 23-QĐ/TW", "Quyết định", "23-QĐ/TW",
                           dt.date(2021, 7, 30), "Ban Chấp hành Trung ương",
                           (span("Quyết định số 23-QĐ/TW ngày 30/7/2021"),), (), sure),
            model.Citation("Luật Tiếp công dân", "Luật", None, None, None,
                           (span("Luật Tiếp công dân"),), (), sure),
        ),
        duties=(
            model.Duty("gửi kế hoạch", 0, (model.Party("Các cơ quan, đơn vị", "all", None),),
                       model.Due("chậm nhất ngày 04/4/2023", "by", dt.date(2023, 4, 4), None,
                                 span("chậm nhất ngày 04/4/2023")),
                       "plan", span("gửi kế hoạch"), sure),
            model.Duty("chấm điểm", 1,
                       (model.Party("Phòng Nội vụ", "lead", None),
                        model.Party("Sở Du lịch", "coordinate", None)),
                       model.Due("trước ngày 20/10/2023", "before", dt.date(2023, 10, 20), None,
                                 span("trước ngày 20/10/2023")),
                       None, span("chấm điểm"), model.Evidence(0.5, "chưa chắc")),
        ),
        targets=(
            model.Target(Decimal(60), "%", ">=", "đơn vị xếp loại Tốt", None, 2,
                         span("60% đơn vị xếp loại Tốt"), sure),
        ),
    )  # fmt: skip


def upload(content: bytes = TEXT.encode(), name: str = "ke-hoach.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def office(city: City) -> Actor:
    return city.actor("noi-vu")


@pytest.fixture
def draft(city: City, office: Actor, on_day) -> Draft:  # type: ignore[no-untyped-def]
    """The small plan under review."""
    on_day(2023, 3, 28)
    read = compiling.compiled(small_document())
    return reading.keep(city.body, compiled=read, file=upload(), by=office)


@pytest.fixture
def seed_draft(city: City, office: Actor, on_day) -> Draft:  # type: ignore[no-untyped-def]
    on_day(2023, 3, 28)
    return reading.read_in(city.body, file=upload(SEED.read_bytes(), SEED.name), by=office)


@pytest.fixture
def programme(draft: Draft, office: Actor) -> Programme:
    return published(draft, office)


def accept_all(draft: Draft, by: Actor) -> None:
    """As a person who found everything right would."""
    for group in review.groups(draft):
        for row in group.rows:
            if row.pending:
                findings.accept(draft, row.finding.pk, seen=row.finding.mark, by=by)


def published(draft: Draft, by: Actor) -> Programme:
    accept_all(draft, by)
    return publishing.publish(draft, by=by)


def one(draft: Draft, kind: str, order: int = 0) -> Finding:
    return draft.findings.get(kind=kind, order=order)


def header(draft: Draft, field: str) -> Finding:
    return next(f for f in draft.findings.filter(kind="header") if f.found["field"] == field)
