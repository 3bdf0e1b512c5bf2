"""The limits of the law as they are counted here, with source and confidence; one's own rows."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from danvan.kernel import clock
from danvan.kernel.access import Refused
from danvan.organisations.models import Unit
from danvan.organisations.queries import names_on
from danvan.petitions import deadlines, queries, rules, stages
from danvan.petitions.actions import watching
from danvan.petitions.clock import length
from danvan.petitions.deadlines import EVERY_KIND, Rule
from danvan.petitions.forms.acts import LimitForm
from danvan.petitions.models import Kind, Limit, OutsideFigures
from danvan.petitions.views.lists import chosen, keeper

CONFIDENCE = {
    "A": ("success", "đã đọc văn bản"), "B": ("warning", "bản không chính thức"),
    "C": ("danger", "nguồn thứ cấp"), "L": ("neutral", "nội bộ"),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def limits(request: HttpRequest) -> HttpResponse:
    """Every row the clock reads, and setting one of the body's own."""
    actor, bodies = keeper(request)
    body = Unit.objects.get(pk=chosen(request, bodies))
    may = rules.may_limit(actor, body)
    form = LimitForm(request.POST or None, initial={"since": clock.today()})
    if request.method == "POST":
        if not may:
            raise Refused(may)
        if form.is_valid():
            watching.set_limit(body, **form.cleaned_data, by=actor)
            messages.success(request, _("Đã đặt thời hạn; đơn nhận từ ngày đó tính theo."))
            return redirect(f"{request.path}?co_quan={body.pk}")
    found = [r for r in deadlines.for_body(body.pk) if r.stage in stages.LABELS]
    context = {
        "bodies": bodies, "body": body.pk, "may": may, "form": form,
        "rows": [_row(rule) for rule in found],
        "own": Limit.objects.filter(body=body).select_related("entered_by"),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "petitions/limits.html", context, status=status)


@require_safe
def outside(request: HttpRequest) -> HttpResponse:
    """Totals of systems that hold the cases themselves."""
    actor, bodies = keeper(request)
    offices = {pk for pk, _name in bodies}
    under = OutsideFigures.objects.filter(unit__versions__parent__in=offices)
    found = OutsideFigures.objects.filter(unit__in=offices) | under
    rows = list(found.distinct().order_by("-end", "unit")[:300])
    names = names_on(clock.today(), {row.unit_id for row in rows})
    from danvan.petitions.tables import FIGURES

    context = {
        "rows": [(names.get(row.unit_id, "–"), row) for row in rows],
        "may": FIGURES.may(actor), "seen": queries.bodies_of(actor),
    }  # fmt: skip
    return render(request, "petitions/outside.html", context)


def _row(rule: Rule) -> tuple[Rule, str, str, str, tuple[str, str]]:
    kinds = dict(Kind.choices)
    kind = str(kinds.get(rule.kind, _("mọi loại"))) if rule.kind != EVERY_KIND else _("mọi loại")
    words = {"complex": _("phức tạp"), "especially complex": _("đặc biệt phức tạp"),
             "remote": _("vùng sâu, vùng xa"), "delegated": _("kiểm tra nhiều nơi"),
             "posting": _("niêm yết"), "dismissal": _("buộc thôi việc")}  # fmt: skip
    case = ", ".join(str(words[t]) for t in sorted(rule.traits) if t in words)
    shown = length(rule) if rule.limit_type != "min" else _("ít nhất %s") % length(rule)
    return rule, kind, case, shown, CONFIDENCE.get(rule.confidence, ("neutral", ""))
