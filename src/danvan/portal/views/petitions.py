"""Send a petition, follow it by its receipt, say whether it is settled."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from danvan.kernel.access import Refused
from danvan.petitions import public
from danvan.portal import places
from danvan.portal.floods import hold_back, waiting
from danvan.portal.forms import TRAPPED, DisputeForm, PetitionForm, ReceiptForm
from danvan.portal.views.requests import both, held_back, said


@both
@login_not_required
@never_cache
@sensitive_post_parameters()
def send(request: HttpRequest) -> HttpResponse:
    """The form; then the receipt, shown once. What was typed stays after a mistake."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PetitionForm(*sent, bodies=places.bodies())
    if form.trapped:
        return held_back(request, str(TRAPPED))
    if form.is_bound and form.is_valid():
        if told := waiting(request, "send"):
            return held_back(request, told)
        try:
            receipt = public.receive(**form.words())
            return render(request, "portal/receipt.html", {"receipt": receipt})
        except (Refused, ValidationError) as error:
            form.add_error(None, said(error))
    return render(request, "portal/send.html", {"form": form}, status=422 if sent else 200)


@both
@login_not_required
@never_cache
@sensitive_post_parameters()
def status(request: HttpRequest) -> HttpResponse:
    """By number and secret; the address never carries either. ``viec`` confirms or disputes."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _asked(request, form)
    number, secret = form.cleaned_data["number"], form.cleaned_data["secret"]
    try:
        hold_back(request, "status")
        hold_back(request, "number", number)
    except ValidationError as error:
        form.add_error(None, error)
        return _asked(request, form)
    found = public.status(number, secret)
    if found is None:
        form.add_error(
            None, _("Số tiếp nhận hoặc mã tra cứu không đúng. Xem lại trên giấy biên nhận.")
        )
        return _asked(request, form)
    return _told(request, form, found)


def _asked(request: HttpRequest, form: ReceiptForm) -> HttpResponse:
    return render(
        request, "portal/ask_status.html", {"form": form}, status=422 if form.is_bound else 200
    )


def _told(request: HttpRequest, form: ReceiptForm, found: public.PublicStatus) -> HttpResponse:
    """Where it stands; after a word of its sender, where it stands now."""
    number, secret = form.cleaned_data["number"], form.cleaned_data["secret"]
    work, done, wrong = request.POST.get("viec", ""), "", ""
    dispute = DisputeForm(request.POST if work == "chua-dong-y" else None)
    try:
        if work == "xac-nhan":
            found, done = public.confirm(number, secret), _("Cảm ơn, đã ghi nhận việc đã xong.")
        elif work == "chua-dong-y" and dispute.is_valid():
            hold_back(request, "dispute")
            found = public.dispute(number, secret, dispute.cleaned_data["reason"])
            done = _("Đã mở lại để xem xét; thời hạn trả lời ghi ở trên.")
    except (Refused, ValidationError) as error:
        wrong = said(error)
    context: dict[str, Any] = {"found": found, "number": number, "secret": secret,
                               "dispute": dispute, "done": done, "wrong": wrong}  # fmt: skip
    failed = wrong or (dispute.is_bound and not dispute.is_valid())
    return render(request, "portal/status.html", context, status=422 if failed else 200)
