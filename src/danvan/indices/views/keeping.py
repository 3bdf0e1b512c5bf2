"""Keeping the series: definitions, a year's edition, one result and its corrections."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from danvan.indices import comparing, queries, rules
from danvan.indices.actions import editions, results
from danvan.indices.forms import CorrectionForm, EditionForm, ResultForm
from danvan.indices.models import Edition
from danvan.kernel.access import Actor, Refused, actor_of, refuse
from danvan.organisations.models import Unit


@require_POST
def enact(request: HttpRequest) -> HttpResponse:
    """Puts the definitions the product comes with in force."""
    actor = actor_of(request)
    editions.enact(_body(actor), rows=editions.shipped(), by=actor)
    messages.success(request, _("Đã đưa bộ chỉ số vào dùng."))
    return redirect("indices:list")


@require_http_methods(["GET", "HEAD", "POST"])
def open_edition(request: HttpRequest) -> HttpResponse:
    """A year's edition; its results are entered on its own page."""
    actor, indices = actor_of(request), queries.newest()
    body = _body(actor)
    first = {"code": request.GET.get("chi_so", "")}
    form = EditionForm(request.POST or None, indices=indices, initial=first)
    if request.method == "POST" and form.is_valid():
        made = editions.open_edition(body, **form.values(), by=actor)
        messages.success(request, _("Đã mở kỳ công bố; nhập kết quả từng đơn vị."))
        return redirect("indices:edition", pk=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "indices/open.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """The results of a year with their source; entering one more where one may."""
    actor = actor_of(request)
    held = get_object_or_404(queries.visible_to(actor), pk=pk)
    may = rules.may_enter(actor, held)
    units = _unmeasured(held) if may else []
    maximum = {"maximum": held.index.maximum.normalize()}
    form = ResultForm(request.POST or None, units=units, initial=maximum)
    if request.method == "POST":
        if not may:
            raise Refused(may)
        if form.is_valid():
            row = (form.cleaned_data["unit"], form.figures())
            results.enter(held, rows=[row], by=actor)
            messages.success(request, _("Đã ghi kết quả."))
            return redirect("indices:edition", pk=held.pk)
    context = {
        "edition": held, "form": form, "may": may, "units": units, "rule": comparing.RULE,
        "found": _compared(held),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "indices/edition.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """Why this figure: source, rate, comparison, corrections; and correcting it."""
    actor = actor_of(request)
    held = get_object_or_404(queries.results_visible_to(actor), pk=pk)
    may = rules.may_correct(actor, held)
    form = CorrectionForm(request.POST) if request.method == "POST" else CorrectionForm.of(held)
    if request.method == "POST":
        if not may:
            raise Refused(may)
        if form.is_valid():
            results.correct(
                held, figures=form.figures(), reason=form.cleaned_data["reason"], by=actor
            )
            messages.success(request, _("Đã đính chính; số cũ vẫn được giữ."))
            return redirect("indices:result", pk=held.pk)
    found = queries.comparisons(held.edition.code, [held.unit_id], held.edition.year)
    name = queries.names_by_year([held.unit_id]).get(held.unit_id, [])
    context = {
        "result": held, "edition": held.edition, "may": may, "form": form,
        "name": queries.name_in(name, held.edition.year), "comparison": found[held.unit_id],
        "corrections": held.corrections.select_related("corrected_by"), "rule": comparing.RULE,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "indices/result.html", context, status=status)


def _body(actor: Actor) -> Unit:
    """The committee whose series the actor keeps; Refused if there is none."""
    body = Unit.objects.filter(pk__in=actor.scopes(*rules.KEEPING)).order_by("pk").first()
    if body is None:
        raise Refused(
            refuse(_("Chỉ cơ quan thường trực chương trình hoặc văn phòng mới nhập chỉ số được."))
        )
    return body


def _unmeasured(edition: Edition) -> list[tuple[int, str]]:
    """Units that have no result in the edition yet."""
    known = set(edition.results.values_list("unit", flat=True))
    measured = queries.measurable(edition.body, edition.year)
    return [(unit, name) for unit, name in measured if unit not in known]


def _compared(edition: Edition) -> list[tuple[str, comparing.Comparison]]:
    """(name that year, comparison) by rank, then name; a constant number of queries."""
    rows = list(edition.results.values_list("unit", flat=True))
    found = queries.comparisons(edition.code, rows, edition.year)
    names = queries.names_by_year(rows)
    told = [(queries.name_in(names.get(u, []), edition.year), found[u]) for u in rows]
    return sorted(told, key=lambda pair: (pair[1].now.rank or 10**6, pair[0]))
