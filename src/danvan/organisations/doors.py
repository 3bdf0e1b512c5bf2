"""Doors of organisations: one's own data in the person's menu, the requests on its first page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel.access import Actor
from danvan.kernel.links import Link
from danvan.organisations import roles


def about_oneself(actor: Actor, _subject: Any) -> Iterator[Link]:
    if actor.id is not None:
        yield Link(reverse("organisations:personal"), _("Dữ liệu cá nhân"), "identification")


def for_the_administrator(actor: Actor, _subject: Any) -> Iterator[Link]:
    if actor.has(roles.ADMINISTRATOR):
        url = reverse("organisations:erasures")
        yield Link(url, _("Yêu cầu về dữ liệu cá nhân"), "identification")
