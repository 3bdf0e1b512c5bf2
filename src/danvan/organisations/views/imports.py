"""Tables in: choose, send, read the report of the dry run, confirm, undo."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.kernel import imports
from danvan.kernel.access import Refused, Stale
from danvan.kernel.imports.tables import Table
from danvan.kernel.models import Import
from danvan.organisations.forms import TableForm
from danvan.organisations.importing import queries, workbooks
from danvan.ui.downloads import XLSX

PER_PAGE = 50
LABELS = {
    "error": gettext_lazy("Lỗi"),
    "changed": gettext_lazy("Thay đổi"),
    "new": gettext_lazy("Thêm mới"),
    "same": gettext_lazy("Không đổi"),
    "warned": gettext_lazy("Cần lưu ý"),
}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    context = {"tables": imports.offered_to(actor), "latest": queries.latest(actor)}
    return render(request, "organisations/imports/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, table: str) -> HttpResponse:
    kind = _table(request, table)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["table"]
        try:
            it = imports.preview(kind.code, sent.name, sent.read(), by=request.actor)  # type: ignore[attr-defined]
        except imports.Unreadable as error:
            form.add_error("table", str(error))
        else:
            return redirect("imports:report", it.pk)
    return render(request, "organisations/imports/send.html", {"form": form, "table": kind})


@require_GET
def template(request: HttpRequest, table: str) -> HttpResponse:
    kind = _table(request, table)
    return _workbook(workbooks.template(kind), f"mau {kind.label}.xlsx")


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    it, kind = _import(request, pk)
    state = request.GET.get("loai", "")
    state = state if state in LABELS else ""
    page = Paginator(queries.lines(it, kind, state), PER_PAGE).get_page(request.GET.get("trang"))
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "it": it,
        "table": kind,
        "page": page,
        "lines": [queries.shown(kind, row) for row in page.object_list],
        "tabs": _tabs(it, state),
        "good": _good(it),
        "may_apply": imports.may_apply(actor, it),
        "may_undo": imports.may_undo(actor, it),
    }
    return render(request, "organisations/imports/report.html", context)


@require_GET
def faults(request: HttpRequest, pk: int) -> HttpResponse:
    it, kind = _import(request, pk)
    return _workbook(workbooks.faults(kind, it), f"dong loi {kind.label}.xlsx")


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    it, _kind = _import(request, pk)
    by = request.actor  # type: ignore[attr-defined]
    try:
        imports.apply(it, by=by)
    except Stale as stale:
        imports.judge_again(it, by=by)
        messages.warning(request, stale.reason)
    else:
        told = {"n": _good(it), "left": it.counts.get("error", 0)}
        said = _("Đã ghi %(n)d dòng; %(left)d dòng lỗi bị bỏ lại, chưa ghi.")
        messages.success(request, (said if told["left"] else _("Đã ghi %(n)d dòng.")) % told)
    return redirect("imports:report", pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    it, _kind = _import(request, pk)
    try:
        imports.undo(it, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        # Who may undo, but not now: told on the report itself, where the rows are.
        if refused.decision.done or not imports.may_undo(request.actor, it):  # type: ignore
            raise
        messages.error(request, refused.decision.reason)
    else:
        messages.success(request, _("Đã hoàn tác: mọi dòng trở lại như trước khi nhập."))
    return redirect("imports:report", pk)


def _table(request: HttpRequest, code: str) -> Table:
    kind = imports.REGISTRY.get(code)
    if kind is None:
        raise Http404
    if not (decision := kind.may(request.actor)):  # type: ignore[attr-defined]
        raise Refused(decision)
    return kind


def _import(request: HttpRequest, pk: int) -> tuple[Import, Table]:
    it = get_object_or_404(queries.visible_to(request.actor), pk=pk)  # type: ignore[attr-defined]
    return it, imports.REGISTRY[it.table]


def _good(it: Import) -> int:
    """Rows that writing writes."""
    return int(it.counts.get("new", 0)) + int(it.counts.get("changed", 0))


def _tabs(it: Import, state: str) -> list[tuple[Any, str, bool, int]]:
    url = reverse("imports:report", args=[it.pk])
    found: list[tuple[Any, str, bool, int]] = [(_("Tất cả"), url, not state, len(it.rows))]
    for code, label in LABELS.items():
        if n := it.counts.get(code, 0):
            found.append((str(label), f"{url}?loai={code}", state == code, n))
    return found


def _workbook(content: bytes, name: str) -> HttpResponse:
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": header})
