"""The scoring dossier: handed in by submitting the score sheet, complete at once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from danvan.assignments import rules
from danvan.assignments.actions.submissions import mark_filed
from danvan.assignments.models import Assignment, Submission
from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record
from danvan.organisations.queries import person_of


@action("assignments.dossier.file", may=rules.may_file_dossier, says=_("nộp hồ sơ chấm điểm"))
def file_dossier(assignment: Assignment, *, by: Actor) -> Submission:
    """Records that the dossier came in; scoring calls this when a sheet is submitted.

    No file: the sheet with its proofs is the dossier. A second time is refused as done.
    """
    now = clock.now()
    submission = Submission.objects.create(
        assignment=assignment,
        version=assignment.submissions.count() + 1,
        filed_at=now,
        filed_by=person_of(by),
        note=str(_("Hồ sơ là phiếu tự chấm điểm và minh chứng đã nộp trên hệ thống.")),
        outcome=Submission.Outcome.ACCEPTED,
        decided_at=now,
    )
    mark_filed(assignment, submission, "file_dossier")
    record(
        assignment,
        concerns=assignment.unit_id,
        version=submission.version,
        days_late=assignment.days_late,
    )
    return submission
