"""What the people are told and asked: disclosures, drafts, dialogues."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from danvan.democracy import public
from danvan.documents.downloads import send
from danvan.kernel import clock
from danvan.kernel.access import Refused
from danvan.kernel.throttling import place_of
from danvan.portal import places
from danvan.portal.floods import hold_back
from danvan.portal.forms import TRAPPED, OpinionForm, ReceiptForm
from danvan.portal.views.requests import both, held_back, said


@require_safe
@login_not_required
def disclosures(request: HttpRequest) -> HttpResponse:
    """What one unit tells, or every unit, newest first; before it what is still to be told."""
    bodies = places.bodies()
    units = [one for body, name in bodies for one in places.units_of(body, name)]
    chosen = next((u for u, _n in units if u.key == request.GET.get("don_vi")), None)
    asked, today = [u.pk for u in ([chosen] if chosen else [b for b, _n in bodies])], clock.today()
    page = public.disclosures_page(asked, today, request.GET.get("trang"))
    expected = public.expected(asked, today) if page.number == 1 else []
    context = {"page": page, "units": units, "chosen": chosen, "expected": expected}
    return render(request, "portal/disclosures.html", context)


@require_safe
@login_not_required
def disclosure(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "portal/disclosure.html", {"row": _or_404(public.disclosure(pk))})


@require_safe
@login_not_required
def disclosure_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paper itself, while it may be shown."""
    stored, name = _or_404(public.disclosure_file(pk))
    return send(stored, name)


@require_safe
@login_not_required
def consultations(request: HttpRequest) -> HttpResponse:
    """Drafts that take opinions, then those that are concluded."""
    today = clock.today()
    context = {
        "open": public.open_consultations(today),
        "concluded": public.concluded_consultations(today),
    }
    return render(request, "portal/consultations.html", context)


@both
@login_not_required
@never_cache
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft paragraph by paragraph with the form; after it ended, every opinion's answer."""
    held = _or_404(public.consultation(pk, clock.today()))
    pieces = [(str(p.pk), p.place or p.text[:60]) for p in held.paragraphs]
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = OpinionForm(*sent, paragraphs=pieces, initial={"paragraph": request.GET.get("doan", "")})
    if form.trapped:
        return held_back(request, str(TRAPPED))
    try:
        if form.is_bound and form.is_valid() and (receipt := _spoken(request, held.pk, form)):
            told = {"held": held, "receipt": receipt}
            return render(request, "portal/opinion_receipt.html", told)
    except public.TooOften as error:
        return held_back(request, str(error))
    context = {"held": held, "form": form if held.open else None}
    return render(request, "portal/consultation.html", context, status=422 if sent else 200)


def _spoken(request: HttpRequest, pk: int, form: OpinionForm) -> public.Receipt | None:
    """The receipt; None with what is wrong at the form. Raises TooOften."""
    given = form.cleaned_data
    try:
        return public.give_opinion(
            pk, int(given["paragraph"]) if given["paragraph"] else None, name=given["name"],
            contact=given["contact"], text=given["text"], files=given["files"] or (),
            who=place_of(request),
        )  # fmt: skip
    except ValidationError as error:
        form.add_error(None, error)
    except Refused as error:
        form.add_error(None, said(error))
    return None


@both
@login_not_required
@never_cache
def answer(request: HttpRequest) -> HttpResponse:
    """What became of one's opinion, by its receipt."""
    form, found = ReceiptForm(request.POST if request.method == "POST" else None), None
    if form.is_bound and form.is_valid():
        try:
            hold_back(request, "status")
            found = public.opinion_answer(form.cleaned_data["number"], form.cleaned_data["secret"])
            if found is None:
                form.add_error(None, _("Số góp ý hoặc mã tra cứu không đúng."))
        except (ValidationError, public.TooOften) as error:
            form.add_error(None, str(error) if isinstance(error, public.TooOften) else error)
    context = {"form": form, "found": found}
    failed = form.is_bound and found is None
    return render(request, "portal/opinion_answer.html", context, status=422 if failed else 200)


@require_safe
@login_not_required
def dialogues(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/dialogues.html", {"rows": public.dialogues(clock.today())})


@require_safe
@login_not_required
def dialogue(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "portal/dialogue.html", {"row": _or_404(public.dialogue(pk))})


def _or_404(found: Any) -> Any:
    if found is None:
        raise Http404
    return found
