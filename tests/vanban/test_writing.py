"""What ``vanban.writing`` makes, judged on its XML: sizes, weight, fields, rows, bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import docx
import pytest
from lxml import etree

from tests.vanban import official_papers as papers
from tests.vanban.official_papers import NS, W, in_style, root, style_of
from vanban.writing import (
    Annex,
    Article,
    Bullet,
    Column,
    Heading,
    Letterhead,
    Paragraph,
    Run,
    Signature,
    Table,
    written_date,
)
from vanban.writing.orthography import listed, roman, written_number
from vanban.writing.widths import broken_name, width_mm


@pytest.mark.parametrize(
    ("date", "written"),
    [
        (dt.date(2023, 4, 4), "ngày 04 tháng 4 năm 2023"),
        (dt.date(2023, 1, 9), "ngày 09 tháng 01 năm 2023"),
        (dt.date(2023, 2, 28), "ngày 28 tháng 02 năm 2023"),
        (dt.date(2023, 3, 27), "ngày 27 tháng 3 năm 2023"),
        (dt.date(2026, 12, 10), "ngày 10 tháng 12 năm 2026"),
    ],
)
def test_dates_pad_days_below_ten_and_the_first_two_months(date: dt.date, written: str) -> None:
    assert written_date(date) == written


def test_a_missing_date_leaves_blanks_that_justification_cannot_eat() -> None:
    assert written_date(None).split() == ["ngày", "tháng", "năm"]
    assert "\u00a0\u00a0" in written_date(None)


@pytest.mark.parametrize(
    ("number", "written"),
    [("5", "05/KH-UBND"), ("05", "05/KH-UBND"), ("123", "123/KH-UBND"), ("12a", "12a/KH-UBND")],
)
def test_numbers_below_ten_are_padded(number: str, written: str) -> None:
    assert written_number(number, "KH-UBND") == written


def test_a_number_not_yet_given_leaves_room_before_the_stroke() -> None:
    assert in_style(papers.report(), "SoKyHieu") == ["Số: " + "\u00a0" * 6 + "/BC-PNV"]


def test_lists_close_with_semicolons_and_a_full_stop() -> None:
    assert listed(("A;", " B. ", "C")) == ("A;", "B;", "C.")
    assert listed(("A…",)) == ("A…",)


def test_roman_numerals() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 39)] == ["I", "IV", "IX", "XIV", "XXXIX"]
    with pytest.raises(ValueError, match="number"):
        roman(40)


@pytest.mark.parametrize("kind", papers.KINDS)
def test_the_same_values_give_the_same_bytes(kind: str) -> None:
    assert papers.KINDS[kind]() == papers.KINDS[kind]()


@pytest.mark.parametrize("kind", papers.KINDS)
def test_the_archive_tells_neither_when_nor_where_it_was_made(kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(papers.KINDS[kind]())) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert names[0] == "[Content_Types].xml"
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in archive.infolist()} == {0}


@pytest.mark.parametrize("kind", papers.KINDS)
def test_an_independent_reader_opens_it(kind: str) -> None:
    document = docx.Document(io.BytesIO(papers.KINDS[kind]()))
    assert document.tables[0].cell(0, 1).text.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert document.core_properties.language == "vi-VN"


# The order Word insists on (ISO/IEC 29500-1, A.1), for the properties we write.
ORDER = {
    "pPr": "pStyle keepNext pBdr spacing ind jc outlineLvl sectPr",
    "rPr": "rFonts b bCs i iCs color sz szCs lang",
    "tblPr": "tblW jc tblInd tblBorders tblLayout tblCellMar tblCaption",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "sectPr": "headerReference type pgSz pgMar pgNumType cols titlePg",
}


@pytest.mark.parametrize("kind", papers.KINDS)
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_properties_stand_in_the_order_of_the_standard(kind: str, part: str) -> None:
    tree = root(papers.KINDS[kind](), part)
    for name, order in ORDER.items():
        places = {tag: place for place, tag in enumerate(order.split())}
        for properties in tree.iter(W + name):
            tags = [etree.QName(child).localname for child in properties]
            assert tags == sorted(tags, key=places.__getitem__), name


@pytest.mark.parametrize("kind", papers.KINDS)
def test_every_cell_ends_with_a_paragraph_and_every_style_exists(kind: str) -> None:
    data = papers.KINDS[kind]()
    for cell in root(data).iter(W + "tc"):
        assert cell[-1].tag == W + "p"
    known = set(root(data, "word/styles.xml").xpath("//w:style/@w:styleId", namespaces=NS))
    used = set(root(data).xpath("//w:pStyle/@w:val", namespaces=NS))
    assert used <= known


def test_page_is_a4_with_the_margins_of_the_decree() -> None:
    section = docx.Document(io.BytesIO(papers.plan())).sections[0]
    millimetres = [
        round(length.mm)
        for length in (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
    ]
    assert millimetres == [210, 297, 20, 20, 30, 15]


@pytest.mark.parametrize(
    ("style", "half_points", "bold", "italic"),
    [
        ("QuocHieu", 26, True, False),
        ("TieuNgu", 28, True, False),
        ("CoQuanCapTren", 26, False, False),
        ("CoQuanBanHanh", 26, True, False),
        ("SoKyHieu", 26, False, False),
        ("DiaDanhThoiGian", 28, False, True),
        ("TenLoai", 28, True, False),
        ("TrichYeu", 28, True, False),
        ("TrichYeuCongVan", 26, False, False),
        ("CanCu", 28, False, True),
        ("NoiDung", 28, False, False),
        ("QuyenHan", 28, True, False),
        ("HoTen", 28, True, False),
        ("NoiNhan", 24, True, True),
        ("NoiNhanDong", 22, False, False),
        ("PhuLuc", 28, True, False),
        ("PhuLucDan", 28, False, True),
        ("SoTrang", 26, False, False),
    ],
)
def test_sizes_and_weights(style: str, half_points: int, bold: bool, italic: bool) -> None:
    properties = style_of(papers.plan(), style).find(W + "rPr")
    assert properties is not None
    assert properties.find(W + "sz").get(W + "val") == str(half_points)
    assert (properties.find(W + "b") is not None) is bold
    assert (properties.find(W + "i") is not None) is italic


def test_the_typeface_is_set_for_every_script() -> None:
    fonts = root(papers.plan(), "word/styles.xml").find(f".//{W}docDefaults//{W}rFonts")
    assert fonts is not None
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        assert fonts.get(W + script) == "Times New Roman"


def test_page_number_is_a_centred_field_and_absent_from_the_first_page() -> None:
    data = papers.plan()
    header = root(data, "word/header1.xml")
    assert [node.text for node in header.iter(W + "instrText")] == [" PAGE "]
    kinds = [node.get(W + "fldCharType") for node in header.iter(W + "fldChar")]
    assert kinds == ["begin", "separate", "end"]
    assert style_of(data, "SoTrang").find(f"{W}pPr/{W}jc").get(W + "val") == "center"
    assert not list(root(data, "word/header2.xml").iter(W + "instrText"))
    assert all(section.find(W + "titlePg") is not None for section in root(data).iter(W + "sectPr"))


def test_head_shares_its_lines_in_a_table_of_two_rows() -> None:
    head = docx.Document(io.BytesIO(papers.plan())).tables[0]
    assert (len(head.rows), len(head.columns)) == (2, 2)
    assert head.cell(0, 0).text.split("\n")[:4] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH TÂY NINH",
        "ỦY BAN NHÂN DÂN",
        "THÀNH PHỐ TÂY NINH",
    ]
    assert head.cell(1, 0).text == "Số: 49/KH-UBND"
    assert head.cell(1, 1).text == "TP. Tây Ninh, ngày 27 tháng 3 năm 2023"


def test_a_body_without_a_superior_prints_one_name() -> None:
    assert in_style(papers.notice(), "CoQuanCapTren") == []
    assert in_style(papers.notice(), "CoQuanBanHanh") == ["ỦY BAN NHÂN DÂN PHƯỜNG 1"]


def test_rules_have_the_length_the_decree_asks() -> None:
    data = papers.plan()
    cells = root(data).find(f".//{W}tr").findall(W + "tc")
    lengths = []
    for cell, width in zip(cells, (65, 100), strict=True):
        indent = cell.find(f"{W}p[last()]/{W}pPr/{W}ind")
        sides = int(indent.get(W + "left")) + int(indent.get(W + "right"))
        lengths.append(width - sides * 25.4 / 1440)
    issuer = width_mm("THÀNH PHỐ TÂY NINH", 13, bold=True)
    assert issuer / 3 <= lengths[0] <= issuer / 2
    assert lengths[1] == pytest.approx(60.4, abs=1)


def test_measured_widths() -> None:
    nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert width_mm(nation, 13, bold=True) == pytest.approx(95.0, abs=1)
    assert width_mm(nation, 12, bold=True) == pytest.approx(87.7, abs=1)
    assert width_mm("Độc lập - Tự do - Hạnh phúc", 14, bold=True) == pytest.approx(60.4, abs=1)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("PHÒNG NỘI VỤ", ("PHÒNG NỘI VỤ",)),
        ("ỦY BAN NHÂN DÂN\nTỈNH TÂY NINH", ("ỦY BAN NHÂN DÂN", "TỈNH TÂY NINH")),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ TÂY NINH", ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ TÂY NINH")),
    ],
)
def test_names_break_where_one_would_speak(name: str, lines: tuple[str, ...]) -> None:
    assert broken_name(name, 13, 64, bold=True) == lines


def test_a_long_name_breaks_into_lines_that_fit() -> None:
    name = "TRUNG TÂM VĂN HÓA, THỂ THAO VÀ TRUYỀN THANH THÀNH PHỐ TÂY NINH TỈNH TÂY NINH"
    lines = broken_name(name, 13, 64, bold=True)
    assert " ".join(lines) == name
    assert all(width_mm(line, 13, bold=True) <= 64 for line in lines)


def test_decision_has_grounds_order_and_numbered_articles() -> None:
    data = papers.decision()
    assert in_style(data, "TenLoai") == ["QUYẾT ĐỊNH"]
    assert in_style(data, "TrichYeu")[0].startswith("Về việc công bố")
    assert in_style(data, "ThamQuyen") == ["CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ TÂY NINH"]
    grounds = in_style(data, "CanCu")
    assert [ground[-1] for ground in grounds] == [";", "."]
    assert in_style(data, "Lenh") == ["QUYẾT ĐỊNH:"]
    articles = in_style(data, "NoiDung")
    assert [text.split(".")[0] for text in articles] == ["Điều 1", "Điều 2", "Điều 3"]
    (first, *_) = root(data).xpath("//w:r[w:t='Điều 1. ']", namespaces=NS)
    assert first.find(f"{W}rPr/{W}b") is not None


def test_a_subject_that_begins_with_a_capital_is_left_alone() -> None:
    data = papers.decision(subject="Ban hành Quy định tiêu chí")
    assert in_style(data, "TrichYeu") == ["Ban hành Quy định tiêu chí"]


def test_a_titled_article_is_bold_and_followed_by_its_clauses() -> None:
    article = Article(
        "Phạm vi", ("1. Quy định này…", ("2. ", Run("Hết", italic=True))), titled=True
    )
    data = papers.decision(articles=(article,))
    assert in_style(data, "NoiDung") == ["Điều 1. Phạm vi", "1. Quy định này…", "2. Hết"]


def test_headings_take_their_level_from_their_style() -> None:
    data = papers.plan(body=(Heading("Chương I", 0), Heading("I. Mục", 1), Heading("1. Tên", 2)))
    assert in_style(data, "Phan") == ["CHƯƠNG I"]
    assert in_style(data, "MucLaMa") == ["I. MỤC"]
    assert in_style(data, "KhoanCoTen") == ["1. Tên"]
    levels = [
        style_of(data, style).find(f"{W}pPr/{W}outlineLvl").get(W + "val")
        for style in ("Phan", "MucLaMa", "KhoanCoTen", "DiemCoTen")
    ]
    assert levels == ["0", "1", "2", "3"]


def test_an_official_letter_has_no_type_name_but_its_subject_under_the_number() -> None:
    data = papers.letter()
    assert in_style(data, "TenLoai") == []
    head = docx.Document(io.BytesIO(data)).tables[0]
    assert head.cell(1, 0).text.split("\n")[:2] == [
        "Số: 07/UBND-NV",
        "V/v đôn đốc gửi kế hoạch thực hiện công tác dân vận chính quyền năm 2023",
    ]
    assert in_style(data, "KinhGuiDong") == [
        "- Phòng Tư pháp;",
        "- Thanh tra thành phố;",
        "- Ủy ban nhân dân Phường 1.",
    ]


def test_one_addressee_stands_on_the_line_of_the_address() -> None:
    assert in_style(papers.proposal(), "KinhGui") == [
        "Kính gửi: Chủ tịch Ủy ban nhân dân thành phố."
    ]


def test_urgency_is_red_and_boxed_to_the_length_of_the_decree() -> None:
    data = papers.letter(urgency="THƯỢNG KHẨN")
    assert in_style(data, "MucKhan") == ["THƯỢNG KHẨN"]
    assert style_of(data, "MucKhan").find(f"{W}rPr/{W}color").get(W + "val") == "FF0000"


def test_minutes_are_signed_by_two() -> None:
    data = papers.minutes()
    assert in_style(data, "QuyenHan") == ["THƯ KÝ", "CHỦ TỌA"]
    assert in_style(data, "HoTen") == ["Lê Văn Cường", "Nguyễn Trung Hiếu"]


def test_recipients_carry_dash_and_sign() -> None:
    assert in_style(papers.decision(), "NoiNhanDong") == [
        "- Như Điều 3;",
        "- Sở Nội vụ;",
        "- Lưu: VT, PNV.",
    ]


def test_the_signature_is_tied_to_the_last_paragraph() -> None:
    body = root(papers.plan()).find(W + "body")
    closing = body.findall(W + "tbl")[-1]
    assert closing.getprevious().find(f"{W}pPr/{W}keepNext") is not None
    assert closing.find(f".//{W}trPr/{W}cantSplit") is not None


def test_markup_signs_and_odd_letters_survive() -> None:
    name = 'Nguyễn & <Trần> "Ư" ộ𠮷'
    data = papers.decision(
        signature=Signature(("CHỦ TỊCH",), name),
        annexes=(Annex("A & B", Table((Column("<Tên>", 50),), ((name,),))),),
    )
    assert in_style(data, "HoTen") == [name]
    assert in_style(data, "PhuLucTen") == ["A & B"]
    assert in_style(data, "BangNoiDung") == [name]


def test_line_breaks_and_tabs_become_elements() -> None:
    data = papers.plan(body=(Paragraph("một\nhai\tba"),))
    (paragraph,) = root(data).xpath("//w:p[w:r/w:t='một']", namespaces=NS)
    assert [etree.QName(node).localname for node in paragraph.find(W + "r")] == [
        "t",
        "br",
        "t",
        "tab",
        "t",
    ]


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("recipients", {"recipients": ()}),
        ("recipients", {"recipients": "Lưu: VT"}),
        ("recipients", {"recipients": ("Như trên", " ")}),
        ("recipients", {"recipients": ("Như trên", "Sở Nội vụ")}),
        ("articles", {"articles": ()}),
        ("grounds", {"grounds": ()}),
        ("authority", {"authority": ""}),
        ("subject", {"subject": "  "}),
        ("symbol", {"symbol": "KH-UBND"}),
        ("symbol", {"symbol": ""}),
        ("number", {"number": ""}),
        ("urgency", {"urgency": "GẤP"}),
    ],
)
def test_a_decision_names_the_field_it_refuses(field: str, change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=f"^{field}:"):
        papers.decision(**change)


@pytest.mark.parametrize("kind", ["plan", "report", "official_letter", "notice", "minutes"])
def test_an_empty_body_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match=r"^body:"):
        papers.KINDS[kind](body=())


@pytest.mark.parametrize("kind", ["official_letter", "proposal"])
def test_a_letter_to_nobody_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match=r"^addressees:"):
        papers.KINDS[kind](addressees=())


def test_values_name_the_field_they_refuse() -> None:
    with pytest.raises(ValueError, match=r"^issuer:"):
        Letterhead(None, "", "Tây Ninh")
    with pytest.raises(ValueError, match=r"^authority_lines:"):
        Signature((), "A")
    with pytest.raises(ValueError, match=r"^name: control character U\+000B"):
        Signature(("CHỦ TỊCH",), "A\x0bB")
    with pytest.raises(ValueError, match=r"^width_mm:"):
        Column("A", 0)
    with pytest.raises(ValueError, match=r"^rows\[1\]: 2 cells under 1 columns"):
        Table((Column("A", 20),), (("1",), ("1", "2")))
    with pytest.raises(ValueError, match=r"^table:"):
        Annex("Tên")
    with pytest.raises(ValueError, match=r"^text:"):
        Bullet("")
    with pytest.raises(ValueError, match=r"^level:"):
        Heading("A", 7)  # type: ignore[arg-type]
