"""A satisfaction survey: by the code on the wall or on a sheet; nothing about who answers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danvan.democracy import public
from danvan.portal.floods import waiting
from danvan.portal.forms import TRAPPED, CodeForm, SurveyForm
from danvan.portal.views.requests import both, held_back


@both
@login_not_required
def code(request: HttpRequest) -> HttpResponse:
    """For whoever cannot scan: the code typed by hand."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        found = public.survey(form.cleaned_data["code"])
        if found is not None:
            return redirect("portal:survey", code=found.code)
        form.add_error("code", _("Không có đợt khảo sát nào mang mã này."))
    return render(
        request, "portal/survey_code.html", {"form": form}, status=422 if form.is_bound else 200
    )


@both
@login_not_required
@never_cache
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """The questions; then thanks. Nothing of the request is kept."""
    found = public.survey(code)
    if found is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = SurveyForm(sent, survey=found, initial={"token": request.GET.get("ma", "")})
    if form.trapped:
        return held_back(request, str(TRAPPED))
    if form.is_bound and not found.closed and form.is_valid():
        if told := waiting(request, "survey"):
            return held_back(request, told)
        if _taken(code, form):
            return render(request, "portal/survey_thanks.html", {"found": found})
    return render(
        request,
        "portal/survey.html",
        {"found": found, "form": form},
        status=422 if form.is_bound else 200,
    )


def _taken(code: str, form: SurveyForm) -> bool:
    wrong = public.answer_survey(code, form.answers, form.cleaned_data.get("token", ""))
    for field, words in wrong.items():
        form.add_error(field if field in form.fields else None, words)
    return not wrong
