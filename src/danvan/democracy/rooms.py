"""The rooms of this context, as its home page lists them: add a line, get a door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Room:
    """A page people start from: its address's name, words and an icon's name (ui/icons)."""

    url: str
    label: Any
    about: Any
    icon: str


TELLING: list[Room] = [
    Room(
        "democracy:disclosures",
        _("Công khai để dân biết"),
        _("Nội dung luật buộc công khai: ở đâu, từ ngày nào đến ngày nào, bằng chứng, cảnh báo."),
        "megaphone",
    ),
    Room(
        "democracy:consultations",
        _("Lấy ý kiến dự thảo"),
        _("Góp ý từng đoạn; mỗi ý kiến có tiếp thu, giải trình và được báo lại."),
        "chat-bubble-left-right",
    ),
    Room(
        "democracy:ballots",
        _("Biểu quyết của hộ gia đình"),
        _("Nhân dân bàn và quyết định; tỷ lệ tính trên mọi hộ, có biên bản."),
        "hand-raised",
    ),
    Room(
        "democracy:matters",
        _("Danh mục luật định"),
        _("Nội dung phải công khai, bàn, quyết định, lấy ý kiến, có điều khoản và nguồn."),
        "book-open",
    ),
]
ASKING: list[Room] = [
    Room(
        "democracy:dialogues",
        _("Đối thoại với Nhân dân"),
        _("Thông báo, biên bản, kết quả công khai; việc theo kết luận được theo dõi đến khi xong."),
        "chat-bubble-left-right",
    ),
    Room(
        "democracy:supervisions",
        _("Giám sát của Mặt trận"),
        _("Chương trình, kết quả, kiến nghị, trả lời và khắc phục (217-QĐ/TW)."),
        "eye",
    ),
    Room(
        "democracy:opinions",
        _("Góp ý xây dựng Đảng, chính quyền"),
        _("Ý kiến góp ý, phản biện: nguồn, gửi cho ai, xử lý, trả lời (218-QĐ/TW)."),
        "inbox-arrow-down",
    ),
    Room(
        "democracy:agency",
        _("Dân chủ trong cơ quan"),
        _("Mục kiểm theo luật, quy chế, hội nghị, Ban Thanh tra nhân dân, Ban Giám sát đầu tư."),
        "clipboard-document-check",
    ),
    Room(
        "democracy:surveys",
        _("Khảo sát mức độ hài lòng"),
        _("Phiếu ẩn danh qua mã QR hoặc giấy; kết quả từng đơn vị có cỡ mẫu và sai số."),
        "face-smile",
    ),
]

GROUPS = (
    (_("Dân biết, dân bàn, dân quyết định"), TELLING),
    (_("Đối thoại, giám sát, góp ý, kiểm tra"), ASKING),
)
