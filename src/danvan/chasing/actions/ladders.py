"""Setting the ladder: rungs begin and end on a day, what was is kept."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.chasing import queries, rules
from danvan.chasing.models import Rung
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit


@action("chasing.rung.add", may=rules.may_set_ladder, says=gettext_lazy("thêm bậc nhắc việc"))
def add(body: Unit, *, offset: int, audience: str, deliverable: str = "", by: Actor) -> Rung:
    """A rung from today on, for one kind of deliverable or ("") for all without their own.

    The first of a kind takes the ladder it followed so far over as its own.
    """
    _own(body, deliverable)
    key = {"body": body, "offset": offset, "audience": audience, "deliverable": deliverable}
    if Rung.objects.filter(**key, valid_to=None).exists():
        raise Refused(already(_("Bậc nhắc này đã có.")))
    made = Rung.objects.create(**key, valid_from=clock.today())
    record(made, concerns=body.pk, since=made.valid_from)
    return made


@action("chasing.rung.end", may=rules.may_set_ladder, says=gettext_lazy("bỏ bậc nhắc việc"))
def end(body: Unit, *, offset: int, audience: str, deliverable: str = "", by: Actor) -> None:
    """The rung counts no longer from today on."""
    _own(body, deliverable)
    yesterday = clock.today() - dt.timedelta(days=1)
    held = Rung.objects.filter(
        body=body, offset=offset, audience=audience, deliverable=deliverable, valid_to=None
    ).first()
    if held is None:
        raise Refused(already(_("Bậc nhắc này đã bỏ rồi.")))
    if held.valid_from > yesterday:
        record(held, concerns=body.pk, until=yesterday)
        held.delete()
        return
    held.valid_to = yesterday
    held.save(update_fields=["valid_to"])
    record(held, concerns=body.pk, until=yesterday)


def _own(body: Unit, kind: str) -> None:
    """Makes the ladder a kind has followed so far its own, once, so that it can be changed.

    It begins yesterday: it was followed then, and a rung taken out today keeps its row.
    """
    if Rung.objects.filter(body=body, deliverable=kind).exists():
        return
    since = clock.today() - dt.timedelta(days=1)
    followed = queries.ladders_for(body.pk, clock.today())[""]
    Rung.objects.bulk_create(
        Rung(body=body, deliverable=kind, offset=step.offset, audience=audience,
             valid_from=since)
        for step in followed
        for audience in step.audiences
    )  # fmt: skip
