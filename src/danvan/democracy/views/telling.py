"""What the pages of disclosure, consultation and ballots share; the catalogue's page."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from danvan.democracy import catalogue as words
from danvan.democracy.actions import matters as acts
from danvan.democracy.models import Matter, MatterGroup
from danvan.democracy.queries import matters
from danvan.democracy.rules import telling
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, actor_of, refuse
from danvan.organisations.models import Unit
from danvan.organisations.queries import names_on
from vanban.text import sort_key


def units_of(actor: Actor) -> list[tuple[int, str]]:
    """Units the actor acts for, by name of today."""
    names = names_on(clock.today(), actor.scopes(*telling.ACTS_FOR))
    return sorted(names.items(), key=lambda pair: sort_key(pair[1]))


def day_asked(request: HttpRequest) -> dt.date:
    """The day of ``?ngay=`` (ISO), else today."""
    try:
        return dt.date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return clock.today()


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """What the law asks, as it stands that day, with article, source and confidence."""
    day, actor = day_asked(request), actor_of(request)
    held: dict[str, list[tuple[Matter, str]]] = {}
    for matter in matters.on(day, MatterGroup.values):
        named = str(MatterGroup(matter.group).label)
        held.setdefault(named, []).append((matter, words.said(matter)))
    context = {
        "groups": held, "day": day, "in_use": bool(held) or matters.is_in_use(),
        "may": bool(actor.scopes(*telling.KEEPS_CATALOGUE)),
    }  # fmt: skip
    return render(request, "democracy/disclosure_catalogue.html", context)


@require_POST
def enact(request: HttpRequest) -> HttpResponse:
    """Puts the catalogue the product comes with in use."""
    actor = actor_of(request)
    body = Unit.objects.filter(pk__in=actor.scopes(*telling.KEEPS_CATALOGUE)).order_by("pk").first()
    if body is None:
        raise Refused(
            refuse(_("Chỉ cơ quan thường trực chương trình đưa danh mục luật định vào dùng."))
        )
    new = acts.enact(body, rows=acts.shipped(), by=actor)
    messages.success(request, _("Đã đưa %d dòng của danh mục luật định vào dùng.") % new)
    return redirect("democracy:matters")
