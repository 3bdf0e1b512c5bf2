"""``vanban.citations``: every cited document once, with all its places."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.vanban.texts import plan
from vanban import Citation, compile_text
from vanban.laws import end_of_name


def cited(sentence: str) -> list[Citation]:
    return list(compile_text(plan(f"1. {sentence}")).citations)


def brief(sentence: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(c.type, c.number, c.date.isoformat() if c.date else None) for c in cited(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Theo Nghị định số 12/2019/NĐ-CP ngày 05/02/2019 của Chính phủ.",
            [("Nghị định", "12/2019/NĐ-CP", "2019-02-05")],
        ),
        (
            "Theo Quyết định 77/QĐ-UBND ngày 3 tháng 6 năm 2022 của UBND tỉnh.",
            [("Quyết định", "77/QĐ-UBND", "2022-06-03")],
        ),
        (
            "các Quyết định số 31-QĐ/TW và 32-QĐ/TW của Bộ Chính trị",
            [("Quyết định", "31-QĐ/TW", None), ("Quyết định", "32-QĐ/TW", None)],
        ),
        (
            "Quy định số 45-QĐ/TW ngày 02/3/2020 của Ban Bí thư",
            [("Quy định", "45-QĐ/TW", "2020-03-02")],
        ),
        (
            "Chương trình phối hợp số 06-CTr/BDVTU-UBND, ngày 01/02/2021",
            [("Chương trình phối hợp", "06-CTr/BDVTU-UBND", "2021-02-01")],
        ),
        (
            "Nghị quyết số 27/NQ- TW và Kết luận số 9- KL/TW",
            [("Nghị quyết", "27/NQ-TW", None), ("Kết luận", "9-KL/TW", None)],
        ),
        (
            "Luật Quản lý thuế số 38/2019/QH14 ngày 13/6/2019 và Luật Quản lý thuế",
            [("Luật", "38/2019/QH14", "2019-06-13")],
        ),
        (
            "Thông tư liên tịch số 01/2023/TTLT-BNV-BTC ngày 12/01/2023",
            [("Thông tư liên tịch", "01/2023/TTLT-BNV-BTC", "2023-01-12")],
        ),
        (
            "sửa đổi Nghị quyết số 66.4/2025/NQ-CP",
            [("Nghị quyết", "66.4/2025/NQ-CP", None)],
        ),
        (
            "Quy chế phối hợp số 01-QCPH/UBND-BDVTU ngày 29/5/2015",
            [("Quy chế phối hợp", "01-QCPH/UBND-BDVTU", "2015-05-29")],
        ),
        ("Văn phòng báo cáo trong 24/7, giai đoạn 2021-2025, đạt 10/10 điểm.", []),
    ],
)
def test_numbers(sentence: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert brief(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("Quyết định 03, 04/QĐ-UBND", ["03/QĐ-UBND", "04/QĐ-UBND"]),
        ("các Quyết định số 217, 218-QĐ/TW", ["217-QĐ/TW", "218-QĐ/TW"]),
        ("Quyết định số 217,218-QĐ/TW", ["217-QĐ/TW", "218-QĐ/TW"]),
        ("các Quyết định số 03, 04 và 05/QĐ-UBND", ["03/QĐ-UBND", "04/QĐ-UBND", "05/QĐ-UBND"]),
        ("Công văn số 66 và số 67/SNV-CCHC", ["66/SNV-CCHC", "67/SNV-CCHC"]),
        ("Thông báo số 11; 12/TB-UBND", ["11/TB-UBND", "12/TB-UBND"]),
        ("văn bản các số 7a, 7b/UBND-NC", ["7a/UBND-NC", "7b/UBND-NC"]),
        # the year belongs to the symbol, or to each number
        ("các Nghị định 29, 30/2021/NĐ-CP", ["29/2021/NĐ-CP", "30/2021/NĐ-CP"]),
        ("Nghị định số 29/2021 và 30/2022/NĐ-CP", ["29/2021/NĐ-CP", "30/2022/NĐ-CP"]),
        # ranges, numbered as their first number is
        (
            "các Quyết định từ số 03 đến số 06/QĐ-UBND",
            ["03/QĐ-UBND", "04/QĐ-UBND", "05/QĐ-UBND", "06/QĐ-UBND"],
        ),
        ("Quyết định số 9-11/QĐ-UBND", ["9/QĐ-UBND", "10/QĐ-UBND", "11/QĐ-UBND"]),
        ("Quyết định từ số 1 đến số 900/QĐ-UBND", ["1/QĐ-UBND", "900/QĐ-UBND"]),
        ("Quyết định từ số 9 đến số 3/QĐ-UBND", ["9/QĐ-UBND", "3/QĐ-UBND"]),
        # behind a number that has its own symbol
        (
            "Quyết định số 15/QĐ-UBND, 16 và 17/QĐ-UBND",
            ["15/QĐ-UBND", "16/QĐ-UBND", "17/QĐ-UBND"],
        ),
        (
            "Nghị quyết số 18, số 19-NQ/TW ngày 25/10/2017 và số 20, 21-NQ/TW",
            ["18-NQ/TW", "19-NQ/TW", "20-NQ/TW", "21-NQ/TW"],
        ),
        # days, articles, years and figures are no numbers of documents
        ("họp vào ngày 03, 04/4/2023", []),
        ("Điều 3, 4 Nghị định 12/2019/NĐ-CP", ["12/2019/NĐ-CP"]),
        ("Điều 3, 4, Quyết định 12/QĐ-UBND", ["12/QĐ-UBND"]),
        ("khoản 2, 3/QĐ-UBND", ["3/QĐ-UBND"]),
        ("Kế hoạch năm 2023, 05/KH-UBND", ["05/KH-UBND"]),
        ("Kế hoạch 2021-2025, số 10/KH-UBND", ["10/KH-UBND"]),
        ("Quyết định số 15/QĐ-UBND ngày 01/02/2023, 16/QĐ-UBND", ["15/QĐ-UBND", "16/QĐ-UBND"]),
        ("số 29/2021, 30/QĐ-UBND", ["30/QĐ-UBND"]),
        ("đạt 12,5/QĐ-UBND", []),
    ],
)
def test_a_list_of_numbers_shares_the_symbol_of_the_last(sentence: str, numbers: list[str]) -> None:
    assert [c.number for c in cited(sentence)] == numbers


def test_what_the_last_of_a_list_carries_holds_for_all_and_each_has_its_place() -> None:
    sentence = "Bãi bỏ các Quyết định số 5, 6/QĐ-UBND ngày 04/7/2022 của UBND tỉnh."
    document = compile_text(plan(f"1. {sentence}"))
    first, second = document.citations
    for citation in (first, second):
        assert citation.type == "Quyết định"
        assert citation.date == dt.date(2022, 7, 4)
        assert citation.issuer == "UBND tỉnh"
        assert citation.relation == "repealed"
    assert first.text == "Quyết định số 5, 6/QĐ-UBND"
    words = [document.text[c.spans[0].start : c.spans[0].end] for c in (first, second)]
    assert words == ["Quyết định số 5", "6/QĐ-UBND ngày 04/7/2022"]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        (
            "thực hiện Luật Tiếp công dân, Luật Khiếu nại và các văn bản",
            ["Luật Tiếp công dân", "Luật Khiếu nại"],
        ),
        ("theo Luật tiếp công dân của người đứng đầu", ["Luật tiếp công dân"]),
        ("thi hành Luật và các nghị định; luật sư; Luật này", []),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Giá",
            ["Luật sửa đổi, bổ sung một số điều của Luật Giá"],
        ),
        (
            "Luật Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân; Điều 5 Luật Bầu cử năm "
            "2015",
            ["Luật Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân"],
        ),
        ("theo Bộ luật Lao động", ["Bộ luật Lao động"]),
        ("theo Luật Bảo vệ rừng ngập mặn trên địa bàn tỉnh", ["Luật Bảo vệ rừng ngập mặn"]),
    ],
)
def test_laws_by_name(sentence: str, names: list[str]) -> None:
    assert [c.text for c in cited(sentence)] == names


def test_one_entry_per_document_with_all_its_places() -> None:
    document = compile_text(
        plan(
            "1. Thực hiện Kế hoạch số 8/KH-UBND ngày 02/01/2024 của UBND tỉnh.",
            "2. Báo cáo theo Kế hoạch số 08/KH-UBND.",
        )
    )
    (citation,) = document.citations
    assert len(citation.spans) == 2
    assert citation.date == dt.date(2024, 1, 2)
    assert citation.issuer == "UBND tỉnh"
    for span in citation.spans:
        assert "KH-UBND" in document.text[span.start : span.end]
    assert len(citation.provisions) == 2


def test_own_number_is_no_citation() -> None:
    assert cited("Các đơn vị thực hiện Kế hoạch số 21/KH-UBND này.") == []


def test_an_issuer_governs_the_pair() -> None:
    first, second = cited("Quyết định số 5-QĐ/TW và Quy định số 6-QĐ/TW của Ban Bí thư về giám sát")
    assert first.issuer == second.issuer == "Ban Bí thư"


def test_a_known_name_ends_where_the_table_says() -> None:
    text = "Luật Phòng, chống tham nhũng, tiêu cực"
    assert text[5 : end_of_name(text, 5)] == "Phòng, chống tham nhũng"


@pytest.mark.parametrize(
    ("sentence", "relations"),
    [
        ("Quyết định này thay thế Quyết định số 88/QĐ-UBND ngày 05/01/2023.", ["replaced"]),
        ("Bãi bỏ các Quyết định số 5/QĐ-UBND và 6/QĐ-UBND.", ["repealed", None]),
        (
            "Thông tư số 75/2024/TT-BTC của Bộ trưởng Bộ Tài chính sửa đổi, bổ sung một số điều "
            "của Thông tư số 55/2023/TT-BTC.",
            ["amending", "amended"],
        ),
        (
            "Luật Quản lý thuế số 38/2019/QH14 được sửa đổi, bổ sung một số điều tại Luật số "
            "56/2024/QH15.",
            [None, "amending"],
        ),
        ("Luật sửa đổi, bổ sung một số điều của Luật Giá", ["amending"]),
        ("Nghị định số 4/2015/NĐ-CP được thay thế bằng Nghị định số 59/2023/NĐ-CP.",
         [None, "replacing"]),
        ("Thực hiện Kế hoạch số 8/KH-UBND của UBND tỉnh.", [None]),
    ],
)  # fmt: skip
def test_what_is_said_of_a_document(sentence: str, relations: list[str | None]) -> None:
    assert [c.relation for c in cited(sentence)] == relations


def told(sentence: str) -> list[tuple[str | None, str | None, dt.date | None, str | None]]:
    document = compile_text(plan(f"1. {sentence}"))
    return [(c.type, c.number, c.date, c.issuer) for c in document.citations]


def test_a_date_behind_a_term_or_behind_the_issuer() -> None:
    assert told("Thực hiện Nghị quyết số 77-NQ/TW (khóa XI) ngày 03/6/2013.") == [
        ("Nghị quyết", "77-NQ/TW", dt.date(2013, 6, 3), None)
    ]
    assert told("Thực hiện Quyết định 77-QĐ/TW của Bộ Chính trị ngày 25/02/2010.") == [
        ("Quyết định", "77-QĐ/TW", dt.date(2010, 2, 25), "Bộ Chính trị")
    ]


def test_the_type_stands_before_its_qualifier() -> None:
    assert told("Theo Báo cáo thẩm định số 19/BCTĐ-STP ngày 25/5/2018.")[0][0] == "Báo cáo"


def test_a_text_is_better_named_than_van_ban() -> None:
    (found,) = told("Theo văn bản số 71/TTr-UBND ngày 02/4/2024; Tờ trình số 71/TTr-UBND nêu trên.")
    assert found[:2] == ("Tờ trình", "71/TTr-UBND")
