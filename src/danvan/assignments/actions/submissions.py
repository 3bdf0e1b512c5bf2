"""Handing in, and what the programme office answers. Versions are kept, none is changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.assignments import rules
from danvan.assignments.actions.requests import lapse, needed
from danvan.assignments.models import Assignment, Attachment, Submission
from danvan.assignments.status import days_late_on
from danvan.assignments.workflow import WORKFLOW
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, Stale, refuse
from danvan.kernel.actions import action, record
from danvan.kernel.files import store
from danvan.organisations.queries import person_of
from danvan.programmes.models.plans import Deliverable

Outcome = Submission.Outcome


@action("assignments.submission.file", may=rules.may_file, says=gettext_lazy("nộp kết quả"))
def file(
    assignment: Assignment,
    *,
    files: Sequence[UploadedFile] = (),
    document_code: str = "",
    document_date: dt.date | None = None,
    note: str = "",
    by: Actor,
) -> Submission:
    """Hands in the next version. Lateness is set by the first one only.

    Needs a file or, for a task that asks for no document, a note (else Refused).
    """
    if lacking := what_is_lacking(assignment, bool(files), note):
        raise Refused(refuse(lacking))
    submission = Submission.objects.create(
        assignment=assignment,
        version=assignment.submissions.count() + 1,
        filed_at=clock.now(),
        filed_by=person_of(by),
        document_code=document_code,
        document_date=document_date,
        note=note,
    )
    _attach(submission, files)
    mark_filed(assignment, submission, "file")
    record(
        assignment,
        concerns=assignment.unit_id,
        version=submission.version,
        files=[sent.name for sent in files],
        days_late=assignment.days_late,
    )
    return submission


@action("assignments.submission.accept", may=rules.may_accept, says=gettext_lazy("chấp nhận"))
def accept(assignment: Assignment, *, version: int | None = None, by: Actor) -> Submission:
    """Accepts the waiting version. ``version``: the one the person saw (Stale if another)."""
    submission = _decide(assignment, version, Outcome.ACCEPTED, "", by)
    _move(assignment, "accept", settled_at=clock.now())
    record(assignment, concerns=assignment.unit_id, version=submission.version)
    return submission


@action("assignments.submission.return", may=rules.may_return, says=gettext_lazy("trả lại"))
def return_for_correction(
    assignment: Assignment, *, reason: str = "", version: int | None = None, by: Actor
) -> Submission:
    """Sends the waiting version back with a reason; the unit hands in the next one."""
    reason = needed(reason)
    submission = _decide(assignment, version, Outcome.RETURNED, reason, by)
    _move(assignment, "return", returns=assignment.returns + 1)
    record(assignment, concerns=assignment.unit_id, reason=reason, version=submission.version)
    return submission


@action("assignments.assignment.exempt", may=rules.may_exempt, says=gettext_lazy("miễn"))
def exempt(assignment: Assignment, *, reason: str = "", by: Actor) -> Assignment:
    """Justified: the unit owes this no longer, and no figure counts it."""
    reason = needed(reason)
    _move(assignment, "exempt", exempt_reason=reason, settled_at=clock.now())
    lapse(assignment, _("Nhiệm vụ đã được miễn."))
    record(assignment, concerns=assignment.unit_id, reason=reason)
    return assignment


@action(
    "assignments.assignment.require_again",
    may=rules.may_require_again,
    says=gettext_lazy("yêu cầu thực hiện lại"),
)
def require_again(assignment: Assignment, *, reason: str = "", by: Actor) -> Assignment:
    """Takes an exemption back. The date stays what it was; why is in the history."""
    reason = needed(reason)
    _move(assignment, "require_again", exempt_reason="", settled_at=None)
    record(assignment, concerns=assignment.unit_id, reason=reason)
    return assignment


def what_is_lacking(assignment: Assignment, has_files: bool, note: str) -> str:
    """What a filing must still have, as a sentence; "" if nothing."""
    if has_files:
        return ""
    if assignment.deliverable == Deliverable.NONE:
        return "" if note.strip() else _("Ghi kết quả thực hiện hoặc gửi ít nhất một tệp.")
    return _("Phải gửi ít nhất một tệp.")


def mark_filed(assignment: Assignment, submission: Submission, move: str) -> None:
    """Moves on; sets the time and lateness of the first filing, and only of that."""
    changes: dict[str, object] = {}
    if assignment.first_filed_at is None:
        filed_on = clock.local_day(submission.filed_at)
        changes = {
            "first_filed_at": submission.filed_at,
            "days_late": days_late_on(assignment.due_on, filed_on),
        }
    if submission.decided_at:
        changes["settled_at"] = submission.decided_at
    lapse(assignment, _("Đơn vị đã nộp trước khi đề nghị được xem xét."))
    _move(assignment, move, **changes)


def _attach(submission: Submission, sent: Sequence[UploadedFile]) -> None:
    Attachment.objects.bulk_create(
        Attachment(submission=submission, file=store(one), name=str(one.name)) for one in sent
    )


def _decide(
    assignment: Assignment, version: int | None, outcome: str, reason: str, by: Actor
) -> Submission:
    """Writes the answer on the waiting version."""
    submission = assignment.submissions.get(outcome=Outcome.WAITING)
    if version is not None and submission.version != version:
        raise Stale(
            _("Đơn vị đã nộp lần %(new)d sau khi trang này được mở (đang xem lần %(old)d).")
            % {"new": submission.version, "old": version}
        )
    submission.outcome, submission.outcome_reason = outcome, reason
    submission.decided_at, submission.decided_by = clock.now(), person_of(by)
    submission.save()
    return submission


def _move(assignment: Assignment, move: str, **changes: object) -> None:
    assignment.state = WORKFLOW.target(move)
    for name, value in changes.items():
        setattr(assignment, name, value)
    assignment.save(update_fields=["state", *changes])
