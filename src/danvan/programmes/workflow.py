"""The life of a draft."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from danvan.kernel.workflow import Move, State, Workflow

DRAFT = Workflow(
    "draft",
    [
        State("review", _("đang rà soát")),
        State("published", _("đã ban hành"), final=True),
        State("kept", _("đã ghi nhận làm căn cứ"), final=True),
        State("discarded", _("đã bỏ"), final=True),
    ],
    [
        Move("publish", ("review",), "published", _("Ban hành thành chương trình")),
        Move("keep", ("review",), "kept", _("Ghi nhận làm căn cứ")),
        Move("discard", ("review",), "discarded", _("Bỏ bản đọc"), needs_reason=True),
    ],
)
