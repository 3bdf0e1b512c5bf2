"""The components of Nghị định 30/2020 as named paragraph styles.

Each size and look below is one line of Phụ lục I, phần I (mục I.4–I.7, II, III). A person
who goes on in Word finds the components by their Vietnamese names in the style list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vanban.writing.wordml import Element, element, flag, twips

FONT = "Times New Roman"

# Page, mm (mục I.1–I.3): A4, and within the margins the decree allows the narrowest right
# one, so that the national title at 13 pt (95 mm) fits beside the name of the body.
PAGE_SHORT_MM, PAGE_LONG_MM = 210.0, 297.0
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 20.0, 20.0, 30.0, 15.0
PAGE_NUMBER_MM = 10.0  # from the top edge: the middle of the top margin

TEXT_MM = PAGE_SHORT_MM - LEFT_MM - RIGHT_MM
TEXT_LANDSCAPE_MM = PAGE_LONG_MM - LEFT_MM - RIGHT_MM

Alignment = Literal["left", "center", "right", "both"]


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: size, spacing in pt, indent in mm, line spacing as a multiple."""

    id: str
    name: str
    size_pt: float
    align: Alignment
    bold: bool = False
    italic: bool = False
    before_pt: float = 0
    after_pt: float = 0
    line: float = 1
    exact_pt: float | None = None
    first_mm: float = 0
    left_mm: float = 0
    colour: str = "000000"
    keep_next: bool = False
    outline: int | None = None


_BODY_LINE = 1.1
_FIRST_MM = 12.7

STYLES = (
    Style("QuocHieu", "Quốc hiệu", 13, "center", bold=True),
    Style("TieuNgu", "Tiêu ngữ", 14, "center", bold=True),
    Style("CoQuanCapTren", "Cơ quan chủ quản", 13, "center"),
    Style("CoQuanBanHanh", "Cơ quan ban hành", 13, "center", bold=True),
    Style("DuongKe", "Đường kẻ", 4, "center", before_pt=2, exact_pt=6),
    Style("DuongKeTrichYeu", "Đường kẻ trích yếu", 4, "center", before_pt=4, exact_pt=12),
    Style("SoKyHieu", "Số, ký hiệu", 13, "center", before_pt=5),
    Style("DiaDanhThoiGian", "Địa danh và thời gian", 14, "center", italic=True, before_pt=4),
    Style("TrichYeuCongVan", "Trích yếu công văn", 13, "center", before_pt=4),
    Style("MucKhan", "Mức độ khẩn", 13, "center", bold=True, before_pt=8, colour="FF0000"),
    Style("TenLoai", "Tên loại", 14, "center", bold=True, before_pt=18, keep_next=True, outline=0),
    Style("TrichYeu", "Trích yếu", 14, "center", bold=True, keep_next=True),
    Style("ThamQuyen", "Thẩm quyền ban hành", 14, "center", bold=True, before_pt=6, after_pt=6),
    Style(
        "CanCu", "Căn cứ", 14, "both", italic=True, after_pt=6, line=_BODY_LINE, first_mm=_FIRST_MM
    ),
    Style(
        "Lenh", "Lệnh ban hành", 14, "center", bold=True, before_pt=6, after_pt=6, keep_next=True
    ),
    Style("KinhGui", "Kính gửi", 14, "center", before_pt=12, after_pt=12),
    Style(
        "KinhGuiNhieu", "Kính gửi nhiều nơi", 14, "left", before_pt=12, after_pt=3, keep_next=True
    ),
    Style("KinhGuiDong", "Dòng kính gửi", 14, "left", after_pt=3),
    Style("NoiDung", "Nội dung", 14, "both", after_pt=6, line=_BODY_LINE, first_mm=_FIRST_MM),
    Style(
        "Phan",
        "Phần, chương",
        14,
        "center",
        bold=True,
        before_pt=6,
        after_pt=6,
        keep_next=True,
        outline=0,
    ),
    Style(
        "MucLaMa",
        "Mục",
        14,
        "both",
        bold=True,
        after_pt=6,
        line=_BODY_LINE,
        first_mm=_FIRST_MM,
        keep_next=True,
        outline=1,
    ),
    Style(
        "KhoanCoTen",
        "Khoản có tên",
        14,
        "both",
        bold=True,
        after_pt=6,
        line=_BODY_LINE,
        first_mm=_FIRST_MM,
        keep_next=True,
        outline=2,
    ),
    Style(
        "DiemCoTen",
        "Điểm có tên",
        14,
        "both",
        after_pt=6,
        line=_BODY_LINE,
        first_mm=_FIRST_MM,
        keep_next=True,
        outline=3,
    ),
    Style("QuyenHan", "Quyền hạn, chức vụ", 14, "center", bold=True, keep_next=True),
    # The space above the name is where the signature and the seal go.
    Style("HoTen", "Họ và tên người ký", 14, "center", bold=True, before_pt=72),
    Style("NoiNhan", "Nơi nhận", 12, "left", bold=True, italic=True, keep_next=True),
    Style("NoiNhanDong", "Dòng nơi nhận", 11, "left"),
    Style("PhuLuc", "Phụ lục", 14, "center", bold=True, keep_next=True, outline=0),
    Style("PhuLucTen", "Tên phụ lục", 14, "center", bold=True, keep_next=True),
    Style("PhuLucDan", "Dẫn chiếu phụ lục", 14, "center", italic=True, keep_next=True),
    Style("BangDau", "Đầu bảng", 13, "center", bold=True, before_pt=2, after_pt=2),
    Style("BangNhom", "Nhóm trong bảng", 13, "left", bold=True, before_pt=2, after_pt=2),
    Style("BangNoiDung", "Nội dung bảng", 13, "left", before_pt=2, after_pt=2),
    Style("SauBang", "Cách sau bảng", 6, "left", exact_pt=6),
    # Word wants a paragraph after every table; this one takes no room.
    Style("Ngat", "Ngắt", 1, "left", exact_pt=1),
    Style("SoTrang", "Số trang", 13, "center"),
)


def _run_properties(style: Style | None) -> Element:
    if style is None:
        fonts = element(
            "rFonts",
            {"ascii": FONT, "hAnsi": FONT, "eastAsia": FONT, "cs": FONT, "hint": "default"},
        )
        lang = element("lang", {"val": "vi-VN", "eastAsia": "vi-VN", "bidi": "ar-SA"})
        return element(
            "rPr",
            None,
            fonts,
            element("color", {"val": "000000"}),
            element("sz", {"val": 28}),
            element("szCs", {"val": 28}),
            lang,
        )
    half_points = round(style.size_pt * 2)
    return element(
        "rPr",
        None,
        flag("b", style.bold),
        flag("bCs", style.bold),
        flag("i", style.italic),
        flag("iCs", style.italic),
        element("color", {"val": style.colour}) if style.colour != "000000" else None,
        element("sz", {"val": half_points}),
        element("szCs", {"val": half_points}),
    )


def _spacing(style: Style) -> Element:
    exact = style.exact_pt is not None
    line = round((style.exact_pt or 0) * 20) if exact else round(style.line * 240)
    return element(
        "spacing",
        {
            "before": round(style.before_pt * 20),
            "after": round(style.after_pt * 20),
            "line": line,
            "lineRule": "exact" if exact else "auto",
        },
    )


def _style(style: Style) -> Element:
    indent = None
    if style.first_mm or style.left_mm:
        indent = element("ind", {"left": twips(style.left_mm), "firstLine": twips(style.first_mm)})
    outline = element("outlineLvl", {"val": style.outline}) if style.outline is not None else None
    return element(
        "style",
        {"type": "paragraph", "customStyle": 1, "styleId": style.id},
        element("name", {"val": style.name}),
        element("basedOn", {"val": "Normal"}),
        element("qFormat"),
        element(
            "pPr",
            None,
            flag("keepNext", style.keep_next),
            _spacing(style),
            indent,
            element("jc", {"val": style.align}),
            outline,
        ),
        _run_properties(style),
    )


def style_sheet() -> Element:
    """The ``w:styles`` part: defaults, Normal, and one style per component."""
    spacing = element("spacing", {"before": 0, "after": 0, "line": 240, "lineRule": "auto"})
    defaults = element(
        "docDefaults",
        None,
        element("rPrDefault", None, _run_properties(None)),
        element("pPrDefault", None, element("pPr", None, spacing)),
    )
    normal = element(
        "style",
        {"type": "paragraph", "default": 1, "styleId": "Normal"},
        element("name", {"val": "Normal"}),
        element("qFormat"),
    )
    return element("styles", None, defaults, normal, *(_style(style) for style in STYLES))
