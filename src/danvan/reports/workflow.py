"""The life of one version of a report."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from danvan.kernel.workflow import Move, State, Workflow
from danvan.reports.models import Report

WORKFLOW = Workflow(
    "report",
    [
        State(Report.State.DRAFT, _("đang soạn")),
        State(Report.State.READY, _("chờ duyệt")),
        State(Report.State.APPROVED, _("đã duyệt, khóa"), final=True),
    ],
    [
        Move("put_forward", ("draft",), "ready", _("trình duyệt")),
        Move("hand_back", ("ready",), "draft", _("chuyển lại để sửa"), needs_reason=True),
        Move("approve", ("draft", "ready"), "approved", _("duyệt, ký, gửi")),
    ],
)
