"""Doors on the pages beneath: a unit's models, a programme's models."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel.access import Actor
from danvan.kernel.links import Link
from danvan.organisations.models import Unit
from danvan.programmes.models import Programme


def on_a_unit(actor: Actor, unit: Unit) -> Iterator[Link]:
    if actor.holds:
        url = f"{reverse('emulation:list')}?don_vi={unit.key}"
        yield Link(url, _("Mô hình Dân vận khéo"), "sparkles")


def on_a_plan(actor: Actor, programme: Programme) -> Iterator[Link]:
    if actor.holds:
        url = f"{reverse('emulation:funnel')}?nam={programme.year}&co_quan={programme.body_id}"
        yield Link(url, _("Dân vận khéo"), "sparkles")
