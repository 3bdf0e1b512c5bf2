"""Surveys: the list, a new one, results; one unit's QR, tokens, paper sheets."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.democracy import committees, survey_exports
from danvan.democracy.actions import surveys as acts
from danvan.democracy.forms import surveys as forms
from danvan.democracy.models import PaperBatch, Questionnaire
from danvan.democracy.public.surveys import PRIVACY
from danvan.democracy.queries import surveys as queries
from danvan.democracy.rules import surveys as rules
from danvan.democracy.views.asking import Work, serve
from danvan.kernel import audit, clock, links
from danvan.kernel.access import Actor, actor_of, demand
from danvan.organisations.models import Unit
from danvan.organisations.queries import name_on
from danvan.ui.downloads import XLSX, attachment

# Where whoever answers goes: a door the portal opens (kernel.links), an absolute address.
DOOR = "democracy.survey"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Surveys, the newest first, with how many units each asks about."""
    actor = actor_of(request)
    found = queries.visible_to(actor).annotate(asked=Count("units"))
    today = clock.today()
    context = {
        "rows": [(survey, survey.is_open(today)) for survey in found],
        "may_open": _body(actor) is not None,
        "questionnaires": Questionnaire.objects.exists(),
    }
    return render(request, "democracy/survey_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_survey(request: HttpRequest) -> HttpResponse:
    """A new survey: who is asked about, how people are chosen, until when."""
    actor = actor_of(request)
    body = _body(actor)
    demand(rules.may_make(actor, body or 0))
    units = committees.units_of(body, clock.today()) if body else []
    form = forms.SurveyForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        made = acts.open_survey(body, by=actor, **form.values())
        messages.success(request, _("Đã mở đợt khảo sát; in mã QR hoặc phiếu giấy từng đơn vị."))
        return redirect("democracy:survey", pk=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "democracy/survey_open.html", {"form": form}, status=status)


@require_safe
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """How the survey was made and what each unit got; what is held back says why."""
    actor = actor_of(request)
    found = get_object_or_404(queries.visible_to(actor), pk=pk)
    rows = found.units.select_related("survey__questionnaire", "unit")
    context = {
        "survey": found, "results": queries.results(rows), "formula": queries.FORMULA,
        "may_settle": rules.may_settle(actor, found), "may_make": rules.may_make(actor, found.body),
        "privacy": PRIVACY, "history": audit.of(found), "open": found.is_open(clock.today()),
    }  # fmt: skip
    return render(request, "democracy/survey.html", context)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """No sheet is added any more; results are shown from now on."""
    actor = actor_of(request)
    found = get_object_or_404(queries.visible_to(actor), pk=pk)
    acts.settle(found, by=actor)
    messages.success(request, _("Đã chốt kết quả khảo sát."))
    return redirect("democracy:survey", pk=pk)


@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The results as .xlsx."""
    found = get_object_or_404(queries.visible_to(actor_of(request)), pk=pk)
    rows = found.units.select_related("survey__questionnaire", "unit")
    data = survey_exports.workbook(found, queries.results(rows))
    return attachment(data, "khao-sat-hai-long.xlsx", XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
def surveyed(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit of a survey: its QR, its batches of paper, more paper typed in."""
    actor = actor_of(request)
    found = get_object_or_404(queries.surveyed_visible_to(actor), pk=pk)
    questions = list(found.survey.questionnaire.questions.all())
    may = rules.may_enter(actor, found)
    works = [
        Work("phieu-giay", _("Nhập phiếu giấy"), _("Nhập lô phiếu"), may,
             partial(forms.PaperForm, questions=questions),
             lambda sent: acts.enter_paper(found, by=actor, **sent), _("Đã nhập lô phiếu.")),
    ]  # fmt: skip
    panels, answer, status = serve(request, works)
    if answer:
        return answer
    doors = links.at(DOOR, actor, found)
    context = {
        "surveyed": found, "survey": found.survey, "name": name_on(found.unit, clock.today()),
        "panels": panels, "may": may, "questions": questions, "history": audit.of(found),
        "batches": [(b, rules.may_withdraw(actor, b))
                    for b in found.batches.select_related("entered_by", "surveyed__survey")],
        "address": doors[0].url if doors else "", "tokens_form": forms.TokensForm(),
        "may_issue": rules.may_issue(actor, found), "open": found.survey.is_open(clock.today()),
    }  # fmt: skip
    return render(request, "democracy/survey_unit.html", context, status=status)


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper questionnaire, for printing: options carry the numbers that are typed in."""
    actor = actor_of(request)
    found = get_object_or_404(queries.surveyed_visible_to(actor), pk=pk)
    doors = links.at(DOOR, actor, found)
    context = {
        "surveyed": found, "survey": found.survey, "name": name_on(found.unit, clock.today()),
        "questions": found.survey.questionnaire.questions.all(), "privacy": PRIVACY,
        "address": doors[0].url if doors else "",
    }  # fmt: skip
    return render(request, "democracy/survey_sheet.html", context)


@require_POST
def tokens(request: HttpRequest, pk: int) -> HttpResponse:
    """New one-time tokens, shown this once for printing and cutting apart."""
    actor = actor_of(request)
    found = get_object_or_404(queries.surveyed_visible_to(actor), pk=pk)
    demand(rules.may_issue(actor, found))
    form = forms.TokensForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(said) for said in form.errors["count"]))
        return redirect("democracy:surveyed", pk=pk)
    made = acts.issue_tokens(found, count=form.cleaned_data["count"], by=actor)
    doors = links.at(DOOR, actor, found)
    context = {
        "surveyed": found, "survey": found.survey, "name": name_on(found.unit, clock.today()),
        "tokens": made, "address": doors[0].url if doors else "",
    }  # fmt: skip
    return render(request, "democracy/survey_tokens.html", context)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch typed wrongly goes out of the counts, with the reason."""
    actor = actor_of(request)
    seen = queries.surveyed_visible_to(actor).values("pk")
    batch = get_object_or_404(PaperBatch, pk=pk, surveyed__in=seen)
    acts.withdraw_paper(batch, reason=request.POST.get("reason", ""), by=actor)
    messages.success(request, _("Đã rút lô phiếu khỏi kết quả."))
    return redirect("democracy:surveyed", pk=batch.surveyed_id)


def _body(actor: Actor) -> Unit | None:
    """The committee whose surveys the person runs."""
    scopes = actor.scopes(*committees.OFFICES)
    return Unit.objects.filter(pk__in=scopes).order_by("pk").first()
