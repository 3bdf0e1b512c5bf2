"""A finding or a recommendation becomes work with a date; the record only points at it."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments.actions import directives
from danvan.assignments.models import Assignment
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.organisations import roles
from danvan.registers import rules
from danvan.registers.models import Record


@action("registers.record.give", may=rules.may_give, says=gettext_lazy("giao việc từ sổ"))
def give(entry: Record, *, title: str, due_on: dt.date | None, by: Actor) -> Assignment:
    """Gives the unit concerned what the record asks for; lateness, proof, re-check are there.

    An office that gives only of its own findings (``rules.found``) holds, for this one call,
    what the office that gives out the body's work holds.
    """
    if due_on is None:
        raise Refused(refuse(_("Ghi hạn khắc phục.")))
    source = _("%(register)s, bản ghi ngày %(day)s") % {
        "register": entry.version.name, "day": f"{entry.day:%d/%m/%Y}",
    }  # fmt: skip
    made = directives.assign(
        entry.register.body,
        origin=entry.version.gives,
        title=title,
        unit=entry.unit,
        due_on=due_on,
        source_note=source,
        by=_giver(entry, by),
    )
    entry.assignment = made
    entry.save(update_fields=["assignment"])
    record(entry, concerns=entry.unit_id, title=made.title, due=due_on)
    return made


def _giver(entry: Record, by: Actor) -> Actor:
    if not rules.found(by, entry):
        return by
    return by.lent(roles.PROGRAMME_OFFICE, entry.register.body_id)
