"""One paper of every kind, for the tests of writing and checking."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

from lxml import etree

from vanban import writing
from vanban.writing import (
    Annex,
    Article,
    Bullet,
    Column,
    Group,
    Heading,
    Letterhead,
    Paragraph,
    Run,
    Signature,
    Table,
)

CITY = Letterhead(
    "Ủy ban nhân dân tỉnh Tây Ninh", "Ủy ban nhân dân thành phố Tây Ninh", "TP. Tây Ninh"
)
DIVISION = Letterhead("Ủy ban nhân dân thành phố Tây Ninh", "Phòng Nội vụ", "Tây Ninh")
DEPUTY = Signature(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Nguyễn Trung Hiếu")
HEAD = Signature(("Trưởng phòng",), "Trần Thị Bình")

RANKING_COLUMNS = (
    Column("Hạng", 14, "center"),
    Column("Cơ quan, đơn vị", 58),
    Column("Điểm", 17, "right", group="Kết quả thẩm định"),
    Column("Tối đa", 17, "right", group="Kết quả thẩm định"),
    Column("Tỷ lệ (%)", 17, "right", group="Kết quả thẩm định"),
    Column("Xếp loại", 24, "center"),
    Column("Ghi chú", 18),
)


def ranking(units: int = 31) -> Table:
    rows: list[tuple[str, ...] | Group] = [Group("Khối cơ quan chuyên môn", "I")]
    for rank in range(1, units + 1):
        if rank == 13:
            rows.append(Group("Khối Ủy ban nhân dân phường, xã", "II"))
        rows.append((str(rank), f"Đơn vị số {rank}", "90,25", "100,00", "90,25", "Tốt", ""))
    return Table(RANKING_COLUMNS, tuple(rows))


def decision(**changes: Any) -> bytes:
    values: dict[str, Any] = {
        "letterhead": CITY,
        "number": "1234",
        "symbol": "QĐ-UBND",
        "date": dt.date(2023, 11, 4),
        "subject": "công bố kết quả xếp loại công tác dân vận chính quyền năm 2023",
        "authority": "Chủ tịch Ủy ban nhân dân thành phố Tây Ninh",
        "grounds": (
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
            "Theo đề nghị của Trưởng phòng Nội vụ tại Tờ trình số 45/TTr-PNV",
        ),
        "articles": (
            Article("Công bố kết quả xếp loại 31 cơ quan, đơn vị (Phụ lục kèm theo)."),
            Article("Quyết định này có hiệu lực kể từ ngày ký."),
            Article("Thủ trưởng các cơ quan, đơn vị chịu trách nhiệm thi hành Quyết định này."),
        ),
        "signature": DEPUTY,
        "recipients": ("Như Điều 3", "Sở Nội vụ", "Lưu: VT, PNV"),
        "annexes": (Annex("Kết quả xếp loại năm 2023", ranking()),),
    }
    return writing.decision(**values | changes)


def plan(**changes: Any) -> bytes:
    values: dict[str, Any] = {
        "letterhead": CITY,
        "number": "49",
        "symbol": "KH-UBND",
        "date": dt.date(2023, 3, 27),
        "subject": "Thực hiện công tác Dân vận chính quyền năm 2023\ntrên địa bàn thành phố",
        "body": (
            Heading("I. Mục đích, yêu cầu"),
            Paragraph("1. Triển khai đồng bộ công tác dân vận chính quyền."),
            Heading("II. Tổ chức thực hiện"),
            Heading("1. Phòng Nội vụ", 2),
            Bullet(("Gửi kế hoạch ", Run("chậm nhất ngày 04/4/2023", bold=True), ".")),
            Heading("a) Phòng Tư pháp", 3),
            Bullet("Tuyên truyền, phổ biến pháp luật.", "+"),
        ),
        "signature": Signature(
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Nguyễn Trung Hiếu"
        ),
        "recipients": ("Sở Nội vụ", "Các cơ quan, đơn vị", "Lưu: VT, PNV"),
    }
    return writing.plan(**values | changes)


def report(**changes: Any) -> bytes:
    columns = (Column("STT", 14, "center"), Column("Chỉ tiêu", 90), Column("Kết quả", 40, "right"))
    wide = tuple(Column(f"Tháng {month}", 20, "center") for month in range(1, 13))
    values: dict[str, Any] = {
        "letterhead": DIVISION,
        "number": None,
        "symbol": "BC-PNV",
        "date": None,
        "subject": "Kết quả công tác dân vận chính quyền 6 tháng đầu năm 2023",
        "addressees": ("Ủy ban nhân dân thành phố",),
        "body": (
            Heading("I. Kết quả"),
            Paragraph("Số liệu như sau:"),
            Table(columns, (("1", "Hồ sơ đúng hạn", "99,2%"),)),
            Paragraph("Trên đây là báo cáo của Phòng Nội vụ."),
        ),
        "signature": HEAD,
        "recipients": ("Như trên", "Lưu: VT"),
        "annexes": (
            Annex("Xếp hạng", ranking()),
            Annex("Số liệu theo tháng", Table(wide, (("1",) * 12,) * 40, size_pt=12)),
        ),
    }
    return writing.report(**values | changes)


def letter(**changes: Any) -> bytes:
    values: dict[str, Any] = {
        "letterhead": CITY,
        "number": "7",
        "symbol": "UBND-NV",
        "date": dt.date(2023, 2, 1),
        "subject": "đôn đốc gửi kế hoạch thực hiện công tác dân vận chính quyền năm 2023",
        "addressees": ("Phòng Tư pháp", "Thanh tra thành phố", "Ủy ban nhân dân Phường 1"),
        "body": (Paragraph("Đề nghị các cơ quan, đơn vị gửi kế hoạch trước ngày 04/4/2023."),),
        "signature": DEPUTY,
        "recipients": ("Như trên", "Lưu: VT, PNV"),
        "urgency": "KHẨN",
    }
    return writing.official_letter(**values | changes)


def notice(**changes: Any) -> bytes:
    values: dict[str, Any] = {
        "letterhead": Letterhead(None, "Ủy ban nhân dân Phường 1", "Phường 1"),
        "number": "12",
        "symbol": "TB-UBND",
        "date": dt.date(2023, 1, 9),
        "subject": "Lịch tiếp công dân định kỳ quý I năm 2023",
        "body": (Paragraph("Ủy ban nhân dân Phường 1 thông báo lịch tiếp công dân."),),
        "signature": Signature(("CHỦ TỊCH",), "Phạm Thị Dung"),
        "recipients": ("Các khu phố", "Lưu: VT"),
    }
    return writing.notice(**values | changes)


def proposal(**changes: Any) -> bytes:
    values: dict[str, Any] = {
        "letterhead": DIVISION,
        "number": "45",
        "symbol": "TTr-PNV",
        "date": dt.date(2023, 10, 20),
        "subject": "Về việc công bố kết quả xếp loại năm 2023",
        "addressees": ("Chủ tịch Ủy ban nhân dân thành phố",),
        "grounds": ("Căn cứ Quyết định số 815/QĐ-UBND ngày 19/8/2022", "Căn cứ kết quả thẩm định"),
        "body": (Paragraph("Phòng Nội vụ kính trình Chủ tịch xem xét, quyết định."),),
        "signature": HEAD,
        "recipients": ("Như trên", "Lưu: VT"),
    }
    return writing.proposal(**values | changes)


def minutes(**changes: Any) -> bytes:
    values: dict[str, Any] = {
        "letterhead": CITY,
        "number": "3",
        "symbol": "BB-UBND",
        "date": dt.date(2023, 10, 20),
        "subject": "Họp Hội đồng thẩm định năm 2023",
        "body": (Paragraph("Thời gian bắt đầu: 8 giờ 00."), Bullet("Chủ trì: Ông Hiếu.")),
        "secretary": Signature(("THƯ KÝ",), "Lê Văn Cường"),
        "chair": Signature(("CHỦ TỌA",), "Nguyễn Trung Hiếu"),
        "recipients": ("Thành viên Hội đồng", "Lưu: VT, PNV"),
    }
    return writing.minutes(**values | changes)


def invitation(**changes: Any) -> bytes:
    values: dict[str, Any] = {
        "letterhead": CITY,
        "number": "28",
        "symbol": "GM-UBND",
        "date": dt.date(2023, 10, 9),
        "subject": "Họp sơ kết công tác dân vận chính quyền 9 tháng năm 2023",
        "invited": ("Ban Dân vận Thành ủy", "Trưởng phòng Nội vụ", "Chủ tịch UBND phường, xã"),
        "occasion": "cuộc họp sơ kết công tác dân vận chính quyền 9 tháng năm 2023",
        "chair": "Ông Nguyễn Trung Hiếu, Phó Chủ tịch Ủy ban nhân dân thành phố",
        "time": "14 giờ 00, thứ Sáu, ngày 13 tháng 10 năm 2023",
        "place": "Phòng họp số 1, trụ sở Ủy ban nhân dân thành phố",
        "body": (Paragraph("Đề nghị Phòng Nội vụ chuẩn bị báo cáo, gửi trước ngày 11/10/2023."),),
        "signature": DEPUTY,
        "recipients": ("Như trên", "Lưu: VT, PNV"),
    }
    return writing.invitation(**values | changes)


KINDS: dict[str, Callable[..., bytes]] = {
    "decision": decision,
    "plan": plan,
    "report": report,
    "official_letter": letter,
    "notice": notice,
    "proposal": proposal,
    "minutes": minutes,
    "invitation": invitation,
}


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a .docx by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(changed: dict[str, bytes]) -> bytes:
    """A .docx of the given parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in changed.items():
            archive.writestr(name, content)
    return buffer.getvalue()


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {"w": W[1:-1]}


def root(data: bytes, part: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(parts(data)[part])


def words(element: etree._Element) -> str:
    """The words of an element, a forced break read as a blank."""
    pieces = []
    for node in element.iter(W + "t", W + "br"):
        pieces.append(node.text or "" if node.tag == W + "t" else " ")
    return "".join(pieces)


def in_style(data: bytes, style: str) -> list[str]:
    """The words of every paragraph in a style."""
    found = root(data).xpath(f"//w:p[w:pPr/w:pStyle/@w:val='{style}']", namespaces=NS)
    return [words(paragraph) for paragraph in found]


def style_of(data: bytes, style: str) -> etree._Element:
    (found,) = root(data, "word/styles.xml").xpath(
        f"//w:style[@w:styleId='{style}']", namespaces=NS
    )
    return found
