"""What the page of one assignment shows, and what the person on it may do."""

from __future__ import annotations

from typing import Any

from danvan.assignments import forms, grouping, history, naming, queries, rules, wording
from danvan.assignments.models import Assignment
from danvan.assignments.status import status_of
from danvan.assignments.workflow import OWED
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.programmes.models.plans import Deliverable


def context(
    actor: Actor, assignment: Assignment, refused: forms.VerbForm | None = None
) -> dict[str, Any]:
    """Everything the template reads."""
    return {
        "assignment": assignment,
        "task": assignment.task,
        "directive": assignment.directive,
        "title": wording.line_title(assignment),
        "short": wording.brief_title(assignment, 40),
        "source": wording.source(assignment),
        "status": status_of(assignment, clock.today()),
        "submissions": queries.versions_of(assignment),
        "notes": list(queries.notes_of(assignment)),
        "history": history.lines(queries.history_of(assignment)),
        **_dates(assignment),
        **_around(actor, assignment),
        **_others(assignment),
        **_acts(actor, assignment, refused),
    }


def _dates(assignment: Assignment) -> dict[str, Any]:
    changes = list(assignment.due_changes.select_related("document"))
    return {
        "why": wording.why_due(assignment, changes),
        "extensions": assignment.extension_requests.select_related("asked_by", "decided_by"),
        "exemptions": assignment.exemption_requests.select_related("asked_by", "decided_by"),
        "confirmations": list(assignment.confirmations.select_related("recorded_by")),
        "moved": assignment.first_due_on != assignment.due_on,
    }


def _around(actor: Actor, assignment: Assignment) -> dict[str, Any]:
    """The other units of the same task, the other periods of the same unit, names."""
    today = clock.today()
    others = list(queries.siblings_of(assignment))
    if not _told_of_others(actor, assignment, others):
        others = []
    names = naming.of_assignments([assignment, *others])
    lines = [grouping.item(a, today, names[a.pk]) for a in others]
    order = list(Assignment.Role.values)
    lines.sort(key=lambda line: (order.index(line.assignment.role), line.unit_name))
    readable = _readable(actor, others)
    return {
        "unit_name": names[assignment.pk],
        "siblings": [(line, line.assignment.pk in readable) for line in lines[:SIBLINGS]],
        "more_siblings": max(0, len(lines) - SIBLINGS),
        "periods": [grouping.item(a, today) for a in queries.periods_of(assignment)],
    }


def _others(assignment: Assignment) -> dict[str, Any]:
    """Who asked, who follows it to its end, who owes it now: by name."""
    directive = assignment.directive
    follow = set(queries.followers_of(assignment))
    asked_by = directive.asked_by_unit_id if directive else None
    heir = assignment.passed_to.unit_id if assignment.passed_to else None
    wanted = {*follow, *(one for one in (asked_by, heir) if one)}
    day = naming.day_of_assignment(assignment)
    names = naming.names(wanted, day) if wanted else {}
    asker = directive.asked_by if directive else ""
    return {
        "asker": ", ".join(one for one in (asker, names.get(asked_by or 0, "")) if one),
        "followers": [names[one] for one in follow],
        "passed_to_name": names.get(heir or 0, ""),
    }


# Beyond so many units the table says how many more there are; the matrix shows them all.
SIBLINGS = 60


def _told_of_others(actor: Actor, assignment: Assignment, others: list[Assignment]) -> bool:
    """Units that work together see how the others stand; those that each do the same do not."""
    if assignment.body_id in actor.scopes(*rules.OVERSEEING) or assignment.directive_id:
        return True
    return any(a.role != Assignment.Role.ALL for a in (assignment, *others))


def _readable(actor: Actor, others: list[Assignment]) -> set[int]:
    """Which of them the person may open."""
    pks = [a.pk for a in others[:1000]]
    seen = queries.visible_to(actor).filter(pk__in=pks)
    return set(seen.select_related(None).defer(None).values_list("pk", flat=True))


def _acts(actor: Actor, assignment: Assignment, refused: forms.VerbForm | None) -> dict[str, Any]:
    """What this person can do here: a decision and a form for each act."""
    owed = assignment.state in OWED
    handed_in = assignment.state == Assignment.State.SUBMITTED
    waiting = rules.waiting_submission(assignment) if handed_in else None
    later = rules.waiting_extension(assignment) if owed else None
    apart = rules.waiting_exemption(assignment) if owed else None
    seen = {"version": waiting.version} if waiting else {}
    made: dict[str, forms.VerbForm] = {
        "file_form": forms.FileForm(assignment=assignment),
        "note_form": forms.NoteForm(assignment=assignment),
        "name_form": forms.NameForm(assignment=assignment),
        "return_form": forms.ReturnForm(assignment=assignment, initial=seen),
        "exempt_form": forms.ExemptForm(assignment=assignment),
        "again_form": forms.RequireAgainForm(assignment=assignment),
        "ask_extension_form": forms.AskExtensionForm(assignment=assignment),
        "extend_form": forms.ExtendForm(assignment=assignment),
        "ask_exemption_form": forms.AskExemptionForm(assignment=assignment),
        "confirm_form": forms.ConfirmForm(
            assignment=assignment, initial={"said_on": clock.today()}
        ),
        "deny_form": forms.DenyForm(assignment=assignment, initial={"said_on": clock.today()}),
    }
    if later:
        asked = {"until": later.asked_until, "request": later.pk}
        made["grant_form"] = forms.GrantExtensionForm(assignment=assignment, initial=asked)
        made["refuse_form"] = forms.RefuseExtensionForm(assignment=assignment, initial=asked)
    if apart:
        of = {"request": apart.pk}
        made["grant_exemption_form"] = forms.GrantExemptionForm(assignment=assignment, initial=of)
        made["refuse_exemption_form"] = forms.RefuseExemptionForm(assignment=assignment, initial=of)
    for name, form in made.items():
        if type(form) is type(refused):
            made[name] = refused  # type: ignore[assignment]
    return {
        **made,
        **_decisions(actor, assignment),
        "waiting": waiting,
        "waiting_extension": later,
        "waiting_exemption": apart,
        "owed": owed,
        "of_unit": any(actor.has(role, assignment.unit_id) for role in rules.BELONGING),
        "of_office": bool(rules.keeps(actor, assignment)),
        "of_front": actor.has(roles.OBSERVER, assignment.body_id),
        "is_dossier": assignment.deliverable == Deliverable.DOSSIER,
    }


def _decisions(actor: Actor, assignment: Assignment) -> dict[str, Any]:
    return {
        "may_file": rules.may_file(actor, assignment),
        "may_note": rules.may_note_progress(actor, assignment),
        "may_start": rules.may_start(actor, assignment),
        "may_name": rules.may_name(actor, assignment),
        "may_accept": rules.may_accept(actor, assignment),
        "may_return": rules.may_return(actor, assignment),
        "may_exempt": rules.may_exempt(actor, assignment),
        "may_require_again": rules.may_require_again(actor, assignment),
        "may_ask_extension": rules.may_ask_extension(actor, assignment),
        "may_extend": rules.may_extend(actor, assignment),
        "may_decide_extension": rules.may_decide_extension(actor, assignment),
        "may_ask_exemption": rules.may_ask_exemption(actor, assignment),
        "may_decide_exemption": rules.may_decide_exemption(actor, assignment),
        "may_confirm": rules.may_confirm(actor, assignment),
    }
