"""The types of official documents: their names, and the abbreviations their symbols carry.

One home for reading (``symbols``, ``header``, ``citations``) and for checking: Nghị định
30/2020/NĐ-CP lists 29 types in Điều 7 and abbreviates 27 of them in Phụ lục III (công văn and
thư công have no abbreviation); copies follow Điều 25; what the Party and the law-making bodies
write beside these stands apart, because no article of that decree can be held against it.
"""

from __future__ import annotations

#: Name → abbreviation, in the order of Phụ lục III.
ADMINISTRATIVE: dict[str, str] = {
    "Nghị quyết": "NQ",
    "Quyết định": "QĐ",
    "Chỉ thị": "CT",
    "Quy chế": "QC",
    "Quy định": "QyĐ",
    "Thông cáo": "TC",
    "Thông báo": "TB",
    "Hướng dẫn": "HD",
    "Chương trình": "CTr",
    "Kế hoạch": "KH",
    "Phương án": "PA",
    "Đề án": "ĐA",
    "Dự án": "DA",
    "Báo cáo": "BC",
    "Biên bản": "BB",
    "Tờ trình": "TTr",
    "Hợp đồng": "HĐ",
    "Công điện": "CĐ",
    "Bản ghi nhớ": "BGN",
    "Bản thỏa thuận": "BTT",
    "Giấy ủy quyền": "GUQ",
    "Giấy mời": "GM",
    "Giấy giới thiệu": "GGT",
    "Giấy nghỉ phép": "GNP",
    "Phiếu gửi": "PG",
    "Phiếu chuyển": "PC",
    "Phiếu báo": "PB",
}
#: Copies (Điều 25).
COPIES: dict[str, str] = {"Bản sao y": "SY", "Bản trích sao": "TrS", "Bản sao lục": "SL"}
#: What the Party and law-making bodies write: abbreviation → name. A name may have several.
OTHER: dict[str, str] = {
    "QĐi": "Quy định",
    "CV": "Công văn",
    "KL": "Kết luận",
    "TTri": "Thông tri",
    "CTHĐ": "Chương trình hành động",
    "CTPH": "Chương trình phối hợp",
    "QCPH": "Quy chế phối hợp",
    "KHPH": "Kế hoạch phối hợp",
    "KHLT": "Kế hoạch liên tịch",
    "HDLT": "Hướng dẫn liên tịch",
    "HDLN": "Hướng dẫn liên ngành",
    "NQLT": "Nghị quyết liên tịch",
    "TTLT": "Thông tư liên tịch",
    "NĐ": "Nghị định",
    "TT": "Thông tư",
    "PL": "Pháp lệnh",
    "L": "Luật",
}
#: Abbreviation → name, of all three kinds.
BY_ABBREVIATION: dict[str, str] = {
    **{code: name for name, code in ADMINISTRATIVE.items()},
    **{code: name for name, code in COPIES.items()},
    **OTHER,
}
#: Names that stand as a heading of their own: all of Điều 7, and those of the Party and the State.
HEADINGS: tuple[str, ...] = (
    *ADMINISTRATIVE,
    *dict.fromkeys(OTHER.values()),
    "Thông báo kết luận",
    "Thư công",
    "Quy trình",
    "Đề cương",
    "Lời kêu gọi",
    "Thể lệ",
    "Nội quy",
)
