"""Taking in at the counter, by letter and by telephone; the receipt is shown once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from danvan.kernel import clock
from danvan.organisations.models import Unit
from danvan.petitions.actions import intake
from danvan.petitions.forms.intake import IntakeForm
from danvan.petitions.models import Petition
from danvan.petitions.views.lists import keeper
from danvan.vault import keys


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """A form, then number and secret to give to the sender: the secret cannot be shown again."""
    actor, bodies = keeper(request)
    first = {"received_on": clock.today(), "token": get_random_string(32)}
    form = IntakeForm(request.POST or None, request.FILES or None, bodies=bodies, initial=first)
    if request.method == "POST" and form.is_valid():
        body = Unit.objects.get(pk=form.cleaned_data["body"])
        receipt = intake.receive(body, brought=form.brought(), by=actor)
        held = Petition.objects.get(pk=receipt.petition)
        told = {"receipt": receipt, "petition": held, "body": dict(bodies)[body.pk]}
        return render(request, "petitions/receipt.html", told)
    status = 422 if form.is_bound else 200
    context = {"form": form, "sealable": keys.available(), "title": _("Tiếp nhận đơn")}
    return render(request, "petitions/receive.html", context, status=status)
