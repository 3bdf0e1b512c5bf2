"""Campaigns as the office prepares them, and as everybody asked sees where they stand."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.kernel import clock
from danvan.kernel.access import ALLOWED, Actor, Refused, actor_of, demand, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.organisations.queries import name_on
from danvan.programmes import queries as programmes
from danvan.study import exports, pages, queries, reckoning, rules
from danvan.study import ledger as chain
from danvan.study.actions import campaigns
from danvan.study.actions import questions as bank
from danvan.study.forms.campaigns import CampaignForm, QuestionForm, RenewForm, TextForm
from danvan.study.models import Campaign, Question, StudyText
from danvan.ui.downloads import XLSX, attachment

VERIFIER = Path(chain.__file__).with_name("verify.py")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Campaigns by due day with how far each is; one reckoning for the page."""
    actor = actor_of(request)
    asked = request.GET.get("nam", "")
    found = queries.visible_to(actor)
    if asked.isdecimal() and len(asked) == 4:
        found = found.filter(due_on__year=int(asked))
    rows = pages.listed(list(found), actor)
    context = {
        "rows": rows, "body": queries.kept_by(actor), "year": asked, "rooms": pages.tabs("list"),
    }  # fmt: skip
    return render(request, "study/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new campaign; its documents are added on its own page."""
    actor, body = actor_of(request), _body(actor_of(request))
    form = _form(request, actor, body)
    if request.method == "POST" and form.is_valid():
        values = _values(form, actor)
        made = campaigns.draft(body, **values, by=actor)
        messages.success(request, _("Đã lập đợt học; thêm tài liệu rồi mở đợt học."))
        return redirect("study:campaign", pk=made.pk)
    context = {"form": form, "campaign": None}
    return render(request, "study/edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, campaign = _asked(request, pk)
    demand(rules.may_edit(actor, campaign))
    form = _form(request, actor, campaign.body, CampaignForm.initial_of(campaign))
    if request.method == "POST" and form.is_valid():
        campaigns.edit(campaign, **_values(form, actor), by=actor)
        messages.success(request, _("Đã sửa đợt học."))
        return redirect("study:campaign", pk=pk)
    context = {"form": form, "campaign": campaign}
    return render(request, "study/edit.html", context, status=422 if form.is_bound else 200)


@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """What is studied, how far each unit is, sessions; and what one may do."""
    actor, held = _asked(request, pk)
    return render(request, "study/campaign.html", pages.campaign(held, actor))


@require_POST
def open_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _asked(request, pk)
    campaigns.open_campaign(held, by=actor)
    messages.success(request, _("Đã mở đợt học; việc học hiện ở bàn làm việc của từng người."))
    return redirect("study:campaign", pk=pk)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _asked(request, pk)
    campaigns.close(held, by=actor)
    messages.success(request, _("Đã kết thúc đợt học; số liệu dừng ở ngày hôm nay."))
    return redirect("study:campaign", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def add_text(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _asked(request, pk)
    demand(rules.may_edit(actor, held))
    form = TextForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            campaigns.add_text(held, document=form.cleaned_data["code"], by=actor)
        except Refused as refused:
            form.add_error("code", refused.decision.reason)
        else:
            messages.success(request, _("Đã thêm tài liệu vào đợt học."))
            return redirect("study:campaign", pk=pk)
    context = {"form": form, "campaign": held}
    return render(request, "study/add_text.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove_text(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _asked(request, pk)
    text = request.POST.get("text", "")
    campaigns.remove_text(held, text=int(text) if text.isdecimal() else 0, by=actor)
    messages.success(request, _("Đã bỏ tài liệu khỏi đợt học."))
    return redirect("study:campaign", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """The newer version of a text: must it be studied again?"""
    actor = actor_of(request)
    visible = StudyText.objects.filter(campaign__in=queries.visible_to(actor).values("pk"))
    text = get_object_or_404(visible.select_related("document", "version", "campaign__body"), pk=pk)
    demand(rules.may_renew(actor, text))
    newer = campaigns.newer_version(text)
    form = RenewForm(request.POST or None)
    if request.method == "POST" and newer and form.is_valid():
        campaigns.renew(text, version=newer, **form.cleaned_data, by=actor)
        messages.success(request, _("Đã đưa lời văn mới vào đợt học."))
        return redirect("study:campaign", pk=text.campaign_id)
    context = {"form": form, "text": text, "newer": newer}
    return render(request, "study/renew.html", context, status=422 if form.is_bound else 200)


@require_safe
def missing(request: HttpRequest, pk: int) -> HttpResponse:
    """The names behind "187 of 204": of one unit, or of every unit for the overseers. Whoever
    comes from another unit's figure finds its two numbers, and why the names are not there."""
    actor, held = _asked(request, pk)
    context = {"campaign": held, **_missing(request, actor, held)}
    return render(request, "study/missing.html", context)


@require_safe
def missing_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The same names as .xlsx."""
    actor, held = _asked(request, pk)
    told = _missing(request, actor, held)
    demand(told["may_see"])
    return attachment(exports.missing(held, told["groups"]), f"chua-hoc-{pk}.xlsx", XLSX)


@require_safe
def ledger(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether the chain of acknowledgements holds, and how anybody checks it."""
    actor, held = _asked(request, pk)
    demand(rules.may_keep_watch(actor, held))
    context = {
        "campaign": held,
        "breaks": list(chain.breaks(held)),
        "lines": held.acknowledgements.count(),
        "head": getattr(held, "ledger", None),
    }
    return render(request, "study/ledger.html", context)


@require_safe
def ledger_export(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole chain with its texts, for ``verify.py``."""
    actor, held = _asked(request, pk)
    demand(rules.may_keep_watch(actor, held))
    text = json.dumps(chain.export(held), ensure_ascii=False, indent=1)
    return attachment(text.encode(), f"xac-nhan-{pk}.json", "application/json")


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The stand-alone checker."""
    return attachment(VERIFIER.read_bytes(), "verify.py", "text/x-python")


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """The bank, and one question more."""
    actor, body = actor_of(request), _body(actor_of(request))
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        bank.add(body, **values | {"right": values["right"] - 1}, by=actor)
        messages.success(request, _("Đã thêm câu hỏi vào ngân hàng."))
        return redirect("study:questions")
    held = Question.objects.filter(body=body, withdrawn_at=None).select_related("document")
    context = {"form": form, "questions": held}
    return render(request, "study/questions.html", context, status=422 if form.is_bound else 200)


@require_POST
def withdraw_question(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    around = Question.objects.filter(body__in=queries.bodies_around(actor))
    bank.withdraw(get_object_or_404(around, pk=pk), by=actor)
    messages.success(request, _("Đã rút câu hỏi khỏi ngân hàng."))
    return redirect("study:questions")


def _asked(request: HttpRequest, pk: int) -> tuple[Actor, Campaign]:
    actor = actor_of(request)
    return actor, get_object_or_404(queries.visible_to(actor), pk=pk)


def _body(actor: Actor) -> Unit:
    body = queries.kept_by(actor)
    if body is None:
        raise Refused(refuse(_("Chỉ cơ quan thường trực chương trình mới lập đợt học và câu hỏi.")))
    return body


def _form(
    request: HttpRequest, actor: Actor, body: Unit, initial: dict[str, Any] | None = None
) -> CampaignForm:
    day = clock.today()
    of_body = programmes.visible_to(actor).filter(body=body)
    return CampaignForm(
        request.POST or None,
        initial=initial or {"keep_until": dt.date(day.year + 2, 12, 31)},
        units=queries.units_under(body, day),
        programmes=[(p.pk, str(p)) for p in of_body],
    )


def _values(form: CampaignForm, actor: Actor) -> dict[str, Any]:
    held = dict(form.cleaned_data)
    pk = held["programme"]
    held["programme"] = programmes.visible_to(actor).filter(pk=pk).first() if pk else None
    return held


def _missing(request: HttpRequest, actor: Actor, held: Campaign) -> dict[str, Any]:
    """Groups (unit name, tally) whose names this person may see; or the one unit asked for, and
    why its names stay closed. Refused if there is none."""
    found = queries.reckoned(held)
    asked = request.GET.get("don_vi", "")
    units = {int(asked)} & set(found.asked) if asked.isdecimal() else set(found.asked)
    allowed, may_see = pages.open_units(actor, held, units), ALLOWED
    if not allowed:
        unit = Unit.objects.filter(pk__in=units).first()
        may_see = rules.may_see_names(actor, unit) if unit else refuse(_("Không có đơn vị này."))
        if len(units) != 1:
            demand(may_see)
    names = pages.names(held, allowed or units)
    groups = [(names[unit], reckoning.reckon_one(found, unit, held)) for unit in names]
    whole = found.together(allowed)
    return {
        "may_see": may_see,
        "groups": groups,
        "whole": whole if len(groups) > 1 else None,
        "one": groups[0] if len(groups) == 1 else None,
        "unit": asked if len(groups) == 1 else "",
        "body_name": name_on(held.body, queries.day_of(held)),
        "linked": actor.has(roles.PROGRAMME_OFFICE) or set(names) <= queries.acts_for(actor),
    }
