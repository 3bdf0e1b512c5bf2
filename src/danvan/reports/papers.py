"""The report as an official document: .docx in the decree's layout, .xlsx annex of figures."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from danvan.documents.letterheads import letterhead_of, signature_of
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.organisations.models import RoleHolding, UnitKind
from danvan.organisations.models.units import in_force
from danvan.organisations.naming import abbreviation
from danvan.organisations.queries import names_on, versions_on
from danvan.programmes import amending
from danvan.programmes.measuring import Measured, day_of, measured
from danvan.reports import trends
from danvan.reports.composing import span_of_report
from danvan.reports.models import Figure, Report, Section
from danvan.ui import written
from vanban import writing

COLUMNS = (
    writing.Column("STT", 13, "center"),
    writing.Column("Chỉ tiêu", 62),
    writing.Column("Đơn vị tính", 22, "center"),
    writing.Column("Kỳ này", 20, "center"),
    writing.Column("Kỳ trước", 20, "center"),
    writing.Column("Kế hoạch", 22, "center"),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """What a report says, before it has number and date."""

    letterhead: writing.Letterhead
    subject: str
    body: tuple[writing.Block, ...]
    annexes: tuple[writing.Annex, ...]
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    signature: writing.Signature
    position: str


def subject_of(report: Report) -> str:
    return f"{report.outline.title} {span_of_report(report).label}"


def compose(report: Report, by: Actor) -> Paper:
    """The document as ``by`` would sign it today."""
    day = clock.today()
    signature, position = signature_of(report.unit, by, day)
    letterhead = letterhead_of(report.unit, day)
    figures = figures_by_section(report)
    return Paper(
        letterhead=letterhead,
        subject=subject_of(report),
        body=tuple(_body(report, figures)),
        annexes=(writing.Annex("Số liệu kèm theo báo cáo", _annex(report, figures)),),
        addressees=_addressees(report, day),
        recipients=_recipients(report, letterhead.issuer, day),
        signature=signature,
        position=position,
    )


def file_of(paper: Paper, number: str | None, symbol: str, day: dt.date | None) -> bytes:
    """The .docx; blanks where number and date are not given yet (a draft)."""
    return writing.report(
        letterhead=paper.letterhead, number=number, symbol=symbol, date=day,
        subject=paper.subject, body=paper.body, signature=paper.signature,
        recipients=paper.recipients, addressees=paper.addressees, annexes=paper.annexes,
    )  # fmt: skip


def for_issuing(paper: Paper) -> dict[str, Any]:
    """The arguments of ``documents.actions.issuing.issue``."""

    def make_file(code: str, day: dt.date) -> bytes:
        number, _stroke, symbol = code.partition("/")
        return file_of(paper, number, symbol, day)

    return {
        "type_code": "BC",
        "type_name": "Báo cáo",
        "subject": paper.subject,
        "text": text_of(paper),
        "make_file": make_file,
        "signer": paper.signature.name,
        "signer_position": paper.position,
        "recipients": (*paper.addressees, *paper.recipients),
        "file_name": "bao-cao-dan-van.docx",
    }


def text_of(paper: Paper) -> str:
    """The words of the report without its annex, for the register."""
    lines = ["BÁO CÁO", paper.subject]
    for block in paper.body:
        if isinstance(block, writing.Heading | writing.Paragraph | writing.Bullet):
            text = block.text
            lines.append(text if isinstance(text, str) else "".join(map(str, text)))
    return "\n".join(lines)


def figures_by_section(report: Report) -> dict[int, list[Figure]]:
    """Section → its figures in order; one query."""
    found: dict[int, list[Figure]] = {}
    for figure in report.figures.select_related("item__section"):
        found.setdefault(figure.item.section_id, []).append(figure)
    return found


def workbook(report: Report) -> bytes:
    """The annex of figures as a worksheet: numbers stay numbers."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(_("Số liệu"))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    frame = {"border": 1, "text_wrap": True, "valign": "vcenter"}
    bold, cell = book.add_format({**frame, "bold": True}), book.add_format(frame)
    number = book.add_format({**frame, "num_format": "#,##0.##"})
    sheet.write_string(0, 0, subject_of(report), book.add_format({"bold": True, "font_size": 13}))
    heads = [*(column.title for column in COLUMNS), _("Nguồn, ghi chú")]
    for place, (head, width) in enumerate(zip(heads, (6, 52, 16, 12, 12, 12, 50), strict=True)):
        sheet.write_string(2, place, head, bold)
        sheet.set_column(place, place, width)
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    for place, row in enumerate(_cells(report, figures_by_section(report)), start=3):
        for column, value in enumerate(row):
            if isinstance(value, Decimal):
                sheet.write_number(place, column, value, number)
            else:
                sheet.write_string(place, column, value or "", bold if len(row) == 1 else cell)
    book.close()
    return out.getvalue()


def _cells(report: Report, figures: dict[int, list[Figure]]) -> Iterator[Sequence[Any]]:
    for section in report.outline.sections.all():
        held = figures.get(section.pk, [])
        if held:
            yield [f"{section.marker}. {section.title}"]
        for place, f in enumerate(held, start=1):
            note = f.note or f.said
            yield [Decimal(place), f.item.label, f.item.measure, f.value, f.previous, f.planned,
                   note]  # fmt: skip


def _body(report: Report, figures: dict[int, list[Figure]]) -> Iterator[writing.Block]:
    texts = {t.section_id: t for t in report.narratives.all()}
    for section in report.outline.sections.all():
        yield writing.Heading(f"{section.marker}. {section.title.upper()}", 1)
        told = texts.get(section.pk)
        yield from _paragraphs(told.text if told else "")
        for figure in figures.get(section.pk, []):
            yield writing.Bullet(sentence(figure))
        if section.kind == Section.Kind.TARGETS:
            yield from _targets(report)
        if section.kind == Section.Kind.INDICES:
            yield from trends.blocks(report)
        if told and told.quoted:
            yield writing.Paragraph("Kết quả nêu trong báo cáo của các đơn vị:")
            for quote in told.quoted:
                yield writing.Bullet(f"{quote['name']}: {' '.join(quote['text'].split())}")


def sentence(figure: Figure) -> str:
    """One figure in words: this period, the one before, the plan."""
    if figure.value is None:
        return f"{figure.item.label}: chưa có số liệu ({figure.note})."
    said = f"{figure.item.label}: {written.number(figure.value)} {figure.item.measure}"
    more = []
    if figure.previous is not None:
        more.append(f"kỳ trước {written.number(figure.previous)}")
    if figure.planned is not None:
        more.append(f"kế hoạch {written.number(figure.planned)}")
    return f"{said} ({'; '.join(more)})." if more else f"{said}."


def _paragraphs(text: str) -> Iterator[writing.Block]:
    for line in text.splitlines():
        if bare := line.strip():
            dash = bare.startswith(("-", "–", "+"))
            yield writing.Bullet(bare.lstrip("-–+ ")) if dash else writing.Paragraph(bare)


def _targets(report: Report) -> Iterator[writing.Block]:
    period = span_of_report(report).period
    targets = amending.targets_on(report.programme, day_of(period))
    for told in measured(report.programme, targets, period):
        yield writing.Bullet(target_sentence(told))


def target_sentence(told: Measured) -> str:
    """A target of the plan, what is reached, and whether that is enough."""
    subject = told.target.subject.strip().rstrip(".;")
    return f"{subject}: {told.said}."


def _annex(report: Report, figures: dict[int, list[Figure]]) -> writing.Table:
    rows: list[writing.Row] = []
    for section in report.outline.sections.all():
        held = figures.get(section.pk, [])
        if held:
            rows.append(writing.Group(section.title, section.marker))
        rows += [
            (
                str(place), f.item.label, f.item.measure, written.number(f.value),
                written.number(f.previous), written.number(f.planned),
            )
            for place, f in enumerate(held, start=1)
        ]  # fmt: skip
    return writing.Table(COLUMNS, tuple(rows), 12)


def _addressees(report: Report, day: dt.date) -> tuple[str, ...]:
    """A unit reports to its committee; the committee to whom it answers (superior bodies)."""
    body = report.programme.body_id
    if not report.consolidated:
        name = names_on(day, [body]).get(body, "")
        return (name,) if name else ()
    above = versions_on(day).filter(kind=UnitKind.SUPERIOR)
    return tuple(above.values_list("name", flat=True))


def _recipients(report: Report, issuer: str, day: dt.date) -> tuple[str, ...]:
    watching = RoleHolding.objects.filter(
        in_force(day), role=roles.OBSERVER, body=report.programme.body_id
    ).values_list("holder", flat=True)
    observers = names_on(day, watching).values() if report.consolidated else ()
    return ("Như trên", *observers, f"Lưu: VT, {abbreviation(issuer, '')}")
