"""What people owe as members of a unit: naming who is in charge of this work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.organisations import queries, roles
from danvan.organisations.models import Appointment, Delegation, ErasureRequest
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


def delegated(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """Delegations given or received that last today or are to come: three queries."""
    if actor.id is None:
        return
    mine = Delegation.objects.filter(
        Q(giver=actor.id) | Q(receiver=actor.id), revoked_on__isnull=True, valid_to__gte=today
    ).select_related("giver", "receiver", "unit")
    rows = list(mine)
    names = queries.names_on(today, [r.unit_id for r in rows]) if rows else {}
    for row in rows:
        gives = row.giver_id == actor.id
        words = _("Đã ủy quyền cho %(name)s") if gives else _("Thay mặt %(name)s")
        told = {
            "scope": row.get_scope_display(), "ground": row.ground,
            "start": f"{row.valid_from:%d/%m/%Y}", "end": f"{row.valid_to:%d/%m/%Y}",
        }  # fmt: skip
        yield Duty(
            title=words % {"name": row.receiver.name if gives else row.giver.name},
            url=reverse("organisations:unit", args=[row.unit.key]),
            kind="watch",
            why=_("%(scope)s, từ %(start)s đến hết %(end)s; %(ground)s.") % told,
            whose=names.get(row.unit_id, ""),
            group=_("Ủy quyền"),
        )


def erasures(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """For the administrator: requests for erasure that wait for an answer. One query."""
    if not actor.has(roles.ADMINISTRATOR):
        return
    for held in ErasureRequest.objects.filter(state=ErasureRequest.State.WAITING):
        yield Duty(
            title=str(held),
            url=reverse("organisations:erasure", args=[held.pk]),
            kind="owed",
            due=held.answer_due or held.erase_due,
            why=held.rule or _("Chưa có quy định về thời hạn vào ngày nhận."),
            group=_("Dữ liệu cá nhân"),
        )
