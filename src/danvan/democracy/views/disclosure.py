"""Disclosure: the year's plans, one plan, one item, one disclosure, one posting, a quarter."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.democracy import catalogue, disclosing, exports_telling
from danvan.democracy.actions import disclosure as acts
from danvan.democracy.forms import disclosure as forms
from danvan.democracy.models import Disclosure, DisclosureItem, DisclosurePlan
from danvan.democracy.queries import disclosure as queries
from danvan.democracy.queries import matters
from danvan.democracy.rules import disclosure as rules
from danvan.democracy.views.telling import units_of
from danvan.documents.downloads import send
from danvan.kernel import audit, clock
from danvan.kernel.access import Refused, actor_of
from danvan.organisations.models import Unit
from danvan.organisations.queries import names_on, people_in
from danvan.ui.downloads import XLSX, attachment

BOTH = ["GET", "HEAD", "POST"]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Plans of a year in view, with what is on time and what is not; and making one's own."""
    actor, day = actor_of(request), clock.today()
    seen = queries.visible_to(actor)
    years = sorted(set(seen.order_by().values_list("year", flat=True)) | {day.year}, reverse=True)
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else day.year
    plans = list(seen.filter(year=year))
    names = names_on(queries.day_in(year), [p.unit_id for p in plans])
    own = units_of(actor)
    planned = {p.unit_id for p in plans}
    rows = _rows(plans, names)
    context = {
        "rows": rows, "year": year,
        "tabs": [(str(y), f"?nam={y}", y == year) for y in years],
        "missing": [(pk, name) for pk, name in own if pk not in planned],
        "in_use": matters.is_in_use(), "total": _total(rows),
    }  # fmt: skip
    return render(request, "democracy/disclosure_list.html", context)


def _rows(plans: list[DisclosurePlan], names: dict[int, str]) -> list[dict[str, Any]]:
    """A line per plan: one query for the disclosures of all of them."""
    day, held = clock.today(), defaultdict(list)
    for row in queries.of_plans([p.pk for p in plans]):
        held[row.item.plan_id].append(row)
    rows = []
    for plan in plans:
        found = held[plan.pk]
        warned = [w for d in found for w in disclosing.warnings(d, day) if w.kind != "soon"]
        judged = [disclosing.on_time(d, day) for d in found]
        rows.append({
            "plan": plan, "name": names.get(plan.unit_id) or str(plan.unit), "count": len(found),
            "good": judged.count(True), "owed": len(judged) - judged.count(None),
            "warned": len(warned), "tone": disclosing.tone_of(warned),
        })  # fmt: skip
    return sorted(rows, key=lambda r: (-r["warned"], r["name"]))


def _total(rows: list[dict[str, Any]]) -> dict[str, int]:
    return {n: sum(r[n] for r in rows) for n in ("count", "good", "owed", "warned")}


@require_POST
def make_plan(request: HttpRequest) -> HttpResponse:
    """Makes the plan of a unit from the catalogue."""
    actor = actor_of(request)
    form = forms.PlanForm(request.POST, units=list(names_on(clock.today()).items()))
    if not form.is_valid():
        raise BadRequest
    unit = get_object_or_404(Unit, pk=form.cleaned_data["unit"])
    plan = acts.make_plan(unit, year=form.cleaned_data["year"], by=actor)
    messages.success(request, _("Đã lập kế hoạch công khai theo danh mục luật định."))
    return redirect("democracy:disclosure_plan", pk=plan.pk)


@require_http_methods(BOTH)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """What the plan says will be told, and how each item stands; adding an item."""
    actor, day = actor_of(request), clock.today()
    held = get_object_or_404(queries.visible_to(actor), pk=pk)
    may = rules.may_change_plan(actor, held)
    form = forms.ItemForm(request.POST or None, plan=held)
    if request.method == "POST":
        if not may:
            raise Refused(may)
        if form.is_valid():
            acts.add_item(held, **form.cleaned_data, by=actor)
            messages.success(request, _("Đã thêm nội dung vào kế hoạch."))
            return redirect("democracy:disclosure_plan", pk=held.pk)
    items = queries.items_of(held)
    posted = {row.quarter: row for row in held.quarterly_lists.all()}
    context = {
        "plan": held, "may": may, "form": form, "day": day,
        "name": _named(held, queries.day_in(held.year)),
        "lines": [_line(item) for item in items],
        "unclear": len(disclosing.unclear_items(items)),
        "quarters": [(q, posted.get(q), _unlisted(held.year, q)) for q in (1, 2, 3, 4)],
        "doubt": next((i.matter.doubt for i in items if i.matter.doubt), ""),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "democracy/disclosure_plan.html", context, status=status)


def _unlisted(year: int, quarter: int) -> str:
    """Why the list of a quarter is not posted yet, in words."""
    end = queries.days_of(year, quarter)[1]
    if end < disclosing.REGIME_FROM:
        return _("chưa có quy định này (từ ngày 01/7/2023)")
    return _("chưa hết quý") if end >= clock.today() else _("chưa ghi niêm yết")


def _named(plan: DisclosurePlan, day: dt.date) -> str:
    return names_on(day, [plan.unit_id]).get(plan.unit_id) or str(plan.unit)


def _line(item: DisclosureItem) -> dict[str, Any]:
    """One item with its disclosures, newest first, and what to say of each."""
    day = clock.today()
    told = [(d, disclosing.warnings(d, day)) for d in item.disclosures.all()]
    return {"item": item, "told": told, "rule": catalogue.said(item.matter)}


@require_http_methods(BOTH)
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Registering what came up under an item (``viec=dang-ky``); who sees to it (``phan-cong``)."""
    actor = actor_of(request)
    held = get_object_or_404(queries.items_visible_to(actor), pk=pk)
    may = rules.may_register(actor, held)
    people = list(people_in(held.plan.unit, clock.today())) if may else []
    first = {"person": held.person_id, "not_arising": held.not_arising}
    register = forms.DisclosureForm.of(held)
    settle = forms.SettleForm(initial=first, people=people)
    status = 200
    if request.method == "POST":
        if not may:
            raise Refused(may)
        if request.POST.get("viec") == "phan-cong":
            settle = forms.SettleForm(request.POST, people=people)
            if settle.is_valid():
                acts.settle_item(held, **settle.cleaned_data, by=actor)
                messages.success(request, _("Đã ghi."))
                return redirect("democracy:disclosure_item", pk=held.pk)
        else:
            register = forms.DisclosureForm(request.POST, request.FILES)
            if register.is_valid():
                made = acts.register(held, **register.cleaned_data, by=actor)
                messages.success(request, _("Đã đăng ký; ghi nơi công khai khi đã công khai."))
                return redirect("democracy:disclosure", pk=made.pk)
        status = 422
    told = queries.disclosures_visible_to(actor).filter(item=held)
    day = clock.today()
    context = {
        "item": held, "plan": held.plan, "may": may, "register": register, "settle": settle,
        "told": [(d, disclosing.warnings(d, day), disclosing.posted_on(d)) for d in told],
        "rule": catalogue.said(held.matter), "history": audit.of(held)[:20],
    }  # fmt: skip
    return render(request, "democracy/disclosure_item.html", context, status=status)


@require_http_methods(BOTH)
def disclosure(request: HttpRequest, pk: int) -> HttpResponse:
    """One disclosure: dates and warnings with their why, where it hung; posting, replacing."""
    actor = actor_of(request)
    held = get_object_or_404(queries.disclosures_visible_to(actor), pk=pk)
    replacing = request.POST.get("viec") == "thay"
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    posting = forms.PostingForm(*(() if replacing else sent))
    replacement = forms.DisclosureForm(*(sent if replacing else ()))
    if request.method == "POST":
        may = (rules.may_replace if replacing else rules.may_post)(actor, held)
        if not may:
            raise Refused(may)
        if replacing and replacement.is_valid():
            made = acts.replace(held, **replacement.cleaned_data, by=actor)
            messages.success(request, _("Đã đăng ký nội dung mới thay cho nội dung này."))
            return redirect("democracy:disclosure", pk=made.pk)
        if not replacing and posting.is_valid():
            acts.post(held, **posting.cleaned_data, by=actor)
            messages.success(request, _("Đã ghi việc công khai."))
            return redirect("democracy:disclosure", pk=held.pk)
    context = _about(held) | {
        "posting_form": posting, "replace_form": replacement,
        "may_post": rules.may_post(actor, held), "may_replace": rules.may_replace(actor, held),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "democracy/disclosure_detail.html", context, status=status)


def _about(held: Disclosure) -> dict[str, Any]:
    day = clock.today()
    return {
        "disclosure": held, "item": held.item, "plan": held.item.plan,
        "warnings": disclosing.warnings(held, day), "why_due": disclosing.why_due(held),
        "postings": [(p, disclosing.stays_until(p, held.matter)) for p in held.postings.all()],
        "posted_on": disclosing.posted_on(held), "public_until": disclosing.public_until(held),
        "on_time": disclosing.on_time(held, day),
        "rule": catalogue.said(held.matter or held.item.matter),
        "replacement": next(iter(held.replaced_by.all()), None), "history": audit.of(held)[:50],
    }  # fmt: skip


@require_http_methods(BOTH)
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    """One posting: taking it down (``viec=go``), correcting what was recorded (``dinh-chinh``)."""
    actor = actor_of(request)
    held = get_object_or_404(queries.postings_visible_to(actor), pk=pk)
    down = forms.TakeDownForm(posting=held)
    correct = forms.CorrectPostingForm.of(held)
    if request.method == "POST":
        taking = request.POST.get("viec") == "go"
        may = (rules.may_take_down if taking else rules.may_correct)(actor, held)
        if not may:
            raise Refused(may)
        if taking:
            down = forms.TakeDownForm(request.POST, posting=held)
        else:
            correct = forms.CorrectPostingForm(request.POST, request.FILES)
        if taking and down.is_valid():
            acts.take_down(held, **down.cleaned_data, by=actor)
            messages.success(request, _("Đã ghi ngày gỡ."))
            return redirect("democracy:disclosure", pk=held.disclosure_id)
        if not taking and correct.is_valid():
            words = correct.cleaned_data
            acts.correct(held, values=correct.values(), proof=words["proof"],
                         reason=words["reason"], by=actor)  # fmt: skip
            messages.success(request, _("Đã đính chính; điều ghi trước vẫn ở nhật ký."))
            return redirect("democracy:disclosure", pk=held.disclosure_id)
    context = {
        "posting": held, "disclosure": held.disclosure, "down": down, "correct": correct,
        "may_down": rules.may_take_down(actor, held), "may": rules.may_correct(actor, held),
        "until": disclosing.stays_until(held, held.disclosure.matter),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "democracy/disclosure_posting.html", context, status=status)


@require_safe
def proof(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The photo or scan of a posting."""
    held = get_object_or_404(queries.postings_visible_to(actor_of(request)), pk=pk)
    if held.proof is None:
        raise Http404
    return send(held.proof, held.proof_name, shown="xem" in request.GET)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of a disclosure."""
    held = get_object_or_404(queries.disclosures_visible_to(actor_of(request)), pk=pk)
    if held.file is None:
        raise Http404
    return send(held.file, held.file_name, shown="xem" in request.GET)


@require_http_methods(BOTH)
def quarter(request: HttpRequest, pk: int, quarter: int) -> HttpResponse:
    """The list of a quarter to print and post; recording that it was posted."""
    actor = actor_of(request)
    held = get_object_or_404(queries.visible_to(actor), pk=pk)
    if quarter not in (1, 2, 3, 4):
        raise Http404
    may = rules.may_change_plan(actor, held)
    form = forms.QuarterlyListForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not may:
            raise Refused(may)
        if form.is_valid():
            acts.post_list(held, quarter=quarter, **form.cleaned_data, by=actor)
            messages.success(request, _("Đã ghi việc niêm yết danh sách quý."))
            return redirect("democracy:disclosure_quarter", pk=held.pk, quarter=quarter)
    context = _of_quarter(held, quarter) | {"form": form, "may": may}
    status = 422 if form.is_bound else 200
    return render(request, "democracy/disclosure_quarter.html", context, status=status)


def _of_quarter(plan: DisclosurePlan, quarter: int) -> dict[str, Any]:
    start, end = queries.days_of(plan.year, quarter)
    return {
        "plan": plan, "quarter": quarter, "start": start, "end": end,
        "name": _named(plan, end),
        "postings": queries.in_quarter(plan, quarter),
        "posted": plan.quarterly_lists.filter(quarter=quarter).first(),
    }  # fmt: skip


@require_safe
def quarter_workbook(request: HttpRequest, pk: int, quarter: int) -> HttpResponse:
    """The same list as .xlsx."""
    held = get_object_or_404(queries.visible_to(actor_of(request)), pk=pk)
    if quarter not in (1, 2, 3, 4):
        raise Http404
    about = _of_quarter(held, quarter)
    content = exports_telling.quarter(about["name"], held.year, quarter, about["postings"])
    return attachment(content, f"cong-khai-quy-{quarter}-{held.year}.xlsx", XLSX)
