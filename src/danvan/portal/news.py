"""What is new for the people, of every kind, newest first: the first page and the feed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.democracy import public as democracy
from danvan.portal import places
from danvan.scoring import public as scoring


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news; ``kind`` in a word or two."""

    day: dt.date
    kind: str
    title: str
    url: str
    icon: str


def latest(day: dt.date, most: int) -> list[Item]:
    """The ``most`` newest until ``day``: a fixed number of queries per body."""
    found = [item for item in _all(day, most) if item.day <= day]
    return sorted(found, key=lambda item: (item.day, item.url), reverse=True)[:most]


def _all(day: dt.date, most: int) -> Iterator[Item]:
    """Of disclosures, of which there are many, no more than could be shown."""
    for body, _name in places.bodies():
        for row in democracy.disclosures(body, day, newest=most):
            title = f"{row.unit_name}: {row.title}"
            url = reverse("portal:disclosure", args=[row.pk])
            yield Item(row.since, _("Công khai"), title, url, "megaphone")
    for held in democracy.open_consultations(day):
        url = reverse("portal:consultation", args=[held.pk])
        yield Item(held.opens_on, _("Lấy ý kiến"), held.title, url, "chat-bubble-left-right")
    for talk in democracy.dialogues(day):
        url = reverse("portal:dialogue", args=[talk.pk])
        yield Item(talk.announced_on or talk.held_on, _("Đối thoại"), talk.title, url, "users")
    for ranking in scoring.published_rankings():
        url = reverse("portal:ranking", args=[ranking.pk])
        yield Item(ranking.decided_on, _("Xếp loại"), ranking.title, url, "trophy")
