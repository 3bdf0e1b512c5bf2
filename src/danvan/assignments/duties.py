"""What a person owes or waits for here, for the desk. Two queries and the names."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.assignments import queries, wording
from danvan.assignments.models import Assignment, Submission
from danvan.assignments.workflow import OWED
from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.organisations.queries import names_on

# A date further away than this waits in one line.
HORIZON = dt.timedelta(days=60)


def duties_of(actor: Actor, today: dt.date) -> Iterable[Duty]:
    """Returned and dated work one by one, the rest summed up; then what waits for us."""
    yield from _of_unit(actor, today)
    yield from _of_office(actor, today)


def _of_unit(actor: Actor, today: dt.date) -> Iterator[Duty]:
    owed = list(queries.to_do(actor).filter(state__in=OWED).prefetch_related("submissions"))
    names = _names(owed, today)
    later, undated = [], []
    for assignment in owed:
        if assignment.state == Assignment.State.RETURNED:
            yield _returned(assignment, names)
        elif assignment.due_on is None:
            undated.append(assignment)
        elif assignment.due_on > today + HORIZON:
            later.append(assignment)
        else:
            yield _duty(assignment, "owed", wording.why_briefly(assignment), names)
    if later:
        yield _later(later)
    if undated:
        yield _undated(undated)


def _of_office(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """One line per duty: thirty-seven reports of one day are one line."""
    by_task: dict[int | None, list[Submission]] = defaultdict(list)
    for submission in queries.waiting_for(actor):
        by_task[submission.assignment.task_id].append(submission)
    units = [s.assignment for waiting in by_task.values() for s in waiting[:1]]
    names = _names(units, today, always=True)
    for waiting in by_task.values():
        yield _waiting(waiting, names)


def _duty(
    assignment: Assignment, kind: str, why: str, names: dict[int, str], due: bool = True
) -> Duty:
    title = wording.line_title(assignment.task)
    if name := names.get(assignment.unit_id):
        title = f"{name} – {title}"
    return Duty(
        title=title,
        url=reverse("assignments:detail", args=[assignment.pk]),
        kind=kind,  # type: ignore[arg-type]
        due=assignment.due_on if due else None,
        why=why,
        whose=_("đơn vị"),
        group=_("Nhiệm vụ"),
    )


def _returned(assignment: Assignment, names: dict[int, str]) -> Duty:
    latest = next(iter(assignment.submissions.all()), None)
    why = _("Bị trả lại: %(why)s") % {"why": latest.outcome_reason if latest else ""}
    return _duty(assignment, "returned", why, names)


def _later(later: list[Assignment]) -> Duty:
    nearest = min(a.due_on for a in later if a.due_on)
    return Duty(
        title=_("%(n)d nhiệm vụ hạn còn xa") % {"n": len(later)},
        url=reverse("assignments:own"),
        kind="watch",
        due=nearest,
        why=_("Ngày ghi là hạn gần nhất trong số đó."),
        whose=_("đơn vị"),
        group=_("Nhiệm vụ"),
    )


def _undated(undated: list[Assignment]) -> Duty:
    return Duty(
        title=_("%(n)d nhiệm vụ thường xuyên") % {"n": len(undated)},
        url=f"{reverse('assignments:own')}#khong-co-han",
        kind="watch",
        why=_("Kế hoạch không ấn định ngày cho các nhiệm vụ này."),
        whose=_("đơn vị"),
        group=_("Nhiệm vụ"),
    )


def _waiting(waiting: list[Submission], names: dict[int, str]) -> Duty:
    first = waiting[0].assignment
    title = wording.line_title(first.task)
    if len(waiting) == 1:
        title = f"{names.get(first.unit_id, '')} – {title}"
        url = reverse("assignments:detail", args=[first.pk])
    else:
        title = _("%(n)d bản nộp chờ xem xét – %(title)s") % {"n": len(waiting), "title": title}
        url = f"{reverse('assignments:waiting')}?nhiem_vu={first.task_id}"
    why = _("Đơn vị đã nộp, chờ cơ quan thường trực chấp nhận hoặc trả lại.")
    return Duty(title, url, "waiting", None, why, _("cơ quan thường trực"), _("Nhiệm vụ"))


def _names(assignments: list[Assignment], today: dt.date, always: bool = False) -> dict[int, str]:
    """Names only where they tell something: for one's own single unit they do not."""
    units = {a.unit_id for a in assignments}
    return names_on(today, units) if always or len(units) > 1 else {}
