"""An amending file sent in, and what a person makes of each change read from it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.kernel.access import demand
from danvan.programmes import rules
from danvan.programmes.actions import amendment_reading
from danvan.programmes.forms import AmendingFileForm
from danvan.programmes.views.amendments import amendment_or_404, page
from vanban.errors import ReadingError


@require_POST
def read_in(request: HttpRequest, amendment: int) -> HttpResponse:
    """The file's changes become proposals; what cannot be read is said at the field."""
    actor = request.actor  # type: ignore[attr-defined]
    subject = amendment_or_404(request, amendment)
    demand(rules.may_change(actor, subject))
    form = AmendingFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            amendment_reading.read_in(subject, file=form.cleaned_data["file"], by=actor)
            messages.success(request, _("Đã đọc xong: xem từng đề xuất bên dưới."))
            return redirect("programmes:amendment", subject.pk)
        except ReadingError as error:
            form.add_error("file", error.message)
    return page(request, subject, reading=form, status=422)


@require_POST
def confirm(request: HttpRequest, amendment: int, proposal: int) -> HttpResponse:
    subject = amendment_or_404(request, amendment)
    get_object_or_404(subject.proposals, pk=proposal)
    try:
        amendment_reading.confirm(
            subject,
            proposal=proposal,
            by=request.actor,  # type: ignore[attr-defined]
        )
        messages.success(request, _("Đã ghi thay đổi."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("programmes:amendment", subject.pk)


@require_POST
def set_aside(request: HttpRequest, amendment: int, proposal: int) -> HttpResponse:
    subject = amendment_or_404(request, amendment)
    get_object_or_404(subject.proposals, pk=proposal)
    try:
        amendment_reading.set_aside(
            subject,
            proposal=proposal,
            reason=request.POST.get("reason", ""),
            by=request.actor,  # type: ignore[attr-defined]
        )
        messages.success(request, _("Đã xem: đoạn này không ghi thành thay đổi."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("programmes:amendment", subject.pk)
