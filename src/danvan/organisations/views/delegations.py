"""A head or deputy lets somebody act for them, and takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from danvan.kernel import clock
from danvan.kernel.access import Refused
from danvan.organisations import queries, rules
from danvan.organisations.actions import delegations
from danvan.organisations.forms import GivingForm
from danvan.organisations.models import Delegation


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, key: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    visible = queries.visible_to(actor).prefetch_related(queries.with_versions())
    unit = get_object_or_404(visible, key=key)
    if not (decision := rules.may_give(actor, unit)):
        raise Refused(decision)
    form = GivingForm(unit, actor.id, request.POST or None)
    if form.is_valid():
        try:
            delegations.give(unit, **form.cleaned_data, by=actor)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Đã ghi nhận ủy quyền."))
            return redirect("organisations:unit", key)
    context = {
        "unit": unit, "form": form, "title": _("Ủy quyền việc của mình"),
        "name": queries.name_on(unit, clock.today()),
    }  # fmt: skip
    return render(request, "organisations/person.html", context)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    visible = queries.visible_to(request.actor)  # type: ignore[attr-defined]
    rows = Delegation.objects.filter(unit__in=visible).select_related("unit")
    row = get_object_or_404(rows, pk=pk)
    try:
        delegations.revoke(row, reason=request.POST.get("reason", ""), by=request.actor)  # type: ignore[attr-defined]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Đã thu hồi ủy quyền."))
    return redirect("organisations:unit", row.unit.key)
