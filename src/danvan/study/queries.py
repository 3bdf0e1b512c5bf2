"""Who sees which campaigns, and reads worth a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Case, Count, Q, QuerySet, Sum, When

from danvan.documents.models import Document
from danvan.documents.rules import ACTS_FOR
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.kernel.facts import Period
from danvan.organisations import queries as organisations
from danvan.organisations import roles
from danvan.organisations.models import Succession, Unit, UnitVersion
from danvan.organisations.models.units import in_force
from danvan.study import reckoning, roster
from danvan.study.models import (
    Attendance,
    Campaign,
    Enrolment,
    Exemption,
    Learner,
    Need,
    PlanLine,
    StudySession,
    TrainingClass,
)
from danvan.study.reckoning import Reckoning
from vanban import symbols

COUNTING = (Campaign.State.OPEN, Campaign.State.CLOSED)


def visible_to(actor: Actor) -> QuerySet[Campaign]:
    """The overseers see every campaign of theirs; a unit those it studies, once open."""
    scopes = {hold.scope for hold in actor.holds}
    above = Succession.objects.filter(successor__in=scopes).values("predecessor")
    ours = Campaign.units.through.objects.filter(
        Q(unit__in=scopes) | Q(unit__in=above), campaign__state__in=COUNTING
    )
    overseen = organisations.oversees(actor)
    found = Campaign.objects.filter(Q(pk__in=ours.values("campaign")) | Q(body__in=overseen))
    return found.select_related("body", "programme")


def sessions_visible_to(actor: Actor) -> QuerySet[StudySession]:
    """Those of campaigns in view; those of classes for whoever belongs under the body."""
    campaigns = visible_to(actor).values("pk")
    classes = classes_visible_to(actor).values("pk")
    found = StudySession.objects.filter(
        Q(campaign__in=campaigns) | Q(training_class__in=classes) | Q(organiser__in=_own(actor))
    )
    return found.select_related(
        "campaign__body", "training_class__line__body", "training_class__line__organiser",
        "organiser",
    )  # fmt: skip


def lines_visible_to(actor: Actor) -> QuerySet[PlanLine]:
    """The plan is read by everybody under the body, and by its overseers."""
    bodies = bodies_around(actor)
    return PlanLine.objects.filter(body__in=bodies).select_related("body", "organiser")


def classes_visible_to(actor: Actor) -> QuerySet[TrainingClass]:
    lines = lines_visible_to(actor).values("pk")
    found = TrainingClass.objects.filter(line__in=lines)
    return found.select_related("line__body", "line__organiser")


def exemptions_visible_to(actor: Actor) -> QuerySet[Exemption]:
    """A unit's own, and those of units under a body the actor oversees."""
    overseen = organisations.oversees(actor)
    below = UnitVersion.objects.filter(parent__in=overseen).values("unit")
    found = Exemption.objects.filter(Q(unit__in=_own(actor)) | Q(unit__in=below))
    return found.select_related("person", "unit")


def bodies_around(actor: Actor) -> set[int]:
    """Bodies the actor's units are or are under today, and those overseen."""
    own = _own(actor)
    above = UnitVersion.objects.filter(in_force(clock.today()), unit__in=own, parent__isnull=False)
    return {*own, *above.values_list("parent_id", flat=True), *organisations.oversees(actor)}


def kept_by(actor: Actor) -> Unit | None:
    """The body whose campaigns the actor keeps."""
    return Unit.objects.filter(pk__in=actor.scopes(roles.PROGRAMME_OFFICE)).order_by("pk").first()


def units_under(body: Unit, day: dt.date) -> list[tuple[int, str]]:
    """(id, name) of the body and the units under it that have people, in Vietnamese order."""
    below = organisations.subordinates(body, day).values_list("unit_id", "name")
    return [(body.pk, organisations.name_on(body, day)), *below]


def day_of(campaign: Campaign) -> dt.date:
    """The day its figures are of: today, or the day it was closed."""
    return clock.local_day(campaign.closed_at) if campaign.closed_at else clock.today()


def reckoned(campaign: Campaign, units: Iterable[int] | None = None) -> Reckoning:
    return reckoning.reckon([campaign], day_of(campaign), None if units is None else set(units))


def in_period(period: Period) -> QuerySet[Campaign]:
    """Campaigns that count for a period: opened, and due within it."""
    return Campaign.objects.filter(
        state__in=COUNTING, due_on__gte=period.start, due_on__lte=period.end
    )


def trained(units: Iterable[int], period: Period) -> dict[int, tuple[int, int]]:
    """Unit → (completed, needed) over lines due in the period; two queries.

    More people than needed count as many as were needed: a line cannot make up for another.
    """
    needs = list(
        Need.objects.filter(
            unit__in=list(units), people__gt=0, line__withdrawn_at=None,
            line__due_on__gte=period.start, line__due_on__lte=period.end,
        ).values_list("line_id", "unit_id", "people")
    )  # fmt: skip
    done = {
        (line, unit): number
        for line, unit, number in Enrolment.objects.filter(
            training_class__line__in={line for line, _unit, _people in needs},
            outcome=Enrolment.Outcome.COMPLETED, completed_on__lte=period.end,
        ).order_by().values_list("training_class__line_id", "unit_id").annotate(number=Count("pk"))
    }  # fmt: skip
    found: dict[int, tuple[int, int]] = {}
    for line, unit, people in needs:
        before = found.get(unit, (0, 0))
        found[unit] = (before[0] + min(people, done.get((line, unit), 0)), before[1] + people)
    return found


def plan_lines(lines: QuerySet[PlanLine]) -> list[PlanLine]:
    """Lines with what was planned, enrolled and completed; two more queries."""
    needed = dict(
        Need.objects.filter(line__in=lines).values_list("line_id").annotate(n=Sum("people"))
    )
    counts: dict[int, dict[str, int]] = {}
    rows = Enrolment.objects.filter(training_class__line__in=lines).order_by()
    by_outcome = rows.values_list("training_class__line_id", "outcome")
    for line, outcome, number in by_outcome.annotate(n=Count("pk")):
        counts.setdefault(line, {})[outcome] = number
    found = list(lines)
    for row in found:
        told = counts.get(row.pk, {})
        row.needed = needed.get(row.pk) or 0  # type: ignore[attr-defined]
        row.enrolled = sum(told.values())  # type: ignore[attr-defined]
        row.completed = told.get(Enrolment.Outcome.COMPLETED, 0)  # type: ignore[attr-defined]
    return found


def to_read(learner: Learner) -> list[Campaign]:
    """Open campaigns that ask something of this person today."""
    unit = roster.unit_of(learner.person_id or 0, clock.today())
    if unit is None:
        return []
    campaigns = Campaign.objects.filter(state=Campaign.State.OPEN).order_by("due_on", "pk")
    found = reckoning.reckon(campaigns, clock.today(), [unit])
    return found.asked.get(unit, [])


def document_of(code: str) -> Document | None:
    """The document of this symbol, however it is spelt; one with words before one without."""
    key = symbols.key(code)[:80] if code else ""
    rows = Document.objects.filter(code_key=key).exclude(code="")
    found = rows.annotate(wordless=Case(When(text="", then=1), default=0))
    return found.order_by("wordless", "-issued_on").first() if key else None


def acts_for(actor: Actor) -> frozenset[int]:
    return actor.scopes(*ACTS_FOR)


def _own(actor: Actor) -> set[int]:
    return {hold.scope for hold in actor.holds if hold.role in (roles.MEMBER, *ACTS_FOR)}


def rosters_of(actor: Actor, day: dt.date) -> list[tuple[int, str, str]]:
    """(unit id, key, name) of the units whose names the actor may see, in Vietnamese order."""
    overseen = organisations.oversees(actor)
    scopes = {hold.scope for hold in actor.holds if hold.scope}
    rows = organisations.versions_on(day).filter(Q(unit__in=scopes) | Q(parent__in=overseen))
    return list(rows.order_by("sort_key").values_list("unit_id", "unit__key", "name"))


def outcomes(line: PlanLine) -> dict[int, int]:
    """Unit → how many of it completed a class of the line; one query."""
    rows = Enrolment.objects.filter(
        training_class__line=line, outcome=Enrolment.Outcome.COMPLETED
    ).order_by()
    return dict(rows.values_list("unit_id").annotate(n=Count("pk")))


def classes_of(line: PlanLine) -> QuerySet[TrainingClass]:
    done = Q(enrolments__outcome=Enrolment.Outcome.COMPLETED)
    return line.classes.annotate(
        enrolled=Count("enrolments"), completed=Count("enrolments", filter=done)
    )


def enrolments_of(held: TrainingClass) -> list[Enrolment]:
    """By unit and name, each with how many sessions of the class they came to; two queries."""
    rows = list(
        held.enrolments.select_related("learner__person", "unit").order_by(
            "unit", "learner__person__sort_key", "name"
        )
    )
    came: dict[tuple[str, int], int] = {}
    for learner, enrolment in Attendance.objects.filter(session__training_class=held).values_list(
        "learner_id", "enrolment_id"
    ):
        key = ("learner", learner) if learner else ("enrolment", enrolment)
        came[key] = came.get(key, 0) + 1
    for row in rows:
        key = ("learner", row.learner_id) if row.learner_id else ("enrolment", row.pk)
        row.came = came.get(key, 0)  # type: ignore[attr-defined]
    return rows
