"""What people owe as members of a unit: naming who is in charge of this work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.organisations import queries, roles
from danvan.organisations.models import Appointment
from danvan.organisations.models.units import in_force


def naming(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """One line per duty that nobody holds in a ranked unit the actor may name for."""
    mine = actor.scopes(roles.HEAD, roles.DEPUTY, roles.FOCAL_OFFICER)
    if not mine:
        return
    versions = [v for v in queries.versions_on(today).filter(unit__in=mine) if v.block]
    held = set(
        Appointment.objects.filter(in_force(today), unit__in=mine).values_list("unit_id", "duty")
    )
    for version in versions:
        for duty in Appointment.Duty:
            if (version.unit_id, duty.value) not in held:
                yield Duty(
                    title=_("Phân công %(duty)s – %(unit)s")
                    % {"duty": duty.label, "unit": version.name},
                    url=reverse("organisations:name", args=[version.unit.key, duty.value]),
                    kind="owed",
                    why=_(
                        "Mục IV.1 của kế hoạch năm yêu cầu mỗi đơn vị phân công lãnh đạo, "
                        "công chức phụ trách; không ấn định ngày."
                    ),
                    whose=version.name,
                    group=_("Tổ chức"),
                )
