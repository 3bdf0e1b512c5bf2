"""The life of a dialogue: planned, told to the people, held, its result made public."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from danvan.democracy.models import Dialogue
from danvan.kernel.workflow import Move, State, Workflow

PLANNED, ANNOUNCED, HELD, PUBLISHED, CANCELLED = (s.value for s in Dialogue.State)

WORKFLOW = Workflow(
    "dialogue",
    [
        State(PLANNED, _("dự kiến")),
        State(ANNOUNCED, _("đã thông báo"), _("sắp tổ chức")),
        State(HELD, _("đã tổ chức"), _("đã tổ chức, chờ công khai kết quả")),
        State(PUBLISHED, _("đã công khai kết quả"), _("đã công khai kết quả"), final=True),
        State(CANCELLED, _("không tổ chức"), _("không tổ chức"), final=True),
    ],
    [
        Move("change", (PLANNED,), PLANNED, _("sửa dự kiến")),
        Move("announce", (PLANNED,), ANNOUNCED, _("thông báo")),
        Move("hold", (ANNOUNCED,), HELD, _("ghi biên bản")),
        Move("publish", (HELD,), PUBLISHED, _("công khai kết quả")),
        Move("cancel", (PLANNED, ANNOUNCED), CANCELLED, _("không tổ chức"), needs_reason=True),
    ],
)
