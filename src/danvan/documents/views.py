"""The register of documents and the page of one document."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from danvan.documents import downloads, exports, queries
from danvan.documents.forms import AsOfForm, RegisterForm
from danvan.kernel import audit, clock

PER_PAGE = 25
XLSX = downloads.TYPES["xlsx"]


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    visible = queries.visible_to(request.actor)  # type: ignore[attr-defined]
    form = RegisterForm(queries.types(visible), request.GET)
    documents = queries.listed(visible, **form.filters)
    page = Paginator(documents, PER_PAGE).get_page(request.GET.get("trang"))
    filtered = any(form.filters.values())
    context = {"form": form, "page": page, "filtered": filtered, "query": request.GET.urlencode()}
    return render(request, "documents/index.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    visible = queries.visible_to(request.actor)  # type: ignore[attr-defined]
    form = RegisterForm(queries.types(visible), request.GET)
    content = exports.workbook(queries.listed(visible, **form.filters))
    name = f"van-ban-{clock.today():%Y-%m-%d}.xlsx"
    return HttpResponse(
        content,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    visible = queries.visible_to(request.actor)  # type: ignore[attr-defined]
    subject = get_object_or_404(visible.select_related("replaced_by", "file"), pk=pk)
    form = AsOfForm(request.GET)
    day = (form.cleaned_data.get("ngay") if form.is_valid() else None) or clock.today()
    context = {
        "document": subject,
        "form": form,
        "day": day,
        "in_force": subject.in_force_on(day),
        "replaces": subject.replaces.defer("text"),
        "provisions": subject.provisions.all(),
        "cited_at": queries.citations_of(subject),
        "cites": queries.citations_in(subject),
        "history": audit.of(subject)[:20],
    }
    return render(request, "documents/document.html", context)


@require_GET
def file(request: HttpRequest, pk: int) -> FileResponse:
    visible = queries.visible_to(request.actor)  # type: ignore[attr-defined]
    subject = get_object_or_404(visible.select_related("file"), pk=pk)
    if subject.file is None:
        raise Http404
    return downloads.send(subject.file, subject.file_name or f"van-ban-{pk}.bin")
