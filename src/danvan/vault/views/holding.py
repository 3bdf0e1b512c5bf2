"""Who holds, and the log of openings."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.kernel import clock
from danvan.kernel.access import Refused, actor_of, refuse
from danvan.organisations.models import Person, Unit
from danvan.organisations.queries import names_on
from danvan.vault import chain, queries, rules
from danvan.vault.actions import holders as acts
from danvan.vault.actions import opening
from danvan.vault.forms import HolderForm, labels_of
from danvan.vault.models import Sealed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def holders(request: HttpRequest) -> HttpResponse:
    """Who may open, since when, by which paper; naming one more where one may."""
    actor, today = actor_of(request), clock.today()
    bodies = queries.appoints_for(actor, today)
    form = _form(request, bodies) if bodies else None
    if request.method == "POST":
        if form is None:
            raise Refused(
                refuse(_("Chỉ người đứng đầu cơ quan hoặc thanh tra phân công người giữ."))
            )
        if form.is_valid():
            given = dict(form.cleaned_data)
            body = get_object_or_404(Unit, pk=given.pop("body"))
            acts.appoint_holder(body, **given, by=actor)
            messages.success(request, _("Đã phân công; có hiệu lực từ bây giờ."))
            return redirect("vault:holders")
    held = list(queries.holders_visible_to(actor))
    may = {body: rules.may_appoint(actor, body) for body in {h.body for h in held}}
    rows = [(h, h.holds_on(today), may[h.body]) for h in held]
    context = {"rows": rows, "form": form}
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "vault/holders.html", context, status=status)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    holder = get_object_or_404(queries.holders_visible_to(actor), pk=pk)
    acts.end_holder(holder, reason=request.POST.get("reason", ""), by=actor)
    messages.success(request, _("Đã thôi phân công; người này không mở được nữa."))
    return redirect("vault:holders")


@never_cache
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Every opening this person audits, newest first, and whether the chain holds."""
    actor = actor_of(request)
    rows = queries.openings_visible_to(actor)
    audits = bool(queries.appoints_for(actor, clock.today()))
    if not audits:
        raise Refused(refuse(_("Nhật ký mở hồ sơ mật chỉ người đứng đầu thanh tra được đọc.")))
    page = Paginator(rows, 50).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "rows": [(o, labels_of(o.fields), rules.may_see_listed(actor, o)) for o in page],
        "breaks": list(chain.breaks()),
    }
    return render(request, "vault/log.html", context)


@require_POST
def see(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    line = get_object_or_404(queries.openings_visible_to(actor), pk=pk)
    opening.see(line, by=actor)
    messages.success(request, _("Đã ghi: lần mở này được xem xét."))
    return redirect("vault:log")


def _form(request: HttpRequest, bodies: set[int]) -> HolderForm:
    today = clock.today()
    people = Person.objects.none()
    for body in Unit.objects.filter(pk__in=bodies):
        people = people | queries.possible_holders(body, today)
    records = Sealed.objects.filter(Q(body__in=bodies)).defer("ciphertext", "wrapped_key")
    return HolderForm(
        request.POST or None, bodies=sorted(names_on(today, bodies).items()),
        people=people, records=records,
    )  # fmt: skip
