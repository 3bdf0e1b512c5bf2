"""For the desk: what is about to lapse, and findings nobody has given as work yet."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.organisations import roles
from danvan.organisations.queries import names_on
from danvan.registers import queries, rules
from danvan.registers.models import Record, Register
from danvan.ui import written

GROUP = gettext_lazy("Sổ theo dõi")


def duties_of(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """Two queries, and the names of the units."""
    yield from _lapsing(actor, today)
    yield from _to_give(actor)


def _lapsing(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """Owed by who keeps it: the unit, or for what the body itself signed its office."""
    acting = actor.scopes(*rules.ACTING)
    offices = actor.scopes(roles.PROGRAMME_OFFICE)
    if not acting and not offices:
        return
    found = [
        record
        for record in queries.expiring(actor, today)
        if record.unit_id in acting or record.register.body_id in offices
    ]
    names = names_on(today, {r.unit_id for r in found}) if found else {}
    for record in found:
        yield _lapses(record, names.get(record.unit_id, ""), owed=_owes(record, acting, offices))


def _owes(record: Record, acting: frozenset[int], offices: frozenset[int]) -> bool:
    body = record.register.body_id
    return record.unit_id in acting or (record.unit_id == body and body in offices)


def _lapses(record: Record, unit: str, *, owed: bool) -> Duty:
    version = record.version
    label = version.until_label or _("Hết hiệu lực sau ngày")
    told = {"title": record.title, "label": label[:1].lower() + label[1:],
            "day": written.day(record.until)}  # fmt: skip
    return Duty(
        title=_("%(title)s: %(label)s %(day)s") % told,
        url=reverse("registers:record", args=[record.pk]),
        kind="owed" if owed else "watch",
        due=record.until,
        why=_("Sổ %(name)s báo trước %(days)d ngày để gia hạn, làm mới hoặc tổng kết.")
        % {"name": version.name, "days": version.warn_days},
        whose=unit,
        group=str(GROUP),
    )


def _to_give(actor: Actor) -> Iterator[Duty]:
    """One line for each register whose findings wait to be given as work by this office."""
    giving = actor.scopes(roles.PROGRAMME_OFFICE, roles.ADMINISTRATION_OFFICE)
    bodies = giving | actor.scopes(roles.INSPECTORATE)
    if not bodies:
        return
    waiting: dict[Register, list[Record]] = defaultdict(list)
    for record in queries.not_given(actor, bodies):
        if record.register.body_id in giving or rules.found(actor, record):
            waiting[record.register].append(record)
    for register, records in waiting.items():
        told = {"n": len(records), "name": records[0].version.name}
        yield Duty(
            title=_("%(n)d bản ghi của sổ %(name)s chưa giao thành việc") % told,
            url=f"{reverse('registers:register', args=[register.pk])}?viec=chua",
            kind="waiting",
            why=_("Kết luận, kiến nghị phải có đơn vị, hạn và người theo dõi."),
            group=str(GROUP),
        )
