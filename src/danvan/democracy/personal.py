"""What grassroots democracy keeps of a person: what he did for his office. Not who spoke up.

Citizens who gave an opinion on a draft are a name and a contact for the asking unit alone;
nobody is looked up by name (a namesake would read them). Surveys keep no person at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy.models import (
    BuildingOpinion,
    CheckAnswer,
    Dialogue,
    Disclosure,
    DisclosureItem,
    DisclosurePlan,
    DraftOpinion,
    FrontRemark,
    PaperBatch,
    Posting,
    Recount,
    Reply,
)
from danvan.kernel.personal import Kept, Source, Subject, doings, said, work

BASIS = gettext_lazy(
    "Thực hiện dân chủ ở cơ sở: Luật 10/2022/QH15 từ 01/7/2023, trước đó Pháp lệnh 34/2007; giám "
    "sát, góp ý theo Quyết định 217, 218-QĐ/TW."
)


def kept(of: Subject) -> Iterator[Kept]:
    yield work(
        gettext_lazy("Việc đã làm về dân chủ ở cơ sở"),
        gettext_lazy("Biết ai công khai, ai trả lời, ai kiểm; chứng minh việc của đơn vị."),
        BASIS,
        _acts(of.person or 0),
    )
    yield _citizens()


def _acts(who: int) -> list[dict[str, Any]]:
    """Thirteen queries however much was done."""
    return doings(
        who,
        (_("lập kế hoạch công khai"), DisclosurePlan, "made_by", "made_at", "year"),
        (_("phụ trách nội dung công khai"), DisclosureItem, "person", "plan__made_at", "title"),
        (_("ghi việc công khai"), Disclosure, "registered_by", "registered_at", "item__title"),
        (_("ghi niêm yết"), Posting, "recorded_by", "recorded_at", "disclosure__item__title"),
        (_("nhập ý kiến góp ý"), DraftOpinion, "entered_by", "entered_at", "consultation__title"),
        (_("trả lời ý kiến góp ý"), DraftOpinion, "answered_by", "answered_at",
         "consultation__title"),
        (_("đính chính kiểm phiếu"), Recount, "counted_by", "counted_at", "ballot__title"),
        (_("lập cuộc đối thoại"), Dialogue, "entered_by", "held_on", "title"),
        (_("nhập góp ý xây dựng Đảng, chính quyền"), BuildingOpinion, "entered_by", "received_on",
         "via"),
        (_("trả lời kiến nghị giám sát"), Reply, "replied_by", "replied_on",
         "recommendation__document_code"),
        (_("nhận xét của Mặt trận"), FrontRemark, "said_by", "said_on",
         "recommendation__document_code"),
        (_("trả lời mục kiểm dân chủ"), CheckAnswer, "answered_by", "answered_at", "year"),
        (_("nhập phiếu khảo sát giấy"), PaperBatch, "entered_by", "entered_at",
         "surveyed__survey__title"),
    )  # fmt: skip


def _citizens() -> Kept:
    """Said to everybody alike."""
    return said(
        gettext_lazy("Công dân góp ý, trả lời khảo sát: không liệt kê ở đây"),
        gettext_lazy(
            "Họ tên, liên hệ của người góp ý dự thảo chỉ để đơn vị hỏi ý kiến trả lời họ. Không "
            "tra theo họ tên vì người trùng tên sẽ đọc được; xem góp ý của mình bằng số và mã. "
            "Khảo sát không lưu người trả lời."
        ),
        BASIS,
        erasure=gettext_lazy("Giữ lại cùng bảng tiếp thu, giải trình; tên không hiện công khai."),
    )


SOURCE = Source(kept)
