"""To whom a document went, who has it, and the receipt of one addressee."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.documents import downloads, pages, queries, rules
from danvan.documents.actions import dispatch
from danvan.documents.forms import ProofForm, SendForm
from danvan.documents.models import Addressee, DispatchMark
from danvan.kernel import audit, files
from danvan.kernel.access import demand


@require_http_methods(["GET", "HEAD", "POST"])
def addressees(request: HttpRequest, pk: int) -> HttpResponse:
    """The list with every proof; POST sends to those that were ticked."""
    actor = request.actor  # type: ignore[attr-defined]
    document = get_object_or_404(queries.visible_to(actor).select_related("issuer"), pk=pk)
    receipts = pages.receipts(document)
    may = rules.may_dispatch(actor, document)
    posted = request.POST if request.method == "POST" else None
    if posted is not None:
        demand(may)
    form = SendForm([r.addressee for r in receipts], posted)
    if form.is_valid():
        try:
            count = dispatch.send(document, by=actor, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã ghi gửi đến %d nơi nhận.") % count)
            return redirect("documents:addressees", pk)
    missing = request.GET.get("loc") == "chua-nhan"
    context = {
        "document": document,
        "receipts": [r for r in receipts if not (missing and r.acknowledged)],
        "missing": missing,
        "all": len(receipts),
        "done": sum(1 for r in receipts if r.acknowledged),
        "form": form,
        "may_send": may,
    }
    status = 422 if form.errors else 200
    return render(request, "documents/addressees.html", context, status=status)


@require_POST
def address(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    document = get_object_or_404(queries.visible_to(actor), pk=pk)
    made = dispatch.address_again(document, by=actor)
    messages.success(request, _("Đã lập danh sách: thêm %d nơi nhận.") % len(made))
    return redirect("documents:addressees", pk)


def _addressee(request: HttpRequest, pk: int) -> Addressee:
    actor = request.actor  # type: ignore[attr-defined]
    found: Addressee = get_object_or_404(queries.addressed_to(actor), pk=pk)
    return found


@require_GET
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of one addressee. A person of the unit who looks has opened it."""
    actor = request.actor  # type: ignore[attr-defined]
    addressee = _addressee(request, pk)
    opened = addressee.marks.filter(kind="opened").exists()
    if not opened and rules.may_open(actor, addressee):
        dispatch.note_opened(addressee, by=actor)
    context = {
        "addressee": addressee,
        "document": addressee.document,
        "marks": addressee.marks.select_related("file"),
        "may_acknowledge": rules.may_acknowledge(actor, addressee),
        "may_enter": rules.may_enter_proof(actor, addressee),
        "form": ProofForm(),
        "history": audit.of(addressee)[:20],
    }
    return render(request, "documents/receipt.html", context)


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    addressee = _addressee(request, pk)
    actor = request.actor  # type: ignore[attr-defined]
    dispatch.acknowledge(addressee, note=request.POST.get("note", ""), by=actor)
    messages.success(request, _("Đã xác nhận nhận văn bản."))
    return redirect("documents:receipt", pk)


@require_POST
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """A receipt on paper, entered by whoever dispatches."""
    actor = request.actor  # type: ignore[attr-defined]
    addressee = _addressee(request, pk)
    may = rules.may_enter_proof(actor, addressee)
    demand(may)
    form = ProofForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data.pop("file")
        told = {"file": files.store(sent), "file_name": sent.name} if sent else {}
        try:
            dispatch.enter_proof(addressee, by=actor, **form.cleaned_data, **told)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã ghi minh chứng nhận văn bản."))
            return redirect("documents:receipt", pk)
    context = {
        "addressee": addressee,
        "document": addressee.document,
        "marks": addressee.marks.select_related("file"),
        "may_acknowledge": rules.may_acknowledge(actor, addressee),
        "may_enter": may,
        "form": form,
        "history": audit.of(addressee)[:20],
    }
    return render(request, "documents/receipt.html", context, status=422)


@require_GET
def proof_file(request: HttpRequest, pk: int) -> FileResponse:
    seen = queries.addressed_to(request.actor)  # type: ignore[attr-defined]
    marks = DispatchMark.objects.filter(addressee__in=seen).select_related("file")
    mark = get_object_or_404(marks, pk=pk)
    if mark.file is None:
        raise Http404
    return downloads.send(mark.file, mark.file_name or f"phieu-nhan-{pk}.bin", shown=True)
