"""The life-cycle per kind: what may follow what, and what the public is told of each state."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from danvan.kernel.workflow import Move, State, Workflow
from danvan.petitions.models import Kind, Petition

S = Petition.State
# Where somebody still has to do something.
OPEN = (S.RECEIVED, S.CLASSIFIED, S.ACCEPTED, S.VERIFYING, S.DECIDED, S.PUBLISHED, S.ENFORCING,
        S.DISPUTED)  # fmt: skip
# Not yet settled: these make a backlog.
UNSETTLED = (S.RECEIVED, S.CLASSIFIED, S.ACCEPTED, S.VERIFYING, S.DISPUTED)
# Ended without being settled here: they count in no rate.
ELSEWHERE = (S.REFUSED, S.TRANSFERRED, S.FILED, S.WITHDRAWN, S.SPLIT)

PUBLIC: dict[str, Any] = {
    S.RECEIVED: _("Đã tiếp nhận, đang xem xét"),
    S.CLASSIFIED: _("Đang xem xét điều kiện và thẩm quyền"),
    S.ACCEPTED: _("Đã nhận giải quyết"),
    S.VERIFYING: _("Đang xác minh, làm rõ"),
    S.DECIDED: _("Đã có kết quả giải quyết"),
    S.PUBLISHED: _("Kết quả đã được công khai"),
    S.ENFORCING: _("Đang thực hiện kết quả giải quyết"),
    S.CLOSED: _("Đã kết thúc"),
    S.DISPUTED: _("Đang xem lại theo ý kiến của người gửi"),
    S.REFUSED: _("Không thụ lý, có nêu lý do"),
    S.TRANSFERRED: _("Đã chuyển cơ quan có thẩm quyền"),
    S.FILED: _("Lưu đơn"),
    S.WITHDRAWN: _("Người gửi đã rút"),
    S.SPLIT: _("Đã tách thành các nội dung để giải quyết riêng"),
    S.JOINED: _("Được giải quyết chung với việc cùng nội dung"),
}
_FINAL = (S.CLOSED, *ELSEWHERE)
_RESULT = {
    Kind.DENUNCIATION: _("đã có kết luận"),
    Kind.ANONYMOUS: _("đã có kết quả kiểm tra"),
    Kind.PROPOSAL: _("đã trả lời"),
    Kind.PROCEDURE: _("đã trả lời"),
}
_BEFORE = (S.RECEIVED, S.CLASSIFIED)
_UNDER_WAY = (S.ACCEPTED, S.VERIFYING)


def _moves(kind: str) -> list[Move]:
    """The moves of one kind. What the law makes public is made public before it is carried out."""
    published = kind in (Kind.COMPLAINT, Kind.DISCIPLINARY, Kind.DENUNCIATION)
    settled = (S.PUBLISHED,) if published else (S.DECIDED,)
    direct = (S.CLASSIFIED,) if kind == Kind.ANONYMOUS else ()
    moves = [
        Move("classify", _BEFORE, S.CLASSIFIED, _("phân loại")),
        Move("split", _BEFORE, S.SPLIT, _("tách nội dung")),
        Move("refuse", (S.CLASSIFIED,), S.REFUSED, _("không thụ lý"), needs_reason=True),
        Move("transfer", (S.CLASSIFIED,), S.TRANSFERRED, _("chuyển đơn"), needs_reason=True),
        Move("file", (S.CLASSIFIED,), S.FILED, _("lưu đơn"), needs_reason=True),
        Move("join", (S.CLASSIFIED, *_UNDER_WAY), S.JOINED, _("giải quyết chung"),
             needs_reason=True),
        Move("verify", (*_UNDER_WAY, *direct), S.VERIFYING, _("giao xác minh")),
        Move("decide", _UNDER_WAY, S.DECIDED, _("ghi kết quả giải quyết")),
        Move("enforce", (*settled, S.ENFORCING), S.ENFORCING, _("giao thi hành")),
        Move("close", (*settled, S.ENFORCING), S.CLOSED, _("kết thúc")),
        Move("answer_jointly", (S.JOINED,), S.CLOSED, _("trả lời theo việc giải quyết chung")),
        Move("answer_dispute", (S.DISPUTED,), S.CLOSED, _("trả lời ý kiến chưa đồng ý")),
        Move("dispute", (S.CLOSED,), S.DISPUTED, _("nêu chưa đồng ý"), needs_reason=True),
        Move("withdraw", (*_BEFORE, *_UNDER_WAY), S.WITHDRAWN, _("rút đơn"), needs_reason=True),
    ]  # fmt: skip
    if kind != Kind.ANONYMOUS:
        moves.append(Move("accept", (S.CLASSIFIED,), S.ACCEPTED, _("thụ lý")))
    if published:
        moves.append(Move("publish", (S.DECIDED,), S.PUBLISHED, _("công khai")))
    return moves


def _workflow(kind: str) -> Workflow:
    moves = _moves(kind)
    met = {S.RECEIVED, *(m.target for m in moves)}
    states = [
        State(s.value, _RESULT.get(Kind(kind), s.label) if s == S.DECIDED else s.label, PUBLIC[s],
              s in _FINAL)
        for s in S if s in met
    ]  # fmt: skip
    return Workflow(f"petitions.{kind}", states, moves)


WORKFLOWS = {kind.value: _workflow(kind.value) for kind in Kind}


def of(petition: Petition) -> Workflow:
    """The life-cycle of this petition's kind (before it is classified: of what it is called)."""
    return WORKFLOWS[petition.known_kind]


def label(petition: Petition) -> Any:
    """The state in the words of its kind."""
    return of(petition).states[petition.state].label
