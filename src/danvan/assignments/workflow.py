"""The life of an assignment: six states and the moves between them.

``submitted`` waits for the programme office; ``returned`` waits for the unit.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from danvan.assignments.models import Assignment
from danvan.kernel.workflow import Move, State, Workflow

S = Assignment.State

WORKFLOW = Workflow(
    "assignment",
    states=[
        State(S.OPEN, S.OPEN.label, _("chưa bắt đầu")),
        State(S.IN_PROGRESS, S.IN_PROGRESS.label, _("đang thực hiện")),
        State(S.SUBMITTED, S.SUBMITTED.label, _("đã nộp")),
        State(S.RETURNED, S.RETURNED.label, _("đang hoàn thiện")),
        State(S.ACCEPTED, S.ACCEPTED.label, _("đã hoàn thành"), final=True),
        State(S.EXEMPT, S.EXEMPT.label, _("được miễn"), final=True),
    ],
    moves=[
        Move("start", (S.OPEN,), S.IN_PROGRESS, _("bắt đầu thực hiện")),
        Move("file", (S.OPEN, S.IN_PROGRESS, S.RETURNED), S.SUBMITTED, _("nộp")),
        Move("accept", (S.SUBMITTED,), S.ACCEPTED, _("chấp nhận")),
        Move("return", (S.SUBMITTED,), S.RETURNED, _("trả lại"), needs_reason=True),
        # A dossier is complete when its score sheet is submitted: nobody looks at it twice.
        Move(
            "file_dossier",
            (S.OPEN, S.IN_PROGRESS, S.RETURNED),
            S.ACCEPTED,
            _("ghi nhận hồ sơ chấm điểm"),
        ),
        Move("exempt", (S.OPEN, S.IN_PROGRESS, S.RETURNED), S.EXEMPT, _("miễn"), needs_reason=True),
        # Only a conclusion after a dialogue: whoever asked says that it is not done.
        Move("reopen", (S.ACCEPTED,), S.RETURNED, _("chưa được xác nhận"), needs_reason=True),
        Move("require_again", (S.EXEMPT,), S.OPEN, _("yêu cầu thực hiện lại"), needs_reason=True),
    ],
)

# Nothing more is expected of the unit, unless the programme office says so.
SETTLED = frozenset({S.ACCEPTED, S.EXEMPT})
# The unit still owes something.
OWED = frozenset({S.OPEN, S.IN_PROGRESS, S.RETURNED})
# Handed in and not sent back.
HANDED_IN = frozenset({S.SUBMITTED, S.ACCEPTED})
