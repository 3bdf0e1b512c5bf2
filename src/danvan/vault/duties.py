"""What the head of the inspectorate has to look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.organisations import roles
from danvan.vault import queries


def openings_to_see(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """One line for all openings nobody has looked at; without who or why."""
    if actor.id is None or not actor.scopes(roles.HEAD):
        return
    openings = queries.openings_visible_to(actor).filter(seen__isnull=True)
    if count := openings.exclude(person_id=actor.id).count():
        yield Duty(
            title=_("%(count)d lần mở hồ sơ mật cần xem xét") % {"count": count},
            url=reverse("vault:log"),
            kind="waiting",
            why=_("Mỗi lần mở danh tính người tố cáo đều được báo cho người đứng đầu thanh tra."),
            whose=_("Người đứng đầu thanh tra"),
        )
