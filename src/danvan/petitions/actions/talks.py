"""The dialogue inside a complaint: who complains and who settles it sit at one table.

Luật Khiếu nại 2011: the first time when what was verified and what is demanded still differ
(Điều 30), the second time always (Điều 39).
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action
from danvan.petitions import rules
from danvan.petitions.actions.handling import needed
from danvan.petitions.actions.steps import keep
from danvan.petitions.models import Petition


@action("petitions.petition.call_talk", may=rules.may_call_talk, says=gettext_lazy("mời đối thoại"))
def call(petition: Petition, *, held_on: dt.date, place: str, by: Actor) -> Petition:
    """Tells day and place; called too late it is warned of (``talks.told``), never refused."""
    if held_on < clock.today():
        raise Refused(refuse(_("Ngày đối thoại không được trước hôm nay.")))
    place = needed(place, _("Ghi giờ, địa điểm đối thoại."))
    keep(petition, "talk_called", by=by, until=held_on, said=place, due=held_on)
    return petition


@action(
    "petitions.petition.hold_talk",
    may=rules.may_hold_talk,
    says=gettext_lazy("ghi buổi đối thoại trong giải quyết khiếu nại"),
)
def hold(petition: Petition, *, on: dt.date, minutes: str, by: Actor) -> Petition:
    """That it took place and how it ended; the words stay with the case, out of the history."""
    minutes = needed(minutes, _("Ghi kết quả đối thoại, số biên bản."))
    keep(petition, "talk_held", on=on, by=by, said=minutes, private=True)
    return petition
