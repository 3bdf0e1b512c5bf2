"""Who took a model up: told, confirmed by the adopter itself, with its results."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.emulation import queries, rules
from danvan.emulation.actions import adoptions
from danvan.emulation.forms import ConfirmForm, ResultForm, TakeUpForm, TellForm
from danvan.emulation.models import Adoption
from danvan.kernel import audit, clock
from danvan.kernel.access import Actor, actor_of, demand
from danvan.organisations.models import Unit


@require_http_methods(["GET", "HEAD", "POST"])
def spread(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own unit applies the model, or (owner, office) another unit is named."""
    actor = actor_of(request)
    held = get_object_or_404(queries.visible_to(actor), pk=pk)
    demand(rules.may_tell(actor, held))
    others = queries.adopters(held, clock.today())
    mine = [(u, name) for u, name in others if u in actor.scopes(*rules.ACTS_FOR)]
    may_name = bool(rules.acts_for(actor, held.unit_id) or rules.keeps(actor, held.body_id))
    # Two forms on one page: the button says which was sent.
    telling = "tell" in request.POST
    own = TakeUpForm(None if telling else request.POST or None, units=mine)
    tell = TellForm(request.POST if telling else None, units=others)
    if request.method == "POST" and (tell if telling else own).is_valid():
        if telling:
            unit = Unit.objects.get(pk=tell.cleaned_data["unit"])
            adoptions.tell(held, unit=unit, by=actor)
            messages.success(request, _("Đã báo; chờ đơn vị đó tự xác nhận."))
        else:
            data = own.cleaned_data
            unit = Unit.objects.get(pk=data.pop("unit"))
            adoptions.take_up(held, unit=unit, **data, by=actor)
            messages.success(request, _("Đã ghi đơn vị áp dụng mô hình."))
        return redirect("emulation:exemplar", pk=held.pk)
    context = {"exemplar": held, "own": own if mine else None, "tell": tell if may_name else None}
    status = 422 if own.is_bound or tell.is_bound else 200
    return render(request, "emulation/spread.html", context, status=status)


@require_safe
def adoption(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    return _shown(request, actor, held)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    demand(rules.may_confirm(actor, held))
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _shown(request, actor, held, form=form)
    adoptions.confirm(held, **form.cleaned_data, by=actor)
    messages.success(request, _("Đã xác nhận đơn vị áp dụng mô hình."))
    return redirect("emulation:adoption", pk=held.pk)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    adoptions.decline(held, reason=request.POST.get("reason", ""), by=actor)
    messages.success(request, _("Đã ghi: đơn vị không xác nhận."))
    return redirect("emulation:adoption", pk=held.pk)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    adoptions.end(held, reason=request.POST.get("reason", ""), by=actor)
    messages.success(request, _("Đã ghi: đơn vị thôi áp dụng mô hình."))
    return redirect("emulation:adoption", pk=held.pk)


@require_POST
def tell_result(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _held(request, pk)
    demand(rules.may_tell_result(actor, held))
    form = ResultForm(request.POST)
    if not form.is_valid():
        return _shown(request, actor, held, result=form)
    adoptions.tell_result(held, **form.cleaned_data, by=actor)
    messages.success(request, _("Đã ghi kết quả áp dụng."))
    return redirect("emulation:adoption", pk=held.pk)


def _held(request: HttpRequest, pk: int) -> tuple[Actor, Adoption]:
    actor = actor_of(request)
    return actor, get_object_or_404(queries.adoptions_visible_to(actor), pk=pk)


def _shown(
    request: HttpRequest,
    actor: Actor,
    held: Adoption,
    form: ConfirmForm | None = None,
    result: ResultForm | None = None,
) -> HttpResponse:
    units = {held.unit_id, held.exemplar.unit_id}
    names = queries.names_in(clock.today().year, units)
    itself = held.unit_id in actor.scopes(*queries.BELONGING)
    told = result or ResultForm(initial={"result": held.result})
    told.fields["result"].label, told.fields["result"].help_text = _("Kết quả áp dụng"), ""
    context = {
        "adoption": held, "exemplar": held.exemplar, "unit": names.get(held.unit_id, ""),
        "owner": names.get(held.exemplar.unit_id, ""), "form": form or ConfirmForm(),
        "result": told, "history": audit.of(held) if itself else None,
        **{f"may_{n}": getattr(rules, f"may_{n}")(actor, held) for n in (
            "confirm", "decline", "end", "tell_result")},
    }  # fmt: skip
    status = 422 if form or result else 200
    return render(request, "emulation/adoption.html", context, status=status)
