"""Reads worth a name. ``visible_to`` starts every page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, Prefetch, Q, QuerySet

from danvan.assignments.models import Assignment
from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.organisations.models.units import in_force
from danvan.organisations.queries import names_on
from danvan.programmes.models import Programme
from danvan.programmes.models.plans import Deliverable
from danvan.reports.models import Item, Outline, Report, Section
from danvan.reports.periods import Span
from vanban.text import search_key

OWN = (roles.MEMBER, roles.HEAD, roles.DEPUTY, roles.LEADER, roles.FOCAL_OFFICER)
OVERSEEING = (*roles.VERIFYING, roles.OBSERVER, roles.HEAD, roles.DEPUTY)


def visible_to(actor: Actor) -> QuerySet[Report]:
    """One's own units' reports, whatever their state; those approved, of programmes overseen.

    Drafts of a consolidated report are read by the office that writes it and by the signer.
    """
    mine = Q(unit__in=actor.scopes(*OWN))
    writing = Q(consolidated=True, programme__body__in=actor.scopes(roles.PROGRAMME_OFFICE))
    overseen = Q(state=Report.State.APPROVED, programme__body__in=actor.scopes(*OVERSEEING))
    return Report.objects.filter(mine | writing | overseen).select_related(
        "outline", "programme__plan", "unit", "assignment__task", "document", "approved_by"
    )


def outlines_on(day: dt.date) -> QuerySet[Outline]:
    """Report forms in force that day, with their sections and items."""
    sections = Prefetch("sections", Section.objects.prefetch_related("items"))
    return Outline.objects.filter(in_force(day)).prefetch_related(sections)


def fitting_outline(assignment: Assignment, day: dt.date) -> Outline | None:
    """The form whose name has most words of the assignment's; the oldest where none is nearer."""
    said = set(search_key(str(assignment)).split())
    held = list(outlines_on(day).order_by("pk"))
    return max(held, key=lambda o: len(said & set(search_key(o.title).split())), default=None)


def items_of(outline: Outline) -> list[Item]:
    """Every item in the order of the report."""
    return list(Item.objects.filter(section__outline=outline).select_related("section"))


def owed_by(units: frozenset[int]) -> QuerySet[Assignment]:
    """Report assignments of these units, the newest programme first."""
    return (
        Assignment.objects.filter(unit__in=units, task__deliverable=Deliverable.REPORT)
        .exclude(state=Assignment.State.EXEMPT)
        .select_related("task", "programme__plan", "unit")
        .order_by("-programme__year", "due_on", "pk")
    )


def written_for(assignments: Sequence[Assignment]) -> dict[int, Report]:
    """Assignment → its newest report; one query."""
    found = Report.objects.filter(assignment__in=assignments).order_by("version")
    return {report.assignment_id: report for report in found if report.assignment_id}


def consolidated_of(bodies: frozenset[int]) -> QuerySet[Report]:
    """Consolidated reports of programmes of these bodies."""
    return Report.objects.filter(consolidated=True, programme__body__in=bodies).select_related(
        "outline", "programme__plan", "document"
    )


def versions_of(report: Report) -> QuerySet[Report]:
    """All versions of the same report, newest first."""
    return Report.objects.filter(
        unit=report.unit_id, outline=report.outline_id, consolidated=report.consolidated,
        period_start=report.period_start, period_end=report.period_end,
    ).order_by("-version")  # fmt: skip


def previous_of(report: Report) -> Report | None:
    """The version before this one."""
    return versions_of(report).filter(version__lt=report.version).first()


def approved_for(unit: int, outline: Outline, consolidated: bool, span: Span) -> Report | None:
    """The last approved version of another period of the same form."""
    return Report.objects.filter(
        unit=unit, outline__code=outline.code, consolidated=consolidated,
        state=Report.State.APPROVED, period_start=span.start, period_end=span.end,
    ).order_by("-version").first()  # fmt: skip


def newest_approved(programme: Programme, outline: Outline, span: Span) -> list[Report]:
    """Each unit's last approved report of the period, that was not sent back; two queries."""
    of_period = Report.objects.filter(
        programme=programme, outline__code=outline.code, consolidated=False,
        state=Report.State.APPROVED, period_start=span.start, period_end=span.end,
    )  # fmt: skip
    last = of_period.values("unit").annotate(last=Max("version")).values_list("unit", "last")
    newest = dict(last.order_by())
    found = of_period.exclude(assignment__state=Assignment.State.RETURNED)
    return [r for r in found.order_by("unit", "version") if newest[r.unit_id] == r.version]


@dataclass(frozen=True, slots=True)
class Expected:
    """A unit that owes a report, and what has become of it."""

    unit: int
    name: str
    report: Report | None
    assignment: Assignment


def expected(programme: Programme, included: Sequence[Report]) -> list[Expected]:
    """Every unit that owes the programme a report, in Vietnamese order; two queries."""
    owed = {
        a.unit_id: a
        for a in Assignment.objects.filter(
            programme=programme, task__deliverable=Deliverable.REPORT
        ).exclude(state=Assignment.State.EXEMPT)
    }
    held = {report.unit_id: report for report in included}
    day = programme.plan.issued_on or programme.published_at.date()
    names = names_on(day, owed)
    return [Expected(u, name, held.get(u), owed[u]) for u, name in names.items()]
