"""Sealed records: their numbers, sealing, opening, the copy for verifiers."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.kernel import clock
from danvan.kernel.access import Refused, actor_of, demand, refuse
from danvan.organisations.models import Unit
from danvan.organisations.queries import names_on
from danvan.vault import keys, queries, rules
from danvan.vault.actions import opening, sealing
from danvan.vault.forms import OpeningForm, RedactForm, SealForm
from danvan.vault.models import Sealed, SealedFile
from danvan.vault.words import FIELDS


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The numbers this person holds, names holders for, or audits."""
    actor, today = actor_of(request), clock.today()
    rows = list(queries.visible_to(actor))
    copies = queries.redacted([r.pk for r in rows])
    names = names_on(today, {r.body_id for r in rows})
    context = {
        "rows": [(r, names.get(r.body_id, ""), r.pk in copies) for r in rows],
        "seals": bool(queries.takes_in_for(actor)),
        "appoints": bool(queries.appoints_for(actor, today)),
    }
    return render(request, "vault/list.html", context)


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def seal(request: HttpRequest) -> HttpResponse:
    """A denouncer's identity in; a number out."""
    actor = actor_of(request)
    bodies = queries.takes_in_for(actor)
    if not bodies:
        raise Refused(
            refuse(_("Chỉ người được phân công đích danh tiếp nhận tố cáo mới niêm danh tính."))
        )
    choices, has_key = sorted(names_on(clock.today(), bodies).items()), keys.available()
    form = SealForm(request.POST or None, request.FILES or None, bodies=choices, has_key=has_key)
    if request.method == "POST" and form.is_valid():
        body = get_object_or_404(Unit, pk=form.cleaned_data["body"])
        made = sealing.seal(body, **form.given(), by=actor)
        told = _("Đã niêm. Ghi số %(number)s vào hồ sơ vụ việc thay cho tên người tố cáo.")
        messages.success(request, told % {"number": made.number})
        return redirect("vault:sealed", pk=made.pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "has_key": has_key}
    return render(request, "vault/seal.html", context, status=status)


@never_cache
@require_safe
def sealed(request: HttpRequest, pk: int) -> HttpResponse:
    """The number, its copy for verifiers, and the way to open it for who is named."""
    return _page(request, _asked(request, pk), OpeningForm())


@never_cache
@sensitive_variables()
@require_POST
def open_(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sealed, once, on the answer to this request only: reloading it opens again."""
    held = _asked(request, pk)
    actor = actor_of(request)
    form = OpeningForm(request.POST)
    demand(rules.may_open(actor, held))
    if not form.is_valid():
        return _page(request, held, form, status=422)
    fields, reason = form.cleaned_data["fields_"], form.cleaned_data["reason"]
    found = opening.open_sealed(held, reason=reason, fields=fields, by=actor)
    context = {
        "sealed": held, "reason": reason,
        "words": [(label, found[f]) for f, label in FIELDS.items() if f in found],
    }  # fmt: skip
    return render(request, "vault/opened.html", context)


@never_cache
@sensitive_variables()
@require_POST
def file(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """One sealed paper, after a reason."""
    held = _asked(request, pk)
    paper = get_object_or_404(SealedFile.objects.select_related("sealed"), sealed=held, place=place)
    reason = request.POST.get("reason", "")
    name, data = opening.open_file(paper, reason=reason, by=actor_of(request))
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def redact(request: HttpRequest, pk: int) -> HttpResponse:
    """Masks the text; shows how it reads; keeps it when told to."""
    held, actor = _asked(request, pk), actor_of(request)
    demand(rules.may_redact(actor, held))
    form = RedactForm(request.POST or None)
    masked, hidden = "", 0
    if request.method == "POST" and form.is_valid():
        given = {"text": form.cleaned_data["text"], "hide": form.hidden()}
        if "keep" in request.POST:
            sealing.redact(held, **given, by=actor)
            messages.success(request, _("Đã lập bản che cho người xác minh."))
            return redirect("vault:sealed", pk=held.pk)
        masked, hidden = sealing.preview(held, **given)
    context = {"sealed": held, "form": form, "masked": masked, "hidden": hidden}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "vault/redact.html", context, status=status)


def _asked(request: HttpRequest, pk: int) -> Sealed:
    found: Sealed = get_object_or_404(queries.visible_to(actor_of(request)), pk=pk)
    return found


def _page(request: HttpRequest, held: Sealed, form: OpeningForm, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    context: dict[str, Any] = {
        "sealed": held,
        "form": form,
        "may": rules.may_open(actor, held),
        "name": names_on(clock.today(), [held.body_id]).get(held.body_id, ""),
        "copies": held.redacted_copies.select_related("made_by"),
        "holders": [
            h
            for h in queries.holders_visible_to(actor).filter(body=held.body_id)
            if h.sealed_id in (None, held.pk) and h.holds_on(clock.today())
        ],
        "papers": held.files.defer("ciphertext"),
    }
    return render(request, "vault/sealed.html", context, status=status)
