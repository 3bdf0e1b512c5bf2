"""What the first page shows: duties in groups and a few figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from danvan.kernel import duties, facts
from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.kernel.facts import Fact, Period, Reading
from danvan.organisations import queries, roles
from danvan.programmes.models import Programme
from danvan.ui import written

# In the order of the page: heading, sentence beneath it, icon.
KINDS = {
    "returned": (_("Bị trả lại"), _("Sửa theo lý do rồi nộp lại."), "arrow-uturn-left"),
    "owed": (_("Việc phải làm"), _("Đến lượt bạn hoặc đơn vị bạn."), "clipboard-document-list"),
    "waiting": (_("Chờ bạn xem xét"), _("Người khác đã nộp, đang chờ bạn."), "inbox-arrow-down"),
    "watch": (_("Theo dõi"), _("Đang ở chỗ khác; bạn chỉ cần biết."), "eye"),
}
MOST_FIGURES = 6
YES_OR_NO = "có/không"


@dataclass(slots=True)
class Pile:
    """All duties of one kind, in the groups their contexts gave them."""

    kind: str
    title: Any
    lead: Any
    icon: str
    groups: dict[str, list[Duty]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(len(group) for group in self.groups.values())


def piles(actor: Actor, today: dt.date) -> list[Pile]:
    """What came back first, then what is owed, waits, and is only watched."""
    found = {kind: Pile(kind, *words) for kind, words in KINDS.items()}
    for duty in duties.owed(actor, today):
        found[duty.kind].groups.setdefault(duty.group, []).append(duty)
    return [pile for pile in found.values() if pile.groups]


def shown(reading: Reading) -> str:
    """A figure as a person reads it: a share as its two numbers, else the value."""
    if reading.numerator is not None and reading.denominator is not None:
        return f"{written.number(reading.numerator)}/{written.number(reading.denominator)}"
    return str(written.number(reading.value))


def figures(actor: Actor, today: dt.date) -> list[tuple[Any, str, Reading]]:
    """For who oversees: figures of the year's programme; for a unit's people: their unit's."""
    year = Period.year(today.year)
    if bodies := queries.oversees(actor):
        programme = Programme.objects.filter(body__in=bodies).order_by("-year").first()
        if programme is None:
            return []
        return _known("programme", programme.pk, Period.year(programme.year))
    mine = actor.scopes(roles.HEAD, roles.DEPUTY, roles.LEADER, roles.FOCAL_OFFICER)
    ranked = [v.unit_id for v in queries.versions_on(today).filter(unit__in=mine) if v.block]
    return _known("unit", min(ranked), year) if ranked else []


def _known(about: str, subject: int, period: Period) -> list[tuple[Any, str, Reading]]:
    # Yes-or-no facts are told as duties; as a figure "1" would say nothing.
    offered: Iterable[Fact] = [
        f for f in facts.REGISTRY.values() if f.about == about and f.measure != YES_OR_NO
    ]
    known = list(islice(_telling(offered, subject, period), MOST_FIGURES))
    # A row of noughts says nothing yet: the year has not begun for this unit.
    if not any(r.value for _fact, r in known):
        return []
    return [(fact.label, shown(r), r) for fact, r in known]


def _telling(
    offered: Iterable[Fact], subject: int, period: Period
) -> Iterator[tuple[Fact, Reading]]:
    """Known figures, read one by one so that whoever has enough asks no more. A nought out of
    nothing is left out: nobody here uses what it counts."""
    for fact in offered:
        reading = fact.read([subject], period).get(subject)
        if reading is None or reading.value is None:
            continue
        if reading.value or reading.denominator:
            yield fact, reading
