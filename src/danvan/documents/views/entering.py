"""Entering a document by hand or by file, correcting it, its text as amended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

import vanban
from danvan.documents import pages, queries, rules
from danvan.documents.actions import registering
from danvan.documents.forms import DocumentForm, FileForm, TextForm
from danvan.documents.models import Document
from danvan.kernel import clock, files
from danvan.kernel.access import Actor, Refused, demand, refuse
from danvan.kernel.models import StoredFile
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.organisations.queries import bodies_on
from vanban.errors import ReadingError

# The name under which a read file travels from one form to the next.
SALT = "danvan.documents.read"


def body_of(actor: Actor) -> Unit:
    """The body in whose register the actor writes."""
    served = actor.scopes(roles.PROGRAMME_OFFICE, roles.ADMINISTRATION_OFFICE)
    ids = served or bodies_on(clock.today()).keys()
    body = Unit.objects.filter(pk__in=ids).order_by("pk").first()
    if body is None:
        raise Refused(refuse(_("Chưa có cơ quan nào giữ sổ văn bản vào ngày này.")))
    return body


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """By hand; or the second step after a file was read, with ``read`` signed by us."""
    actor = request.actor  # type: ignore[attr-defined]
    demand(rules.may_keep_register(actor, None))
    form = DocumentForm(request.POST if request.method == "POST" else None)
    read = _read(request.POST.get("read", ""), actor)
    if form.is_valid():
        try:
            document = registering.register(
                body_of(actor), values=form.cleaned_data, by=actor, **_kept(read)
            )
        except ValidationError as error:
            form.tell(error)
        else:
            messages.success(request, _("Đã đăng ký văn bản vào sổ."))
            return redirect("documents:document", document.pk)
    return _asked(request, form, FileForm(), read)


@require_POST
def read_file(request: HttpRequest) -> HttpResponse:
    """Reads a sent file; what cannot be read is said at the field."""
    actor = request.actor  # type: ignore[attr-defined]
    demand(rules.may_keep_register(actor, None))
    sent = FileForm(request.POST, request.FILES)
    if not sent.is_valid():
        return _asked(request, DocumentForm(), sent, None)
    file = sent.cleaned_data["file"]
    try:
        found = vanban.read(file.read(), file.name)
    except ReadingError as error:
        sent.add_error("file", error.message)
        return _asked(request, DocumentForm(), sent, None)
    file.seek(0)
    read = {"file": files.store(file).pk, "name": file.name[:200], "by": actor.id}
    form = DocumentForm(initial=_initial(found.header))
    return _asked(request, form, FileForm(), read)


def _initial(header: vanban.Header) -> dict[str, Any]:
    code = f"{header.number or ''}/{header.symbol}" if header.symbol else ""
    return {
        "type": header.type or "", "code": code, "issued_on": header.date,
        "issuer_name": header.issuer or "", "subject": header.subject or "",
        "signer": header.signer or "", "signer_position": header.signer_position or "",
        "recipients": "\n".join(header.recipients),
    }  # fmt: skip


def _read(token: str, actor: Actor) -> dict[str, Any] | None:
    """What was read for this person, not longer than a day ago."""
    try:
        read = signing.loads(token, salt=SALT, max_age=86_400) if token else None
    except signing.BadSignature:
        return None
    return read if read and read["by"] == actor.id else None


def _kept(read: dict[str, Any] | None) -> dict[str, Any]:
    if read is None:
        return {}
    file = StoredFile.objects.get(pk=read["file"])
    text = vanban.read(files.read(file), read["name"]).text
    return {"file": file, "file_name": read["name"], "text": text}


def _asked(
    request: HttpRequest, form: DocumentForm, sent: FileForm, read: dict[str, Any] | None
) -> HttpResponse:
    context = {
        "form": form, "file_form": sent, "read": read,
        "token": signing.dumps(read, salt=SALT) if read else "",
    }  # fmt: skip
    wrong = form.errors or sent.errors if request.method == "POST" else None
    return render(request, "documents/add.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    document = get_object_or_404(queries.visible_to(actor), pk=pk)
    demand(rules.may_keep_register(actor, document))
    posted = request.POST if request.method == "POST" else None
    form = DocumentForm(posted, initial=DocumentForm.of(document))
    if document.origin == Document.Origin.ISSUED:
        for name in registering.ISSUED_KEEPS:
            form.fields[name].disabled = True
    if form.is_valid():
        try:
            registering.correct(
                document, values=form.cleaned_data, by=actor,
                seen_before=signing.loads(request.POST.get("seen", ""), salt=SALT),
            )  # fmt: skip
        except ValidationError as error:
            form.tell(error)
        except signing.BadSignature:
            form.add_error(None, _("Trang đã cũ. Hãy mở lại rồi sửa."))
        else:
            messages.success(request, _("Đã lưu. Trước và sau khi sửa đều có trong nhật ký."))
            return redirect("documents:document", pk)
    document.refresh_from_db()
    seen = request.POST.get("seen") or signing.dumps(registering.seen(document), salt=SALT)
    context = {"form": form, "document": document, "seen": seen}
    return render(request, "documents/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Every dated text of a document, two of them beside each other, and a form for the next."""
    actor = request.actor  # type: ignore[attr-defined]
    document = get_object_or_404(queries.visible_to(actor), pk=pk)
    may = rules.may_keep_register(actor, document)
    if request.method == "POST":
        demand(may)
    form = TextForm(request.POST, request.FILES) if request.method == "POST" else TextForm()
    if form.is_valid() and _text_added(form, document, actor):
        messages.success(request, _("Đã ghi lời văn mới."))
        return redirect("documents:texts", pk)
    versions = list(document.text_versions.select_related("amended_by").defer("amended_by__text"))
    before, after = pages.chosen(document, versions, request.GET)
    context = {
        "document": document, "versions": versions, "form": form, "may_keep": may,
        "before": before, "after": after,
        "lines": pages.difference(before.text, after.text) if before and after else None,
    }  # fmt: skip
    return render(request, "documents/texts.html", context, status=422 if form.errors else 200)


def _text_added(form: TextForm, document: Document, actor: Actor) -> bool:
    told = {n: form.cleaned_data[n] for n in ("valid_from", "amended_by", "source", "text")}
    try:
        if file := form.cleaned_data["file"]:
            told["text"] = vanban.read(file.read(), file.name).text
        registering.add_text(document, by=actor, **told)
    except ReadingError as error:
        form.add_error("file", error.message)
    except ValidationError as error:
        form.add_error(None, error)
    return not form.errors
