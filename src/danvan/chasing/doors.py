"""Doors on the pages beneath: from the matrix and the plan to reminding."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.chasing import queries, rules
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.kernel.links import Link
from danvan.organisations.queries import oversees
from danvan.programmes.models import Programme


def on_the_matrix(actor: Actor, programme: Programme) -> Iterator[Link]:
    """ "Nhắc n đơn vị còn thiếu" for who may; the way there for who only watches."""
    if programme.body_id not in oversees(actor):
        return
    url = reverse("chasing:programme", args=[programme.pk])
    late = 0
    if rules.may_chase(actor, programme):  # only who may remind needs the count
        late = queries.late_in(programme, clock.today()).values("unit").distinct().count()
    if late:
        yield Link(url, _("Nhắc %d đơn vị còn thiếu") % late, "bell-alert")
    else:
        yield Link(url, _("Đôn đốc"), "bell")
