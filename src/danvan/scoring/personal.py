"""What scoring keeps of a person: what he claimed, verified, answered, decided; what he opened.

Told by round and how often, never with points: who may read whose marks is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.personal import Kept, Source, Subject, doings, work
from danvan.scoring.models import (
    Abstention,
    CapMark,
    Correction,
    CriteriaDraft,
    DraftRanking,
    Explanation,
    MinorityNote,
    Proof,
    ProofOpening,
    ProofVersion,
    Proposal,
    Ranking,
    Rerouting,
    Score,
    Sheet,
)

ROUND = "score__sheet__round__title"
BASIS = gettext_lazy("Quyết định ban hành bảng điểm; kế hoạch năm giao tự chấm, thẩm định.")


def kept(of: Subject) -> Iterator[Kept]:
    who = of.person or 0
    yield work(
        gettext_lazy("Việc đã làm trong chấm điểm, thẩm định, xếp loại"),
        gettext_lazy("Biết ai nộp, ai cho điểm, ai quyết định; điểm nào cũng truy được."),
        BASIS,
        _acts(who),
        erasure=gettext_lazy("Giữ lại: là phần của hồ sơ chấm điểm."),
    )
    opened = (_("mở minh chứng"), ProofOpening, "person", "last_at", f"proof__{ROUND}")
    yield work(
        gettext_lazy("Minh chứng đã mở xem"),
        gettext_lazy("Biết minh chứng đã được người thẩm định xem trước khi cho điểm."),
        BASIS,
        doings(who, opened),
        erasure=gettext_lazy("Giữ lại cùng hồ sơ chấm điểm."),
    )


def _acts(who: int) -> list[dict[str, Any]]:
    """Seventeen queries however many scores."""
    sheet = "sheet__round__title"
    return doings(
        who,
        (_("nộp phiếu tự chấm"), Sheet, "submitted_by", "submitted_at", "round__title"),
        (_("cho điểm thẩm định"), Score, "verified_by", "verified_at", sheet),
        (_("từ chối thẩm định"), Abstention, "made_by", "made_at", ROUND),
        (_("thêm minh chứng"), Proof, "added_by", "added_at", ROUND),
        (_("thay minh chứng"), ProofVersion, "replaced_by", "replaced_at", f"proof__{ROUND}"),
        (_("nộp giải trình"), Explanation, "filed_by", "filed_at", ROUND),
        (_("trả lời giải trình"), Explanation, "answered_by", "answered_at", ROUND),
        (_("giao lại việc thẩm định"), Rerouting, "made_by", "made_at", "round__title"),
        (_("đề nghị mức khống chế"), CapMark, "raised_by", "raised_at", sheet),
        (_("gỡ mức khống chế"), CapMark, "lifted_by", "lifted_at", sheet),
        (_("ghi ý kiến khác"), MinorityNote, "made_by", "made_at", sheet),
        (_("lưu bản dự thảo xếp loại"), DraftRanking, "taken_by", "taken_at", "round__title"),
        (_("trình xếp loại"), Proposal, "made_by", "made_at", "round__title"),
        (_("ký quyết định xếp loại"), Ranking, "signed_by", "decided_at", "round__title"),
        (_("thu hồi quyết định xếp loại"), Ranking, "withdrawn_by", "withdrawn_at", "round__title"),
        (_("điều chỉnh điểm"), Correction, "made_by", "made_at", ROUND),
        (_("soạn bảng điểm"), CriteriaDraft, "made_by", "made_at", "title"),
    )


SOURCE = Source(kept)
