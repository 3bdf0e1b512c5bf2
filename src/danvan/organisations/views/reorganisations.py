"""Reorganisations: the list, drafting one by its resolution, what follows, writing it."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.kernel import audit, clock, files
from danvan.kernel.access import Refused
from danvan.organisations import queries, rules
from danvan.organisations.actions import reorganisations
from danvan.organisations.forms import FORMS, ResolutionForm, StartForm
from danvan.organisations.models import Reorganisation
from danvan.organisations.reorganising import consequences
from danvan.organisations.reorganising.plan import Plan


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "rows": queries.reorganisations_visible_to(actor),
        "may": rules.may_keep_units(actor, None),
        "form": StartForm(initial={"ngay": clock.today() + dt.timedelta(days=1)}),
    }
    return render(request, "organisations/reorganisations/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    if not (decision := rules.may_keep_units(request.actor, None)):  # type: ignore[attr-defined]
        raise Refused(decision)
    start = StartForm(request.GET)
    if not start.is_valid():
        context = {"form": start, "may": decision, "rows": []}
        return render(request, "organisations/reorganisations/list.html", context)
    form_code, day = start.cleaned_data["hinh_thuc"], start.cleaned_data["ngay"]
    form = FORMS[form_code](day, request.POST or None, request.FILES or None)
    corrects = start.cleaned_data["sua"]
    sent = request.method == "POST" and form.is_valid()
    if sent and (it := _drafted(request, form, form_code, corrects)):
        return redirect("organisations:reorganisation", it.pk)
    label = Reorganisation.Form(form_code).label
    context = {"form": form, "label": label, "day": day, "corrects": corrects}
    return render(request, "organisations/reorganisations/new.html", context)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    it, actor = _visible(request, pk), request.actor  # type: ignore[attr-defined]
    context = {
        "it": it,
        "told": consequences.of(Plan.from_data(it.plan), it.effective_on),
        "may_enact": rules.may_enact(actor, it),
        "may_withdraw": rules.may_withdraw(actor, it),
        "keeps": rules.may_keep_units(actor, it),
        "corrections": it.corrections.exclude(state=Reorganisation.State.WITHDRAWN),
        "start": StartForm(initial={"ngay": clock.today() + dt.timedelta(days=1), "sua": it.pk}),
        "history": audit.of(it)[:20],
    }
    return render(request, "organisations/reorganisations/detail.html", context)


@require_POST
def enact(request: HttpRequest, pk: int) -> HttpResponse:
    it = _visible(request, pk)
    try:
        reorganisations.enact(it, by=request.actor)  # type: ignore[attr-defined]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Đã ghi nhận sắp xếp đơn vị."))
    return redirect("organisations:reorganisation", pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    it = _visible(request, pk)
    reason = request.POST.get("reason", "").strip()
    reorganisations.withdraw(it, reason=reason, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("Đã rút: các đơn vị trở lại như trước."))
    return redirect("organisations:reorganisation", pk)


@require_GET
def resolution(request: HttpRequest, pk: int) -> FileResponse:
    it = _visible(request, pk)
    if it.file is None or not it.file.path.exists():
        raise Http404(_("Đợt sắp xếp này không kèm tệp văn bản."))
    return FileResponse(it.file.path.open("rb"), as_attachment=True, filename=it.file_name)


def _visible(request: HttpRequest, pk: int) -> Reorganisation:
    visible = queries.reorganisations_visible_to(request.actor)  # type: ignore[attr-defined]
    found: Reorganisation = get_object_or_404(visible, pk=pk)
    return found


def _drafted(
    request: HttpRequest, form: ResolutionForm, code: str, corrects: Reorganisation | None
) -> Reorganisation | None:
    """The draft, or None with the reasons on the form."""
    told, sent = form.cleaned_data, form.cleaned_data["file"]
    try:
        it: Reorganisation = reorganisations.draft(
            code,
            form.plan(),
            effective_on=form.day,
            code=told["code"],
            signed_on=told["signed_on"],
            subject=told["subject"],
            file=files.store(sent) if sent else None,
            file_name=sent.name if sent else "",
            corrects=corrects,
            by=request.actor,  # type: ignore[attr-defined]
        )
    except ValidationError as error:
        form.add_error(None, error)
        return None
    return it
