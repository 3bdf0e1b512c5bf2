"""Writing a report, having it approved, handing it in, answering and revising it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.actions.submissions import file
from danvan.assignments.models import Assignment
from danvan.documents.actions.issuing import issue
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, Stale, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.organisations.queries import person_of
from danvan.programmes.models import Programme
from danvan.reports import composing, papers, rules
from danvan.reports.models import Figure, Narrative, Outline, Report
from danvan.reports.periods import Span
from danvan.reports.workflow import WORKFLOW
from danvan.ui.downloads import DOCX


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person gave for one item. ``value`` is ignored where the system read one."""

    value: Decimal | None = None
    note: str = ""
    planned: Decimal | None = None


@action("reports.report.begin", may=rules.may_write_for, says=gettext_lazy("soạn báo cáo"))
def begin(unit: Unit, *, outline: Outline, assignment: Assignment, span: Span, by: Actor) -> Report:
    """Opens a unit's report with its figures already in. Refused (done) if one is there."""
    if assignment.unit_id != unit.pk or assignment.programme is None:
        raise Refused(refuse(_("Nhiệm vụ báo cáo này không phải của đơn vị.")))
    report = _opened(unit, outline, assignment.programme, span, assignment)
    record(report, concerns=unit.pk, name=str(outline), code=span.label)
    return report


@action(
    "reports.report.consolidate",
    may=rules.may_consolidate,
    says=gettext_lazy("lập báo cáo tổng hợp"),
)
def consolidate(programme: Programme, *, outline: Outline, span: Span, by: Actor) -> Report:
    """Opens the body's report: figures summed over units' reports, texts quoted by unit."""
    report = _opened(programme.body, outline, programme, span, None)
    record(report, concerns=programme.body_id, name=str(outline), code=span.label)
    return report


@action("reports.report.save", may=rules.may_edit, says=gettext_lazy("lưu báo cáo"))
def save(
    report: Report,
    *,
    revision: int,
    figures: Mapping[int, Typed],
    texts: Mapping[int, str],
    by: Actor,
) -> Report:
    """Keeps typed figures (item id → Typed) and texts (section id → words).

    Stale if a colleague saved since ``revision``; then nothing is written.
    """
    _fresh(report, revision)
    changed = [f.item.label for f in report.figures.select_related("item__section")
               if f.item_id in figures and _typed_into(f, figures[f.item_id])]  # fmt: skip
    for text in report.narratives.select_related("section"):
        words = texts.get(text.section_id)
        if words is not None and words != text.text:
            Narrative.objects.filter(pk=text.pk).update(text=words)
            changed.append(text.section.title)
    report.revision += 1
    report.save(update_fields=["revision"])
    record(report, concerns=report.unit_id, revision=report.revision, parts=changed)
    return report


@action("reports.report.refresh", may=rules.may_edit, says=gettext_lazy("đọc lại số liệu"))
def refresh(report: Report, *, by: Actor) -> list[Figure]:
    """Reads the figures again as of now; typed ones stay."""
    changed = composing.refresh(report)
    report.read_at = clock.now()
    report.revision += 1
    report.save(update_fields=["read_at", "revision"])
    record(report, concerns=report.unit_id, parts=[f.item.label for f in changed])
    return changed


@action(
    "reports.report.put_forward",
    may=rules.may_put_forward,
    says=gettext_lazy("trình duyệt báo cáo"),
)
def put_forward(report: Report, *, by: Actor) -> Report:
    """Puts the whole report before who signs it. Refused while anything is blank."""
    _whole(report)
    return _moved(report, "put_forward")


@action(
    "reports.report.hand_back",
    may=rules.may_hand_back,
    says=gettext_lazy("chuyển lại báo cáo để sửa"),
)
def hand_back(report: Report, *, reason: str, by: Actor) -> Report:
    """Who signs wants something changed, and says what."""
    if not reason.strip():
        raise Refused(refuse(_("Phải ghi cần sửa gì.")))
    return _moved(report, "hand_back", reason.strip())


@action("reports.report.approve", may=rules.may_approve, says=gettext_lazy("duyệt, ký báo cáo"))
def approve(report: Report, *, revision: int | None = None, by: Actor) -> Report:
    """Numbers, dates and locks the report; a unit's own is handed in for its assignment.

    All or nothing: if the assignment cannot take it now, no number is used up.
    """
    if revision is not None:
        _fresh(report, revision)
    _whole(report)
    paper = papers.compose(report, by)
    report.document = issue(report.unit, **papers.for_issuing(paper), by=by)
    report.state = WORKFLOW.target("approve")
    report.approved_at, report.approved_by = clock.now(), person_of(by)
    report.save()
    if report.assignment_id:
        _hand_in(report, by)
    record(report, concerns=report.unit_id, code=report.document.code, version=report.version)
    return report


@action(
    "reports.report.answer", may=rules.may_answer, says=gettext_lazy("ghi trả lời của cấp trên")
)
def answer(
    report: Report, *, outcome: str, note: str = "", day: dt.date | None = None, by: Actor
) -> Report:
    """What the level above said of a consolidated report; a return needs its reason."""
    if outcome == Report.Answer.RETURNED and not note.strip():
        raise Refused(refuse(_("Phải ghi lý do cấp trên trả lại.")))
    report.answer, report.answer_note = outcome, note.strip()
    report.answered_on = day or clock.today()
    report.save(update_fields=["answer", "answer_note", "answered_on"])
    record(report, concerns=report.unit_id, reason=report.answer_note, result=str(
        Report.Answer(outcome).label))  # fmt: skip
    return report


@action("reports.report.revise", may=rules.may_revise, says=gettext_lazy("lập lần báo cáo mới"))
def revise(report: Report, *, by: Actor) -> Report:
    """A next version of a returned report, beginning with everything this one said."""
    made = Report.objects.create(
        outline=report.outline, programme=report.programme, unit=report.unit,
        assignment=report.assignment, consolidated=report.consolidated, form=report.form,
        period_start=report.period_start, period_end=report.period_end,
        version=report.version + 1, begun_at=clock.now(), read_at=clock.now(),
    )  # fmt: skip
    composing.fill(made)
    _carried_over(report, made)
    record(made, concerns=report.unit_id, version=made.version)
    return made


def _opened(
    unit: Unit, outline: Outline, programme: Programme, span: Span, assignment: Assignment | None
) -> Report:
    same = Report.objects.filter(
        unit=unit, outline=outline, consolidated=assignment is None, period_start=span.start,
        period_end=span.end,
    )  # fmt: skip
    if same.exists():
        raise Refused(already(_("Báo cáo %s đã có rồi.") % span.label))
    report = Report.objects.create(
        outline=outline, programme=programme, unit=unit, assignment=assignment,
        consolidated=assignment is None, form=span.form, period_start=span.start,
        period_end=span.end, begun_at=clock.now(), read_at=clock.now(),
    )  # fmt: skip
    composing.fill(report)
    return report


def _typed_into(figure: Figure, typed: Typed) -> bool:
    """Writes what was typed; says whether anything changed."""
    before = (figure.value, figure.note, figure.planned, figure.typed)
    figure.planned, figure.note = typed.planned, typed.note.strip()
    if not figure.read:
        figure.value = typed.value
        figure.typed = typed.value is not None
        if figure.typed and not figure.note:
            raise Refused(refuse(_("“%s”: số tự ghi phải có nguồn.") % figure.item.label))
    if before == (figure.value, figure.note, figure.planned, figure.typed):
        return False
    figure.save(update_fields=["value", "note", "planned", "typed"])
    return True


def _fresh(report: Report, revision: int) -> None:
    if revision != report.revision:
        raise Stale(_("Báo cáo đã được người khác lưu sau khi trang này được mở."))


def _whole(report: Report) -> None:
    lacking = composing.blanks(report)
    if lacking:
        first = lacking[0]
        raise Refused(
            refuse(
                _("Còn %(n)d chỗ trống; chỗ đầu tiên: mục %(section)s, “%(label)s”.")
                % {"n": len(lacking), "section": first.section.marker, "label": first.label}
            )
        )


def _moved(report: Report, move: str, reason: str = "") -> Report:
    report.state = WORKFLOW.target(move)
    report.revision += 1
    report.save(update_fields=["state", "revision"])
    record(report, concerns=report.unit_id, reason=reason, version=report.version)
    return report


def _hand_in(report: Report, by: Actor) -> None:
    document, assignment = report.document, report.assignment
    assert document is not None and document.file is not None and assignment is not None
    content = document.file.path.read_bytes()
    file(
        assignment,
        files=[SimpleUploadedFile(document.file_name, content, DOCX)],
        document_code=document.code,
        document_date=document.issued_on,
        note=_("Báo cáo lập trên hệ thống, lần %d.") % report.version,
        by=by,
    )


def _carried_over(before: Report, after: Report) -> None:
    """Texts, plans, typed values and their sources of the version that came back."""
    words = {t.section_id: t.text for t in before.narratives.all()}
    for text in after.narratives.all():
        Narrative.objects.filter(pk=text.pk).update(text=words.get(text.section_id, ""))
    held = {f.item_id: f for f in before.figures.all()}
    for figure in after.figures.all():
        old = held.get(figure.item_id)
        if old is None:
            continue
        figure.planned, figure.note = old.planned, old.note
        if old.typed and figure.value is None:
            figure.value, figure.typed = old.value, True
        figure.save(update_fields=["planned", "note", "value", "typed"])
