"""Doors the portal opens on pages beneath: where whoever answers a survey goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel.access import Actor
from danvan.kernel.links import Link


def survey(actor: Actor, asked: Any) -> Iterator[Link]:
    """The absolute address behind a unit's code, for a QR code on the wall."""
    address = reverse("portal:survey", args=[asked.code])
    yield Link(settings.ADDRESS + address, _("Trang trả lời của người dân"), "globe-alt")
