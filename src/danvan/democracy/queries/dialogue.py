"""Dialogues in view, the figures they are held to, and how their promises stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from danvan.assignments import queries as assignments
from danvan.assignments import tracking
from danvan.assignments.models import Assignment
from danvan.democracy.committees import BELONGING
from danvan.democracy.models import Dialogue, DialogueRule, Promise
from danvan.kernel.access import Actor
from danvan.organisations.queries import oversees
from danvan.ui import written

Kind, State = DialogueRule.Kind, Dialogue.State


def visible_to(actor: Actor) -> QuerySet[Dialogue]:
    """What was told to the people is everybody's; plans are the unit's and its overseers'."""
    if not actor.holds:
        return Dialogue.objects.none()
    told = ~Q(state=State.PLANNED) & ~Q(state=State.CANCELLED, announced_on__isnull=True)
    own = Q(host__in=actor.scopes(*BELONGING)) | Q(body__in=oversees(actor))
    return Dialogue.objects.filter(told | own).select_related("host", "body", "file")


def every_rule() -> list[DialogueRule]:
    """All figures, the law's before the localities', older before newer; one query."""
    return list(DialogueRule.objects.order_by(F("body").asc(nulls_first=True), "valid_from"))


def rules_on(
    day: dt.date, body: int, known: Iterable[DialogueRule] | None = None
) -> dict[str, DialogueRule]:
    """Kind → the figure that holds for the body that day: a local one goes before the law's.

    ``known``: ``every_rule()``, for who asks about many dialogues.
    """
    rows = every_rule() if known is None else known
    return {r.kind: r for r in rows if r.body_id in (None, body) and r.holds_on(day)}


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a dialogue beside the rule; ``kept`` is None where nothing can be said."""

    label: str
    days: int | None
    rule: DialogueRule | None
    kept: bool | None

    @property
    def why(self) -> str:
        """The rule with its source, or that there is none."""
        if self.rule is None:
            return _("Văn bản có hiệu lực ngày này không ấn định con số và địa phương chưa đặt "
                     "quy định riêng; hệ thống chỉ ghi số ngày, không kết luận.")  # fmt: skip
        kind = _("Quy định của địa phương") if self.rule.body_id else _("Quy định")
        return f"{kind}: {self.rule.number}. {self.rule.source}."


def measures(dialogue: Dialogue) -> list[Measure]:
    """Notice and publication against the rule of the day of the dialogue; one query."""
    rules = rules_on(dialogue.held_on, dialogue.body_id)
    notice, publish = rules.get(Kind.NOTICE), rules.get(Kind.PUBLISH)
    days, after = dialogue.notice_days, dialogue.publish_days
    early = None if notice is None or days is None else days >= notice.number
    soon = None if publish is None or after is None else after <= publish.number
    return [
        Measure(_("Số ngày thông báo trước"), days, notice, early),
        Measure(_("Số ngày đến khi công khai kết quả"), after, publish, soon),
    ]


def publish_before(
    dialogue: Dialogue, known: Iterable[DialogueRule] | None = None
) -> tuple[dt.date | None, str]:
    """The last day to publish the result, and why; (None, "") without a rule."""
    rule = rules_on(dialogue.held_on, dialogue.body_id, known).get(Kind.PUBLISH)
    if rule is None:
        return None, ""
    day = dialogue.held_on + dt.timedelta(days=rule.number)
    said = _("%(number)d ngày từ %(held)s. %(source)s.") % {
        "number": rule.number, "held": written.day(dialogue.held_on), "source": rule.source,
    }  # fmt: skip
    return day, said


def promises_of(dialogues: Iterable[Dialogue]) -> QuerySet[Promise]:
    """Promises with their assignments; one query."""
    found = Promise.objects.filter(dialogue__in=list(dialogues))
    return found.select_related("assignment__directive", "assignment__task", "dialogue")


def promise_lines(dialogue: Dialogue, actor: Actor) -> list[tracking.Line]:
    """How each promise stands now, read from its assignment: a constant number of queries."""
    wanted = promises_of([dialogue]).values_list("assignment", flat=True)
    found = Assignment.objects.filter(pk__in=wanted).order_by("pk")
    return tracking.lines(assignments.told(found), actor)


def counted(dialogues: Iterable[Dialogue]) -> dict[int, int]:
    """Dialogue → how many promises it has; one query."""
    found = Promise.objects.filter(dialogue__in=list(dialogues)).order_by()
    return dict(found.values_list("dialogue").annotate(n=Count("pk")))
