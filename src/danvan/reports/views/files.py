"""The report as files: the official document and its annex of figures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from danvan.kernel.access import actor_of
from danvan.organisations.naming import abbreviation
from danvan.organisations.queries import versions_on
from danvan.reports import papers
from danvan.reports.views.requests import report_or_404
from danvan.ui.downloads import DOCX, XLSX, attachment


@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The issued document; before that a draft without number and date."""
    report = report_or_404(request, pk)
    if report.document_id:
        return redirect("documents:file", report.document_id)
    version = versions_on(report.period_end).filter(unit=report.unit_id).first()
    organ = abbreviation(version.name, version.kind) if version else "DV"
    paper = papers.compose(report, actor_of(request))
    data = papers.file_of(paper, None, f"BC-{organ}", None)
    return attachment(data, "du-thao-bao-cao.docx", DOCX)


@require_GET
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    return attachment(papers.workbook(report_or_404(request, pk)), "so-lieu-bao-cao.xlsx", XLSX)
