"""Header and signature: ``vanban.header``, ``vanban.signature``."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.vanban.texts import HEAD, TAIL, plan
from vanban import compile_text
from vanban.casing import name_case
from vanban.header import bodies


def test_a_plain_header() -> None:
    header = compile_text(plan("1. Việc chung.")).header
    assert (header.number, header.symbol, header.type) == ("21", "KH-UBND", "Kế hoạch")
    assert header.issuer == "Ủy ban nhân dân phường An Bình"
    assert header.place == "An Bình"
    assert header.date == dt.date(2024, 2, 5)
    assert header.subject == "Cải tiến công tác tiếp nhận phản ánh của người dân năm 2024"
    assert header.recipients == ("UBND thành phố", "Các khu phố", "Lưu: VT")
    assert header.signer == "Võ Thị Sáu Mươi"
    assert header.signer_position == "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"
    assert header.authority == "TM. ỦY BAN NHÂN DÂN"


def test_spans_point_at_the_words() -> None:
    document = compile_text(plan("1. Việc chung."))
    span = document.header.spans["number"]
    assert document.text[span.start : span.end] == "Số: 21/KH-UBND"


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 49 /KH-UBND", "49", "KH-UBND"),
        ("Số:        /KH-UBND", None, "KH-UBND"),
        ("Số 37-HD/BDVTU", "37", "HD/BDVTU"),
        ("Số: 01/2009/CT-UBND", "01/2009", "CT-UBND"),
        ("Số: …/BC-PNV", None, "BC-PNV"),
    ],
)
def test_number_lines(line: str, number: str | None, symbol: str) -> None:
    header = compile_text(plan("1. Việc.").replace("Số: 21/KH-UBND", line)).header
    assert (header.number, header.symbol) == (number, symbol)


def test_a_date_left_blank_is_none() -> None:
    text = plan("1. Việc.").replace("ngày 05 tháng 02 năm 2024", "ngày     tháng 02 năm 2024")
    header = compile_text(text).header
    assert header.place == "An Bình"
    assert header.date is None


def test_both_columns_on_one_line() -> None:
    text = (
        "UBND THÀNH PHỐ HOA LƯ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "PHÒNG NỘI VỤ Độc lập - Tự do - Hạnh phúc\n"
        "Số: 12/BC-PNV Hoa Lư, ngày 04 tháng 4 năm 2023\n\nBÁO CÁO\nKết quả quý I năm 2023\n\nI. "
        "KẾT QUẢ\n\n1. Tốt."
    )
    header = compile_text(text).header
    assert (header.number, header.place, header.date) == ("12", "Hoa Lư", dt.date(2023, 4, 4))
    assert (header.issuer, header.superior) == ("Phòng Nội vụ", "UBND thành phố Hoa Lư")


def test_a_letter_has_no_type_line() -> None:
    text = (
        "SỞ NỘI VỤ\n\nSố: 88/SNV-XDCQ\n\nV/v đôn đốc gửi báo cáo quý II\n\nHà Tiên, ngày 01 tháng "
        "6 năm 2024\n\n"
        "Kính gửi: UBND các xã, phường\n\nSở Nội vụ đề nghị UBND các xã, phường gửi báo cáo trước "
        "ngày 15/6/2024."
    )
    header = compile_text(text).header
    assert (header.type, header.subject) == ("Công văn", "đôn đốc gửi báo cáo quý II")


def test_the_speaker_is_the_issuer_where_the_head_is_lost() -> None:
    text = plan("1. Việc.", heading="UBND phường Tân Lập xây dựng Kế hoạch như sau:\n\nI. NỘI DUNG")
    text = text.replace("ỦY BAN NHÂN DÂN\nPHƯỜNG AN BÌNH\n", "")
    assert compile_text(text).header.issuer == "UBND phường Tân Lập"


def test_two_column_table_with_everything_in_cells() -> None:
    text = (
        "|\n**UỶ BAN NHÂN\nDÂN**\nTỈNH HẢI VÂN\n-------\n|\n**CỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT "
        "NAM**\nĐộc lập - Tự do - Hạnh phúc\n|\n|\n"
        "Số:\n36/CT-UBND\n|\n*Hải Vân, ngày\n19 tháng 11 năm 2024*\n|\n\n**CHỈ THỊ**\n\nTĂNG "
        "CƯỜNG TIẾP CÔNG DÂN\nTRÊN ĐỊA BÀN TỈNH\n\n"
        "Để tăng cường tiếp công dân, Ủy ban nhân dân tỉnh Hải Vân yêu cầu:\n\n1. Sở Nội vụ theo "
        "dõi.\n\n"
        "|\n*Nơi nhận:*\n- Như trên;\n- Các sở, ban,\nngành;\n- Lưu: VT.\n|\n**KT. CHỦ "
        "TỊCH**\nPHÓ CHỦ TỊCH\n*(Đã ký)*\nNguyễn Văn Mẫu\n|\n"
    )
    header = compile_text(text).header
    assert (header.issuer, header.type) == ("Ủy ban nhân dân tỉnh Hải Vân", "Chỉ thị")
    assert header.subject == "Tăng cường tiếp công dân trên địa bàn tỉnh"
    assert header.recipients == ("Như trên", "Các sở, ban, ngành", "Lưu: VT")
    assert (header.signer, header.authority) == ("Nguyễn Văn Mẫu", "KT. CHỦ TỊCH")


def test_signature_before_the_recipients() -> None:
    text = (
        HEAD
        + "I. NỘI DUNG\n\n1. Việc.\n\nGIÁM ĐỐC\n\nLê Thị Thử\n\nNơi nhận:\n- Như trên;\n- Lưu: VT."
    )
    header = compile_text(text).header
    assert (header.signer, header.signer_position) == ("Lê Thị Thử", "GIÁM ĐỐC")
    assert header.recipients == ("Như trên", "Lưu: VT")


def test_what_stands_behind_the_last_recipient_is_a_stray_mark() -> None:
    text = HEAD + "I. NỘI DUNG\n\n1. Việc." + TAIL.replace("- Lưu: VT.", "- Lưu: VT.\n- L")
    assert compile_text(text).header.recipients[-1] == "Lưu: VT"


def test_bodies_of_a_header() -> None:
    assert bodies(["BAN CHẤP HÀNH", "TRUNG ƯƠNG", "BAN DÂN VẬN"]) == [
        "BAN CHẤP HÀNH TRUNG ƯƠNG",
        "BAN DÂN VẬN",
    ]
    assert name_case("SỞ NỘI VỤ", "") == "Sở Nội vụ"
    assert name_case("ỦY BAN NHÂN DÂN XÃ ĐỒNG MỎ", "") == "Ủy ban nhân dân xã Đồng Mỏ"


def test_a_signature_run_into_the_recipients() -> None:
    text = (
        HEAD
        + "I. NỘI DUNG\n\n1. Việc.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ "
        "TỊCH\nLê Thị Thử"
    )
    header = compile_text(text).header
    assert header.recipients == ("Như trên", "Lưu: VT")
    assert (header.signer, header.signer_position) == ("Lê Thị Thử", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH")


def test_two_columns_set_by_blanks() -> None:
    text = (
        "ỦY BAN NHÂN DÂN                CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "  PHƯỜNG TRÀ AN                      Độc lập - Tự do - Hạnh phúc\n\n"
        "Số: 55/KH-UBND                 Trà An, ngày 9 tháng 5 năm 2024\n\n"
        "KẾ HOẠCH\nThăm hỏi người cao tuổi\n\nI. NỘI DUNG\n\n1. Việc.\n\n"
        "Nơi nhận:                                   TM. ỦY BAN NHÂN DÂN\n"
        "- Như trên;                                      CHỦ TỊCH\n"
        "- Lưu: VT.\n\n"
        "                                               Phạm Văn Định\n"
    )
    document = compile_text(text)
    header = document.header
    assert (header.number, header.place) == ("55", "Trà An")
    assert header.issuer == "Ủy ban nhân dân phường Trà An"
    assert header.recipients == ("Như trên", "Lưu: VT")
    assert (header.signer, header.signer_position) == (
        "Phạm Văn Định",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
    )
    span = header.spans["date"]
    assert document.text[span.start : span.end] == "Trà An, ngày 9 tháng 5 năm 2024"


def test_a_party_document() -> None:
    text = (
        "ĐẢNG BỘ TỈNH HẢI VÂN\nĐẢNG ỦY XÃ CẨM SƠN\n*\nSố 12-KH/ĐU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\n"
        "Cẩm Sơn, ngày 20 tháng 8 năm 2025\n\nKẾ HOẠCH\nhọc tập nghị quyết\n\nI- MỤC ĐÍCH\n\n1- "
        "Nâng cao nhận thức.\n\n"
        "Nơi nhận:\n- Tỉnh ủy (để báo cáo),\n- Lưu Văn phòng.\n\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ "
        "THƯ\n\nLò Văn Sơn"
    )
    document = compile_text(text)
    header = document.header
    assert (header.number, header.symbol) == ("12", "KH/ĐU")
    assert (header.issuer, header.superior) == ("Đảng ủy xã Cẩm Sơn", "Đảng bộ tỉnh Hải Vân")
    assert header.signer_position == "T/M BAN THƯỜNG VỤ PHÓ BÍ THƯ"
    assert [p.marker for p in document.provisions if p.heading] == ["I-", "1-"]


def test_marks_in_the_margin_are_no_body() -> None:
    text = "DỰ THẢO\n\n" + plan("1. Việc.")
    header = compile_text(text).header
    assert (header.issuer, header.superior) == ("Ủy ban nhân dân phường An Bình", None)


def test_the_place_names_a_nameless_speaker() -> None:
    text = plan("1. Việc.", heading="UBND phường ban hành Kế hoạch như sau:\n\nI. NỘI DUNG")
    text = text.replace("ỦY BAN NHÂN DÂN\nPHƯỜNG AN BÌNH\n", "")
    assert compile_text(text).header.issuer == "UBND phường An Bình"


def test_a_document_without_a_header_is_issued_by_whom_it_is_signed_for() -> None:
    text = HEAD.split("An Bình, ngày")[1]
    document = compile_text(f"An Bình, ngày{text}I. NỘI DUNG\n\n1. Việc.{TAIL}")
    assert document.header.issuer == "Ủy ban nhân dân"


def test_the_body_under_the_type_is_no_part_of_the_subject() -> None:
    text = HEAD.replace("KẾ HOẠCH\n", "CHỈ THỊ\nCỦA BAN THƯỜNG VỤ ĐẢNG ỦY\nvề việc ")
    document = compile_text(f"{text}I. NỘI DUNG\n\n1. Việc.{TAIL}")
    assert document.header.subject is not None
    assert document.header.subject.lower().startswith("về việc cải tiến")


def test_a_name_broken_after_its_first_word() -> None:
    assert bodies(["ỦY", "BAN NHÂN DÂN", "TỈNH HẢI VÂN"]) == ["ỦY BAN NHÂN DÂN TỈNH HẢI VÂN"]
    assert bodies(["TỈNH ỦY HẢI VÂN", "BAN DÂN VẬN"]) == ["TỈNH ỦY HẢI VÂN", "BAN DÂN VẬN"]


TWO_HANDS = (
    "I. NỘI DUNG\n\n1. Hai cơ quan giao ban mỗi quý.\n\nGIÁM ĐỐC\n\nLê Thị Thử\n\nCHỦ TỊCH\n\n"
    "Phạm Văn Mẫu\n\nNơi nhận:\n- Như trên;\n- Lưu: VT."
)


def issued(head: str, number: str, kind: str, end: str = TWO_HANDS) -> tuple[object, ...]:
    dated = f"Số: {number}\n\nHải Vân, ngày 12 tháng 3 năm 2024"
    header = compile_text(f"{head}\n\n{dated}\n\n{kind}\nVề dân vận\n\n{end}").header
    return header.issuers, header.issuer, header.superior


@pytest.mark.parametrize(
    ("head", "number", "kind", "issuers", "superior"),
    [
        # a dash inside a line, at its end, between a wrapped and a whole name
        (
            "SỞ NỘI VỤ - CÔNG AN TỈNH HẢI VÂN", "15/KHLT-SNV-CAT", "KẾ HOẠCH LIÊN TỊCH",
            ("Sở Nội vụ", "Công an tỉnh Hải Vân"), None,
        ),
        (
            "BAN DÂN VẬN TỈNH ỦY -\nỦY BAN NHÂN DÂN\nTỈNH HẢI VÂN", "07-CTr/BDVTU-UBND",
            "CHƯƠNG TRÌNH", ("Ban Dân vận Tỉnh ủy", "Ủy ban nhân dân tỉnh Hải Vân"), None,
        ),
        # nothing but the type or the symbol says so
        (
            "SỞ NỘI VỤ\nCÔNG AN TỈNH HẢI VÂN", "15/KH-LN", "KẾ HOẠCH LIÊN TỊCH",
            ("Sở Nội vụ", "Công an tỉnh Hải Vân"), None,
        ),
        (
            "SỞ NỘI VỤ\nCÔNG AN TỈNH HẢI VÂN", "15/KHLT-SNV-CAT", "KẾ HOẠCH",
            ("Sở Nội vụ", "Công an tỉnh Hải Vân"), None,
        ),
        # each with the body above it
        (
            "TỈNH ỦY HẢI VÂN\nBAN DÂN VẬN\nỦY BAN NHÂN DÂN TỈNH HẢI VÂN", "07-CTr/BDVTU-UBND",
            "CHƯƠNG TRÌNH", ("Ban Dân vận", "Ủy ban nhân dân tỉnh Hải Vân"), "Tỉnh ủy Hải Vân",
        ),
        (
            "UBND TỈNH HẢI VÂN\nSỞ NỘI VỤ\nTỈNH ĐOÀN HẢI VÂN", "03/CTPH-SNV-TĐ",
            "CHƯƠNG TRÌNH PHỐI HỢP", ("Sở Nội vụ", "Tỉnh đoàn Hải Vân"), "UBND tỉnh Hải Vân",
        ),
        # one body, its superior above it; one office of two bodies
        (
            "UBND TỈNH HẢI VÂN\nSỞ NỘI VỤ", "03/CTPH-SNV-TĐ", "CHƯƠNG TRÌNH PHỐI HỢP",
            ("Sở Nội vụ",), "UBND tỉnh Hải Vân",
        ),
        (
            "UBND TỈNH HẢI VÂN\nSỞ NỘI VỤ", "03/KH-SNV", "KẾ HOẠCH",
            ("Sở Nội vụ",), "UBND tỉnh Hải Vân",
        ),
        (
            "VĂN PHÒNG HĐND - UBND XÃ ĐỒNG MỎ", "03/KH-VP", "KẾ HOẠCH",
            ("Văn phòng HĐND - UBND xã Đồng Mỏ",), None,
        ),
        # a dash inside a name joins no bodies
        (
            "TRUNG TÂM XÂY DỰNG -\nY TẾ", "03/KH-TT", "KẾ HOẠCH",
            ("Trung tâm Xây dựng - Y tế",), None,
        ),
    ],
)  # fmt: skip
def test_who_issues_together(
    head: str, number: str, kind: str, issuers: tuple[str, ...], superior: str | None
) -> None:
    assert issued(head, number, kind) == (issuers, " - ".join(issuers), superior)


def test_bodies_of_a_joint_type_need_as_many_hands() -> None:
    end = "I. NỘI DUNG\n\n1. Việc.\n\nGIÁM ĐỐC\n\nLê Thị Thử\n\nNơi nhận:\n- Như trên;\n- Lưu: VT."
    found = issued("SỞ NỘI VỤ\nCÔNG AN TỈNH", "15/KHLT-SNV-CAT", "KẾ HOẠCH LIÊN TỊCH", end)
    assert found == (("Công an tỉnh",), "Công an tỉnh", "Sở Nội vụ")
