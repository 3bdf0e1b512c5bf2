"""News as Atom, public days as iCalendar: a reader or a telephone follows by itself."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from danvan.democracy import public as democracy
from danvan.kernel import clock
from danvan.kernel.icalendar import Event
from danvan.kernel.icalendar import calendar as written
from danvan.portal import news as told
from danvan.portal import reception

ICS = "text/calendar; charset=utf-8"


@require_safe
@login_not_required
def news(request: HttpRequest) -> HttpResponse:
    """The fifty newest."""
    home = settings.ADDRESS + reverse("portal:home")
    feed = Atom1Feed(_("Công khai của chính quyền"), home, "", language="vi", feed_url=home)
    for item in told.latest(clock.today(), 50):
        at = timezone.make_aware(dt.datetime.combine(item.day, dt.time()))
        link = settings.ADDRESS + item.url
        feed.add_item(
            f"{item.kind}: {item.title}", link, item.title, updateddate=at, unique_id=link
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


@require_safe
@login_not_required
def calendar(request: HttpRequest) -> HttpResponse:
    """Days of reception and dialogues, two months ahead."""
    today = clock.today()
    at = settings.ADDRESS + reverse("portal:reception")
    events = [
        Event(f"tcd-{d.unit_key}-{d.on:%Y%m%d}@danvan", d.on,
              (_("Tiếp công dân trực tuyến: %s") if d.online else _("Tiếp công dân: %s")) % d.unit,
              f"{d.hours}; {d.place}", at, done=True)
        for d in reception.days(today, today + reception.AHEAD) if not d.cancelled
    ]  # fmt: skip
    for talk in democracy.dialogues(today):
        url = settings.ADDRESS + reverse("portal:dialogue", args=[talk.pk])
        where = f"{talk.time}; {talk.place}"
        events.append(
            Event(f"doi-thoai-{talk.pk}@danvan", talk.held_on, talk.title, where, url, True)
        )
    return HttpResponse(written(_("Lịch công khai"), events, clock.now()), content_type=ICS)
