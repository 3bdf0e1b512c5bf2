"""The list, its workbook, the page of one document and its file."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from danvan.documents import downloads, exports, pages, queries, rules, searching
from danvan.documents.forms import AsOfForm, RegisterForm
from danvan.kernel import audit, clock

PER_PAGE = 25
XLSX = downloads.TYPES["xlsx"]


def _form(request: HttpRequest) -> RegisterForm:
    visible = queries.visible_to(request.actor)  # type: ignore[attr-defined]
    return RegisterForm(queries.types(visible), queries.issuers(visible), request.GET)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    form = _form(request)
    documents = queries.listed(queries.visible_to(actor), **form.filters)
    page = Paginator(documents, PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "form": form,
        "page": page,
        "rows": pages.rows(page, form.filters["words"]),
        "filtered": any(form.filters.values()),
        "query": request.GET.urlencode(),
        "many": bool(form.filters["words"]) and page.paginator.count >= searching.MOST,
        "may_register": rules.may_keep_register(actor, None),
    }
    return render(request, "documents/index.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    visible = queries.visible_to(request.actor)  # type: ignore[attr-defined]
    content = exports.workbook(queries.listed(visible, whole=True, **_form(request).filters))
    name = f"van-ban-{clock.today():%Y-%m-%d}.xlsx"
    return HttpResponse(
        content,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    visible = queries.visible_to(actor).select_related("replaced_by", "file", "issuer")
    subject = get_object_or_404(queries.with_standing(visible), pk=pk)
    form = AsOfForm(request.GET)
    asked = form.cleaned_data.get("ngay") if form.is_valid() else None
    day, issued = asked or clock.today(), subject.issued_on
    context = {
        "document": subject,
        "form": form,
        "day": day,
        "standing": subject.standing_on(day),
        "changes": pages.changes(subject),
        "provisions": pages.provisions(subject, request.GET.get("q", "")),
        "cited_at": queries.citations_of(subject),
        "cites": pages.cites(subject, asked or issued or day),
        "cites_day": asked or issued or day,
        "texts": subject.text_versions.exists(),
        "receipts": pages.receipts_of(subject, actor),
        "history": audit.of(subject)[:20],
        "may_keep": rules.may_keep_register(actor, subject),
    }
    return render(request, "documents/document.html", context)


@require_GET
def file(request: HttpRequest, pk: int) -> FileResponse:
    visible = queries.visible_to(request.actor)  # type: ignore[attr-defined]
    subject = get_object_or_404(visible.select_related("file"), pk=pk)
    if subject.file is None:
        raise Http404
    return downloads.send(subject.file, subject.file_name or f"van-ban-{pk}.bin")
