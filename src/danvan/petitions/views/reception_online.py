"""What belongs to an online day of reception: its form, what comes before it, its notice."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from danvan.kernel.access import actor_of, demand
from danvan.petitions import reception_online_papers as papers
from danvan.petitions import reception_rules as rules
from danvan.petitions.actions import reception_online as acts
from danvan.petitions.forms.reception_online import Online, RecordingForm, StepForm
from danvan.petitions.views.reception_page import asked_day, day_page
from danvan.ui.downloads import DOCX, attachment


@require_POST
def means(request: HttpRequest, pk: int) -> HttpResponse:
    held, actor = asked_day(request, pk), actor_of(request)
    demand(rules.may_move(actor, held))
    form = Online(request.POST)
    if not form.is_valid():
        return day_page(request, held, means_form=form)
    acts.set_means(held, online=form.online, room=form.cleaned_data["room"], by=actor)
    messages.success(request, _("Đã đổi hình thức buổi tiếp."))
    return redirect("reception:day", pk=held.pk)


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    held, actor = asked_day(request, pk), actor_of(request)
    demand(rules.may_prepare(actor, held))
    form = StepForm(request.POST)
    if not form.is_valid():
        return day_page(request, held, step_form=form)
    told = form.cleaned_data
    acts.keep_step(held, step=told["step"], at=form.moment(), told=told["told"], by=actor)
    messages.success(request, _("Đã ghi."))
    return redirect("reception:day", pk=held.pk)


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice without number and date."""
    held, actor = asked_day(request, pk), actor_of(request)
    demand(rules.may_give_notice(actor, held))
    content = papers.draft(held, actor)
    return attachment(content, "thong-bao-tiep-truc-tuyen-du-thao.docx", DOCX)


@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    held = asked_day(request, pk)
    document = acts.issue_notice(held, by=actor_of(request))
    messages.success(request, _("Đã ban hành Thông báo số %s.") % document.code)
    return redirect("reception:day", pk=held.pk)


@require_POST
def recording(request: HttpRequest, pk: int) -> HttpResponse:
    held, actor = asked_day(request, pk), actor_of(request)
    demand(rules.may_tell_recording(actor, held))
    form = RecordingForm(request.POST)
    if not form.is_valid():
        return day_page(request, held, recording_form=form)
    acts.tell_recording(held, where=form.cleaned_data["where"], by=actor)
    messages.success(request, _("Đã ghi nơi lưu bản ghi."))
    return redirect("reception:day", pk=held.pk)
