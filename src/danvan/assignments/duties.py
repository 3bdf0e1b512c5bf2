"""What a person owes or waits for here, for the desk. Two queries and the names."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.assignments import queries, wording
from danvan.assignments.models import Assignment, Submission
from danvan.assignments.workflow import OWED, SETTLED
from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.organisations.queries import names_on

# A date further away than this waits in one line.
HORIZON = dt.timedelta(days=60)


def duties_of(actor: Actor, today: dt.date) -> Iterable[Duty]:
    """Returned and dated work one by one, the rest summed up; then what waits for us."""
    yield from _of_unit(actor, today)
    yield from _of_office(actor, today)
    yield from _asked_of_office(actor)
    yield from _followed(actor)


def _of_unit(actor: Actor, today: dt.date) -> Iterator[Duty]:
    to_do = queries.to_do(actor).filter(state__in=OWED)
    owed = list(to_do.prefetch_related("submissions", "confirmations"))
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
    by_task: dict[tuple[int | None, int | None], list[Submission]] = defaultdict(list)
    for submission in queries.waiting_for(actor):
        of = submission.assignment
        by_task[of.task_id, of.directive_id].append(submission)
    units = [s.assignment for waiting in by_task.values() for s in waiting[:1]]
    names = _names(units, today, always=True)
    for waiting in by_task.values():
        yield _waiting(waiting, names)


def _duty(
    assignment: Assignment, kind: str, why: str, names: dict[int, str], due: bool = True
) -> Duty:
    title = wording.line_title(assignment)
    if name := names.get(assignment.unit_id):
        title = f"{name} – {title}"
    return Duty(
        title=title,
        url=reverse("assignments:detail", args=[assignment.pk]),
        kind=kind,  # type: ignore[arg-type]
        due=assignment.due_on if due else None,
        why=why,
        whose=str(assignment.assigned_to or _("đơn vị")),
        group=_("Nhiệm vụ"),
    )


def _returned(assignment: Assignment, names: dict[int, str]) -> Duty:
    latest = next(iter(assignment.submissions.all()), None)
    denied = next(iter(assignment.confirmations.all()), None)
    if denied and (latest is None or not latest.outcome_reason):
        why = _("Người nêu ý kiến chưa đồng ý: %(why)s") % {"why": denied.how}
    else:
        why = _("Bị trả lại: %(why)s") % {"why": latest.outcome_reason if latest else ""}
    return _duty(assignment, "returned", why, names)


def _asked_of_office(actor: Actor) -> Iterator[Duty]:
    """What units ask, and what is to be asked back: a line of each kind."""
    office, url = _("cơ quan thường trực"), reverse("assignments:requests")
    for count, title, why in (
        (
            queries.waiting_extensions(actor).count(),
            _("%(n)d đề nghị gia hạn chờ xem xét"),
            _("Đơn vị xin thêm thời gian; hạn chưa đổi cho đến khi được đồng ý."),
        ),
        (
            queries.waiting_exemptions(actor).count(),
            _("%(n)d đề nghị không áp dụng chờ xem xét"),
            _("Đơn vị cho rằng nhiệm vụ không phù hợp; vẫn phải thực hiện đến khi được miễn."),
        ),
        (
            queries.to_confirm(actor).count(),
            _("%(n)d kết luận sau đối thoại chờ người nêu ý kiến xác nhận"),
            _("Kết quả đã được chấp nhận; việc chỉ kết thúc khi người nêu xác nhận."),
        ),
    ):
        if count:
            yield Duty(title % {"n": count}, url, "waiting", None, why, office, _("Nhiệm vụ"))


def _followed(actor: Actor) -> Iterator[Duty]:
    """What the unit follows to its end without owing anything."""
    open_ones = queries.followed(actor).exclude(state__in=SETTLED).exclude(due_on=None)
    first = open_ones.order_by("due_on").first()
    if first is None:
        return
    yield Duty(
        title=_("Theo dõi %(n)d việc của các đơn vị khác") % {"n": open_ones.count()},
        url=reverse("assignments:followed"),
        kind="watch",
        due=first.due_on,
        why=_("Đơn vị là cơ quan theo dõi. Ngày ghi là hạn gần nhất trong số đó."),
        whose=_("các đơn vị thực hiện"),
        group=_("Nhiệm vụ"),
    )


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
    title = wording.line_title(first)
    if len(waiting) == 1:
        title = f"{names.get(first.unit_id, '')} – {title}"
        url = reverse("assignments:detail", args=[first.pk])
    else:
        title = _("%(n)d bản nộp chờ xem xét – %(title)s") % {"n": len(waiting), "title": title}
        of = f"?nhiem_vu={first.task_id}" if first.task_id else ""
        url = reverse("assignments:waiting") + of
    why = _("Đơn vị đã nộp, chờ cơ quan thường trực chấp nhận hoặc trả lại.")
    return Duty(title, url, "waiting", None, why, _("cơ quan thường trực"), _("Nhiệm vụ"))


def _names(assignments: list[Assignment], today: dt.date, always: bool = False) -> dict[int, str]:
    """Names only where they tell something: for one's own single unit they do not."""
    units = {a.unit_id for a in assignments}
    return names_on(today, units) if always or len(units) > 1 else {}
