"""What both kinds of requests share: the one that waits, its answer, and when it lapses."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from danvan.assignments.models import Assignment, Request
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, Stale, refuse
from danvan.organisations.queries import person_of

State = Request.State


def needed(reason: str, told: str = "") -> str:
    """The reason without blanks around it; Refused if there is none."""
    if not reason.strip():
        raise Refused(refuse(told or _("Phải ghi lý do.")))
    return reason.strip()


def the_waiting(requests: Any, seen: int | None) -> Any:
    """The request that waits. ``seen``: the one on the person's page (Stale if another)."""
    waiting = requests.get(state=State.WAITING)
    if seen is not None and waiting.pk != seen:
        raise Stale(_("Đơn vị đã gửi đề nghị khác sau khi trang này được mở."))
    return waiting


def answer(request: Any, state: str, reason: str, by: Actor) -> None:
    """Writes the answer; the caller saves what else changed with it."""
    request.state, request.decision_reason = state, reason
    request.decided_at, request.decided_by = clock.now(), person_of(by)
    request.save()


def lapse(assignment: Assignment, why: str) -> None:
    """Nothing is left to decide: what still waits is closed, and says why."""
    for requests in (assignment.extension_requests, assignment.exemption_requests):
        requests.filter(state=State.WAITING).update(
            state=State.LAPSED, decision_reason=why, decided_at=clock.now()
        )
