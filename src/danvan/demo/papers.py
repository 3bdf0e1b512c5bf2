"""The papers units hand in: short, plausible, in the layout of Nghị định 30/2020.

Every paper says in its last line that it belongs to the demonstration.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.organisations import naming
from danvan.organisations.models import UnitKind
from danvan.ui.downloads import DOCX
from vanban import writing
from vanban.text import slug

CITY = "Ủy ban nhân dân thành phố Tây Ninh"
SAID = "(Văn bản minh họa của bản trình diễn; nội dung và số liệu không có thật.)"
RECIPIENTS = ("UBND thành phố", "Phòng Nội vụ thành phố", "Lưu: VT")
COMMITTEES = (UnitKind.WARD, UnitKind.COMMUNE)
# How these are usually abbreviated in their symbols, shorter than word by word.
SHORT = {
    "thanh-tra": "TTr", "van-phong": "VP", "tai-chinh": "TCKH", "tai-nguyen": "TNMT",
    "lao-dong": "LĐTBXH", "van-hoa-thong-tin": "VHTT", "giao-duc": "GDĐT", "van-hoa": "TTVHTTTT",
    "ban-quan-ly-du-an": "BQLDA", "giao-duc-thuong-xuyen": "TTGDTX",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Author:
    """The unit a paper comes from, and who signs it."""

    key: str
    name: str
    kind: str
    head: str
    head_title: str
    number: int

    @property
    def letterhead(self) -> writing.Letterhead:
        name = self.name.replace("UBND", "Ủy ban nhân dân")
        place = naming.short(self.name) if self.kind in COMMITTEES else "TP. Tây Ninh"
        return writing.Letterhead(CITY, name, place)

    @property
    def signature(self) -> writing.Signature:
        if self.kind in COMMITTEES:
            return writing.Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), self.head)
        return writing.Signature((self.head_title,), self.head)

    def symbol(self, kind: str) -> str:
        return f"{kind}-{SHORT.get(self.key) or naming.abbreviation(self.name, self.kind)}"

    def code(self, kind: str, extra: int = 0) -> str:
        """An invented number of the unit's own series: "17/KH-PNV"."""
        return f"{self.number_of(extra)}/{self.symbol(kind)}"

    def number_of(self, extra: int = 0) -> str:
        return f"{self.number + extra:02d}"


@dataclass(frozen=True, slots=True)
class Paper:
    """A file ready to be sent, with what is written on it."""

    name: str
    content: bytes
    code: str
    day: dt.date

    def upload(self) -> SimpleUploadedFile:
        return SimpleUploadedFile(self.name, self.content, DOCX)


# What a unit is there for, in its plan and its report (mục IV.2 of the plan where it says so).
OWN_WORK = {
    "noi-vu": ("Tham mưu theo dõi, kiểm tra công tác dân vận chính quyền của thành phố",
               "Nâng cao Chỉ số cải cách hành chính"),
    "tu-phap": ("Phổ biến, giáo dục pháp luật cho công chức, viên chức và Nhân dân",
                "Tập huấn cho công chức tư pháp - hộ tịch và hòa giải viên"),
    "thanh-tra": ("Tiếp công dân, giải quyết khiếu nại, tố cáo ngay từ cơ sở",
                  "Kiểm tra việc thi hành các quyết định giải quyết đã có hiệu lực"),
    "van-phong": ("Công tác dân vận vùng đồng bào dân tộc thiểu số",
                  "Rút ngắn thời gian giải quyết thủ tục hành chính tại bộ phận một cửa"),
    "van-hoa": ("Tin, bài tuyên truyền về công tác dân vận chính quyền",
                "Chuyên mục hằng tháng trên hệ thống truyền thanh"),
}  # fmt: skip
OWN_WORK_OF_KIND = {
    UnitKind.DEPARTMENT: ("Cải cách thủ tục hành chính thuộc lĩnh vực phụ trách",
                          "Đối thoại, lấy ý kiến người dân, tổ chức về lĩnh vực phụ trách"),
    UnitKind.SERVICE: ("Nâng cao chất lượng phục vụ, lấy ý kiến người sử dụng dịch vụ",
                       "Thực hiện quy chế dân chủ trong đơn vị"),
    UnitKind.WARD: ("Hội nghị đối thoại giữa Chủ tịch UBND với Nhân dân",
                    "Tiếp công dân hằng tuần, giải quyết kiến nghị tại khu phố, ấp"),
}  # fmt: skip
OWN_WORK_OF_KIND[UnitKind.COMMUNE] = OWN_WORK_OF_KIND[UnitKind.WARD]


def own_work(author: Author) -> tuple[str, ...]:
    return OWN_WORK.get(author.key) or OWN_WORK_OF_KIND[UnitKind(author.kind)]


@cache
def plan(author: Author, day: dt.date, version: int = 1) -> Paper:
    """The unit's own plan for the year."""
    first, second = own_work(author)
    body: list[writing.Block] = [
        writing.Heading("I. MỤC ĐÍCH, YÊU CẦU"),
        writing.Paragraph(
            f"{author.name} cụ thể hóa Kế hoạch số 49/KH-UBND ngày 27/3/2023 của UBND thành phố, "
            "gắn công tác dân vận với nhiệm vụ chuyên môn và trách nhiệm của người đứng đầu."
        ),
        writing.Heading("II. NỘI DUNG"),
        writing.Bullet("Quán triệt các văn bản về công tác dân vận đến 100% người của đơn vị."),
        writing.Bullet(f"{first}."),
        writing.Bullet(f"{second}."),
        writing.Bullet("Đăng ký và thực hiện ít nhất một mô hình “Dân vận khéo”."),
        writing.Heading("III. TỔ CHỨC THỰC HIỆN"),
        writing.Paragraph(
            "Lãnh đạo phụ trách và công chức đầu mối theo phân công; báo cáo kết quả và tự chấm "
            "điểm gửi UBND thành phố (qua Phòng Nội vụ) chậm nhất ngày 16/10/2023."
        ),
    ]
    if version > 1:
        body.insert(-1, _timetable())
    subject = "Thực hiện công tác dân vận chính quyền năm 2023"
    content = writing.plan(
        letterhead=author.letterhead, number=author.number_of(version - 1),
        symbol=author.symbol("KH"), date=day, subject=subject, body=(*body, _said()),
        grounds=("Căn cứ Kế hoạch số 49/KH-UBND ngày 27/3/2023 của UBND thành phố Tây Ninh",),
        signature=author.signature, recipients=RECIPIENTS,
    )  # fmt: skip
    return Paper(f"ke-hoach-{author.key}.docx", content, author.code("KH", version - 1), day)


@cache
def report(author: Author, day: dt.date, version: int = 1) -> Paper:
    """The unit's report on the year."""
    first, second = own_work(author)
    body: list[writing.Block] = [
        writing.Heading("I. CÔNG TÁC TRIỂN KHAI"),
        writing.Paragraph(
            f"{author.name} đã triển khai kế hoạch công tác dân vận chính quyền năm 2023 đến toàn "
            "thể người của đơn vị."
        ),
        writing.Heading("II. KẾT QUẢ"),
        writing.Bullet(f"{first}: thực hiện theo kế hoạch."),
        writing.Bullet(f"{second}: thực hiện theo kế hoạch."),
        writing.Bullet("Chế độ tiếp công dân, công khai và báo cáo được duy trì."),
        writing.Heading("III. HẠN CHẾ, PHƯƠNG HƯỚNG"),
        writing.Paragraph(
            "Một số nội dung làm chậm so với tiến độ; đơn vị khắc phục trong quý IV."
        ),
    ]
    if version > 1:
        body.insert(-2, writing.Bullet("Phụ lục số liệu đã được bổ sung, đối chiếu lại."))
    content = writing.report(
        letterhead=author.letterhead, number=author.number_of(100 + version),
        symbol=author.symbol("BC"), date=day, body=(*body, _said()),
        subject="Kết quả thực hiện công tác dân vận chính quyền năm 2023",
        addressees=("UBND thành phố Tây Ninh",), signature=author.signature, recipients=RECIPIENTS,
    )  # fmt: skip
    return Paper(f"bao-cao-{author.key}.docx", content, author.code("BC", 100 + version), day)


@cache
def notice(author: Author, day: dt.date, leader: str, officer: str) -> Paper:
    """Whom the unit named for this work."""
    lines = [writing.Bullet(f"Lãnh đạo phụ trách: {leader}.")]
    if officer:
        lines.append(writing.Bullet(f"Công chức đầu mối: {officer}."))
    content = writing.notice(
        letterhead=author.letterhead, number=author.number_of(), symbol=author.symbol("TB"),
        date=day, subject="Phân công phụ trách công tác dân vận chính quyền năm 2023",
        body=(writing.Paragraph("Phân công như sau:"), *lines, _said()),
        signature=author.signature, recipients=RECIPIENTS,
    )  # fmt: skip
    return Paper(f"phan-cong-{author.key}.docx", content, author.code("TB"), day)


@cache
def proof(author: Author, day: dt.date, office: str, lines: tuple[str, ...]) -> Paper:
    """What shows the points one office verifies: a report with a line per criterion."""
    number = 110 + len(lines)
    rows = tuple((str(place), line) for place, line in enumerate(lines, start=1))
    columns = (writing.Column("STT", 14, "center"), writing.Column("Nội dung", 146))
    content = writing.report(
        letterhead=author.letterhead, number=author.number_of(number), symbol=author.symbol("BC"),
        date=day, subject=f"Minh chứng tự chấm điểm, phần {office} thẩm định",
        body=(
            writing.Paragraph("Các nội dung đã thực hiện, có hồ sơ lưu tại đơn vị:"),
            writing.Table(columns, rows),
            _said(),
        ),
        addressees=(office,), signature=author.signature, recipients=RECIPIENTS,
    )  # fmt: skip
    name = f"minh-chung-{slug(office)}-{author.key}.docx"
    return Paper(name, content, author.code("BC", number), day)


def _timetable() -> writing.Table:
    """What the first version lacked."""
    return writing.Table(
        (writing.Column("Việc", 80), writing.Column("Người thực hiện", 45),
         writing.Column("Xong", 35, "center")),
        (
            ("Quán triệt văn bản", "Lãnh đạo phụ trách", "4/2023"),
            ("Đăng ký mô hình “Dân vận khéo”", "Công chức đầu mối", "5/2023"),
            ("Sơ kết 6 tháng", "Công chức đầu mối", "7/2023"),
        ),
    )  # fmt: skip


def _said() -> writing.Paragraph:
    return writing.Paragraph((writing.Run(SAID, italic=True),))
