"""The two life-cycles of scoring: of a round, and of one unit's sheet in it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from danvan.kernel.workflow import Move, State, Workflow
from danvan.scoring.models import Round, Sheet

ROUND = Workflow(
    "round",
    (
        State(Round.State.OPEN, _("tự chấm điểm")),
        State(Round.State.VERIFYING, _("thẩm định")),
        State(Round.State.EXPLAINING, _("giải trình")),
        State(Round.State.SETTLED, _("đã chốt điểm")),
        State(Round.State.PROPOSED, _("đã trình")),
        State(Round.State.DECIDED, _("đã quyết định, công bố"), final=True),
    ),
    (
        Move("begin_verification", ("open",), "verifying", _("chuyển sang thẩm định")),
        Move("begin_explanation", ("verifying",), "explaining", _("chuyển sang giải trình")),
        Move("settle", ("explaining",), "settled", _("chốt điểm đợt chấm")),
        Move("propose", ("settled",), "proposed", _("trình kết quả xếp loại")),
        Move("send_back", ("proposed",), "settled", _("trả lại bản trình"), needs_reason=True),
        Move("decide", ("proposed",), "decided", _("quyết định và công bố")),
        Move("withdraw", ("decided",), "settled", _("thu hồi kết quả"), needs_reason=True),
    ),
)

SHEET = Workflow(
    "sheet",
    (
        State(Sheet.State.OPEN, _("đang tự chấm")),
        State(Sheet.State.SUBMITTED, _("đã nộp, chờ thẩm định")),
        State(Sheet.State.VERIFIED, _("đã thẩm định")),
        State(Sheet.State.SETTLED, _("đã chốt điểm"), final=True),
    ),
    (
        Move("submit", ("open",), "submitted", _("nộp phiếu tự chấm")),
        Move("return", ("submitted",), "open", _("trả lại phiếu"), needs_reason=True),
        Move("complete_verification", ("submitted",), "verified", _("hoàn thành thẩm định")),
        Move("settle", ("verified",), "settled", _("chốt điểm")),
    ),
)

# While the round is in one of these, a sheet may still come in (late) and be verified.
TAKING_SHEETS = (Round.State.OPEN, Round.State.VERIFYING, Round.State.EXPLAINING)
