"""The life-cycles as tables: of a model, of its taking up elsewhere, of a commendation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from danvan.emulation.models import Adoption, Commendation, Exemplar
from danvan.kernel.workflow import Move, State, Workflow

S, A, C = Exemplar.State, Adoption.State, Commendation.State

EXEMPLAR = Workflow(
    "exemplar",
    [State(s.value, s.label, final=s in (S.REJECTED, S.WITHDRAWN)) for s in S],
    [
        Move("verify", (S.REGISTERED,), S.VERIFIED, _("ghi kết quả kiểm tra thực tế")),
        Move("assess", (S.VERIFIED,), S.EFFECTIVE, _("đánh giá có hiệu quả")),
        Move("recognise", (S.EFFECTIVE,), S.RECOGNISED, _("công nhận")),
        Move("award", (S.RECOGNISED,), S.AWARDED, _("khen thưởng")),
        Move(
            "reject", (S.REGISTERED, S.VERIFIED), S.REJECTED, _("đánh giá không đạt"),
            needs_reason=True,
        ),
        Move(
            "withdraw", (S.REGISTERED, S.VERIFIED, S.EFFECTIVE), S.WITHDRAWN, _("rút đăng ký"),
            needs_reason=True,
        ),
    ],
)  # fmt: skip

ADOPTION = Workflow(
    "adoption",
    [State(s.value, s.label, final=s in (A.DECLINED, A.ENDED)) for s in A],
    [
        Move("confirm", (A.CLAIMED,), A.CONFIRMED, _("xác nhận áp dụng")),
        Move("decline", (A.CLAIMED,), A.DECLINED, _("không xác nhận"), needs_reason=True),
        Move("end", (A.CONFIRMED,), A.ENDED, _("thôi áp dụng"), needs_reason=True),
    ],
)

COMMENDATION = Workflow(
    "commendation",
    [State(s.value, s.label, final=s == C.DECIDED) for s in C],
    [
        Move("propose", (C.DRAFT, C.RETURNED), C.PROPOSED, _("ký tờ trình")),
        Move("return", (C.PROPOSED,), C.RETURNED, _("trả lại"), needs_reason=True),
        Move("decide", (C.PROPOSED,), C.DECIDED, _("quyết định khen thưởng")),
    ],
)
