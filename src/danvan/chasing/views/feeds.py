"""The calendar address: a person makes and revokes it; a calendar program reads it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from danvan.assignments import queries as assignments
from danvan.assignments import wording
from danvan.assignments.workflow import OWED
from danvan.chasing.actions import feeds
from danvan.chasing.models import Feed
from danvan.chasing.wording import address
from danvan.kernel import clock
from danvan.kernel.access import actor_of
from danvan.kernel.icalendar import Event
from danvan.kernel.icalendar import calendar as written
from danvan.organisations.models import Person
from danvan.organisations.queries import actor_for


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Whether the person has an address, and how to use one. A new one is shown once."""
    held = Feed.objects.filter(person=actor_of(request).id, revoked_at=None).first()
    token = request.session.pop("calendar-token", "")
    shown = f"{settings.ADDRESS}{reverse('chasing:calendar', args=[token])}" if token else ""
    return render(request, "chasing/feed.html", {"feed": held, "address": shown})


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    person = get_object_or_404(Person, pk=actor_of(request).id)
    request.session["calendar-token"] = feeds.make(person, by=actor_of(request))
    return redirect("chasing:feed")


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    feed = get_object_or_404(Feed, pk=pk, person=actor_of(request).id)
    feeds.revoke(feed, by=actor_of(request))
    return redirect("chasing:feed")


@login_not_required
@require_GET
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The dates of whoever the address belongs to, as his rights are today."""
    found = Feed.objects.filter(token_sha256=feeds.fingerprint(token), revoked_at=None)
    feed = found.select_related("person__user").first()
    if feed is None or feed.person.user is None or not feed.person.user.is_active:
        raise Http404
    owed = assignments.to_do(actor_for(feed.person.user)).filter(
        due_on__isnull=False, state__in=OWED
    )
    data = written(_("Hạn công việc dân vận"), map(_event, owed), clock.now())
    answer = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


def _event(assignment) -> Event:  # type: ignore[no-untyped-def]
    return Event(
        uid=f"nhiem-vu-{assignment.pk}@danvan", day=assignment.due_on,
        title=wording.line_title(assignment),
        text=wording.why_briefly(assignment), url=address(assignment),
    )  # fmt: skip
