"""Papers with one thing wrong each, and the one finding that must come of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"


@dataclass(frozen=True)
class Wrong:
    """A paper with one thing changed in it, and the one finding that must come of it."""

    name: str
    old: str
    new: str
    place: str
    found: str
    asked: str
    provision: str
    kind: str = "decision"
    part: str = DOCUMENT
    severity: str = "error"


def _style(name: str, old: str, new: str) -> tuple[str, str]:
    """A change inside the style called ``name``, as a pattern and its replacement."""
    return f'(w:styleId="{name}">(?:(?!</w:style>).)*?){old}', rf"\g<1>{new}"


def _text(old: str, new: str) -> tuple[str, str]:
    return re.escape(old), new.replace("\\", r"\\")


_13_TO_15 = ('<w:sz w:val="26"/>', '<w:sz w:val="30"/>')
_14_TO_15 = ('<w:sz w:val="28"/>', '<w:sz w:val="30"/>')
_UNBOLD = ("<w:b/>", "")
_UPRIGHT = ("<w:i/>", "")

WRONG = [
    # page
    Wrong("letter paper", 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"',
          "Trang giấy", "khổ 215,9 × 279,4 mm", "khổ A4 (210 × 297 mm)", "I.1", kind="notice"),
    Wrong("landscape", 'w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906"',
          "Trang giấy", "trang ngang", "trang dọc; trang ngang chỉ khi có bảng, biểu lớn", "I.2",
          kind="notice", severity="warning"),
    Wrong("left margin", 'w:left="1701" w:header', 'w:left="1417" w:header',
          "Trang giấy", "lề trái 25 mm", "lề trái 30–35 mm", "I.3", kind="notice"),
    Wrong("top margin", 'w:top="1134"', 'w:top="1701"',
          "Trang giấy", "lề trên 30 mm", "lề trên 20–25 mm", "I.3", kind="notice"),
    Wrong("right margin", 'w:right="850" w:bottom', 'w:right="1417" w:bottom',
          "Trang giấy", "lề phải 25 mm", "lề phải 15–20 mm", "I.3", kind="notice"),
    Wrong("number on page 1", "<w:titlePg/>", "",
          "Số trang", "trang đầu cũng đánh số", "không hiển thị số trang thứ nhất", "I.7",
          kind="notice"),
    Wrong("page number left", *_style("SoTrang", '<w:jc w:val="center"/>', ""),
          "Số trang", "không canh giữa", "canh giữa trong phần lề trên", "I.7", part=STYLES,
          kind="notice"),
    Wrong("page number small", *_style("SoTrang", *(x.replace("30", "20") for x in _13_TO_15)),
          "Số trang", "cỡ chữ 10", "cỡ chữ 13–14, chữ đứng", "I.7", part=STYLES, kind="notice"),
    Wrong("no page number", ' PAGE ', ' DATE ',
          "Số trang", "không có số trang",
          "số trang bằng chữ số Ả Rập từ trang 2, canh giữa, trong lề trên", "I.7",
          part="word/header1.xml"),
    Wrong("typeface", *_style("SoKyHieu", "<w:rPr>",
                                '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'),
          "Phông chữ, 1 chỗ", "phông Arial", "phông Times New Roman", "I.4", part=STYLES),
    Wrong("colour", *_style("TrichYeu", "<w:sz ", '<w:color w:val="FF0000"/><w:sz '),
          "Màu chữ, 1 chỗ", "màu #FF0000", "chữ màu đen", "I.4", part=STYLES),
    # head
    Wrong("nation gone", *_text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "UBND"),
          "Quốc hiệu", "không có", "“CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM”", "II.1"),
    Wrong("nation misspelt", *_text("NGHĨA VIỆT NAM", "NGHĨA VIỆT NAMM"),
          "Quốc hiệu", "viết là “CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMM”",
          "“CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM”", "II.1"),
    Wrong("nation in 15", *_style("QuocHieu", *_13_TO_15),
          "Quốc hiệu", "cỡ chữ 15", "cỡ chữ 12–13", "II.1", part=STYLES),
    Wrong("nation not bold", *_style("QuocHieu", *_UNBOLD),
          "Quốc hiệu", "chữ không đậm", "chữ đậm", "II.1", part=STYLES),
    Wrong("motto gone", *_text("Độc lập - Tự do - Hạnh phúc", "Kính gửi"),
          "Tiêu ngữ", "không có", "“Độc lập - Tự do - Hạnh phúc”", "II.1"),
    Wrong("motto with dashes", *_text("Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc"),
          "Tiêu ngữ", "viết là “Độc lập – Tự do – Hạnh phúc”",
          "“Độc lập - Tự do - Hạnh phúc”, chữ cái đầu viết hoa, gạch nối có cách chữ", "II.1"),
    Wrong("issuer not bold", *_style("CoQuanBanHanh", *_UNBOLD),
          "Tên cơ quan ban hành", "chữ không đậm", "chữ đậm", "II.2", part=STYLES, kind="notice"),
    Wrong("issuer in lower case", *_text("ỦY BAN NHÂN DÂN", "Ủy ban nhân dân"),
          "Tên cơ quan ban hành", "chữ in thường", "chữ in hoa", "II.2", kind="notice"),
    Wrong("rule gone", "<w:pBdr><w:top[^>]*/></w:pBdr>(?=.*Số: )", "",
          "Tên cơ quan ban hành", "không có đường kẻ bên dưới",
          "đường kẻ ngang, nét liền, dài từ 1/3 đến 1/2 dòng chữ", "II.2", kind="notice"),
    Wrong("number gone", *_text("Số: 1234/QĐ-UBND", " "),
          "Số, ký hiệu", "không có", "“Số: …/ký hiệu”", "II.3"),
    Wrong("number not padded", *_text("Số: 1234/", "Số: 5/"),
          "Số, ký hiệu", "số 5", "số 05 (thêm số 0 phía trước)", "II.3"),
    Wrong("number without colon", *_text("Số: 1234/", "Số 1234/"),
          "Số, ký hiệu", "sau “Số” không có dấu hai chấm", "“Số:”", "II.3"),
    Wrong("number with blanks", *_text("Số: 1234/", "Số: 1234 /"),
          "Số, ký hiệu", "có cách chữ quanh dấu gạch",
          "không cách chữ giữa số, dấu gạch và ký hiệu", "II.3", severity="warning"),
    Wrong("symbol of another type", *_text("1234/QĐ-UBND</w:t>", "1234/KH-UBND</w:t>"),
          "Số, ký hiệu", "ký hiệu bắt đầu bằng “KH”", "“QĐ” cho Quyết định",
          "Phụ lục III"),
    Wrong("symbol without marks", *_text("Số: 1234/QĐ-UBND", "Số: 1234/QD-UBND"),
          "Số, ký hiệu", "ký hiệu bắt đầu bằng “QD”", "“QĐ” cho Quyết định", "Phụ lục III"),
    Wrong("number in 14", *_style("SoKyHieu", '<w:sz w:val="26"/>', '<w:sz w:val="28"/>'),
          "Số, ký hiệu", "cỡ chữ 14", "cỡ chữ 13", "II.3", part=STYLES),
    Wrong("date gone", *_text("TP. Tây Ninh, ngày 04 tháng 11 năm 2023", " "),
          "Địa danh và thời gian", "không có", "“Địa danh, ngày … tháng … năm …”", "II.4"),
    Wrong("day not padded", *_text("Ninh, ngày 04 tháng 11", "Ninh, ngày 4 tháng 11"),
          "Địa danh và thời gian", "ngày 4", "ngày 04", "II.4"),
    Wrong("month not padded", *_text("ngày 09 tháng 01", "ngày 09 tháng 1"),
          "Địa danh và thời gian", "tháng 1", "tháng 01", "II.4", kind="notice"),
    Wrong("month padded", *_text("ngày 27 tháng 3", "ngày 27 tháng 03"),
          "Địa danh và thời gian", "tháng 03", "tháng 3 (chỉ tháng 1, 2 thêm số 0)", "II.4",
          kind="plan", severity="warning"),
    Wrong("no such day", *_text("Tây Ninh, ngày 04 tháng 11", "Tây Ninh, ngày 31 tháng 11"),
          "Địa danh và thời gian", "ngày 31/11/2023", "ngày, tháng, năm có thật", "II.4"),
    Wrong("no comma after place", *_text("Tây Ninh, ngày", "Tây Ninh ngày"),
          "Địa danh và thời gian", "sau địa danh không có dấu phẩy", "dấu phẩy sau địa danh",
          "II.4"),
    Wrong("date upright", *_style("DiaDanhThoiGian", *_UPRIGHT),
          "Địa danh và thời gian", "chữ đứng", "chữ nghiêng", "II.4", part=STYLES),
    # title and content
    Wrong("type name in lower case", *_text("KẾ HOẠCH</w:t>", "Kế hoạch</w:t>"),
          "Tên loại", "chữ in thường", "chữ in hoa", "II.5", kind="plan"),
    Wrong("type name gone", *_text("KẾ HOẠCH</w:t>", " </w:t>"),
          "Tên loại", "không có", "“KẾ HOẠCH” canh giữa, in hoa, đậm", "II.5", kind="plan"),
    Wrong("subject not bold", *_style("TrichYeu", *_UNBOLD),
          "Trích yếu", "chữ không đậm", "chữ đậm", "II.5", part=STYLES),
    Wrong("V/v gone", *_text("V/v đôn đốc", "đôn đốc"),
          "Trích yếu", "không có tên loại và không có “V/v”",
          "“V/v …” dưới số, ký hiệu của công văn; hoặc tên loại và trích yếu", "II.5",
          kind="official_letter"),
    Wrong("V/v bold", *_style("TrichYeuCongVan", "<w:sz ", "<w:b/><w:sz "),
          "Trích yếu công văn", "chữ đậm", "chữ không đậm", "II.5", part=STYLES,
          kind="official_letter"),
    Wrong("content in 12", *_style("NoiDung", '<w:sz w:val="28"/>', '<w:sz w:val="24"/>'),
          "Nội dung, 3 đoạn", "cỡ chữ 12", "cỡ chữ 13–14", "II.6", part=STYLES),
    Wrong("content ragged", *_style("NoiDung", '<w:jc w:val="both"/>', ""),
          "Nội dung, 3 đoạn", "không canh đều hai lề", "canh đều hai lề", "II.6", part=STYLES,
          severity="warning"),
    Wrong("content not indented", *_style("NoiDung", 'w:firstLine="720"', 'w:firstLine="0"'),
          "Nội dung, 3 đoạn", "không lùi dòng đầu đúng mức", "dòng đầu lùi 1 cm hoặc 1,27 cm",
          "II.6", part=STYLES, severity="warning"),
    Wrong("content tight", *_style("NoiDung", 'w:after="120"', 'w:after="0"'),
          "Nội dung, 3 đoạn", "cách đoạn dưới 6 pt", "khoảng cách giữa các đoạn tối thiểu 6 pt",
          "II.6", part=STYLES, severity="warning"),
    Wrong("content double spaced", *_style("NoiDung", 'w:line="264"', 'w:line="480"'),
          "Nội dung, 3 đoạn", "giãn dòng ngoài mức", "giãn dòng từ đơn đến 1,5 dòng", "II.6",
          part=STYLES, severity="warning"),
    Wrong("grounds upright", *_style("CanCu", *_UPRIGHT),
          "Căn cứ, 2 dòng", "chữ đứng", "chữ nghiêng", "II.6", part=STYLES),
    Wrong("ground without semicolon", *_text("6 năm 2015;", "6 năm 2015,"),
          "Căn cứ “Căn cứ Luật", "kết thúc bằng “,”", "cuối mỗi căn cứ có dấu chấm phẩy", "II.6"),
    Wrong("last ground with semicolon", *_text("45/TTr-PNV.", "45/TTr-PNV;"),
          "Căn cứ “Theo đề nghị", "kết thúc bằng “;”", "dòng cuối kết thúc bằng dấu chấm", "II.6"),
    Wrong("article skipped", *_text("Điều 3. ", "Điều 4. "),
          "Điều “Điều 4.", "Điều 4 sau Điều 2", "Điều 3", "II.6"),
    Wrong("article not bold", "<w:rPr><w:b/><w:bCs/></w:rPr>(?=<w:t[^>]*>Điều 2)", "",
          "Điều “Điều 2.", "“Điều” và số thứ tự không đậm", "“Điều” và số thứ tự in đậm", "II.6"),
    # closing
    Wrong("party strokes", *_text("KT. CHỦ TỊCH", "K/T CHỦ TỊCH"),
          "Quyền hạn, chức vụ", "viết “K/T” (lối văn bản Đảng)", "“KT.”", "Điều 13"),
    Wrong("KT without stop", *_text("KT. CHỦ TỊCH", "KT CHỦ TỊCH"),
          "Quyền hạn, chức vụ", "viết “KT” không có dấu chấm", "“KT.”", "Điều 13"),
    Wrong("deputy's post gone", *_text("PHÓ CHỦ TỊCH", " "),
          "Quyền hạn, chức vụ", "không có chức vụ người trực tiếp ký",
          "chức vụ của người trực tiếp ký ở dòng dưới", "Điều 13"),
    Wrong("name gone", *_text("Nguyễn Trung Hiếu", " "),
          "Họ và tên người ký", "không có", "họ và tên đầy đủ của người ký", "II.7"),
    Wrong("degree before the name", *_text("Nguyễn Trung Hiếu", "ThS. Nguyễn Trung Hiếu"),
          "Họ và tên người ký", "có “ThS.” trước họ tên", "không ghi học hàm, học vị trước họ tên",
          "II.7", severity="warning"),
    Wrong("name not bold", *_style("HoTen", *_UNBOLD),
          "Họ và tên người ký", "chữ không đậm", "chữ đậm", "II.7", part=STYLES),
    Wrong("recipients upright", *_style("NoiNhan", *_UPRIGHT),
          "Nơi nhận", "chữ đứng", "chữ nghiêng", "II.9", part=STYLES),
    Wrong("recipients in 12", *_style("NoiNhanDong", '<w:sz w:val="22"/>', '<w:sz w:val="24"/>'),
          "Danh sách nơi nhận", "cỡ chữ 12", "cỡ chữ 11", "II.9", part=STYLES),
    Wrong("no archive line", *_text("- Lưu: VT, PNV.", "- Phòng Nội vụ."),
          "Danh sách nơi nhận", "không có dòng “Lưu”", "dòng cuối “- Lưu: VT, …”", "II.9"),
    Wrong("no full stop", *_text("Lưu: VT, PNV.", "Lưu: VT, PNV"),
          "Danh sách nơi nhận", "dòng cuối không có dấu chấm", "dòng cuối kết thúc bằng dấu chấm",
          "II.9"),
    Wrong("recipient without semicolon", *_text("- Sở Nội vụ;", "- Sở Nội vụ"),
          "Danh sách nơi nhận", "cuối dòng không có dấu chấm phẩy",
          "cuối mỗi dòng có dấu chấm phẩy", "II.9"),
    # annex
    Wrong("annex label in capitals", *_text(">Phụ lục<", ">PHỤ LỤC<"),
          "Phụ lục", "chữ “PHỤ LỤC” in hoa", "chữ in thường: “Phụ lục”", "III.1"),
    Wrong("annex label in 13", *_style("PhuLuc", '<w:sz w:val="28"/>', '<w:sz w:val="26"/>'),
          "Phụ lục", "cỡ chữ 13", "cỡ chữ 14", "III.1", part=STYLES),
    Wrong("annex title not bold", *_style("PhuLucTen", *_UNBOLD),
          "Tên phụ lục", "chữ không đậm", "chữ đậm", "III.1", part=STYLES),
    Wrong("annex reference upright", *_style("PhuLucDan", *_UPRIGHT),
          "Dòng dẫn chiếu của phụ lục", "chữ đứng", "chữ nghiêng", "III.1", part=STYLES),
    Wrong("annex reference gone", *_text("(Kèm theo ", "(Theo "),
          "Phụ lục", "không có dòng dẫn chiếu văn bản",
          "“(Kèm theo … số … ngày … của …)” dưới tên phụ lục", "III.1"),
    Wrong("annexes in Arabic numbers", *_text(">Phụ lục II<", ">Phụ lục 2<"),
          "Phụ lục", "đánh số “2”", "từ hai phụ lục trở lên đánh số La Mã: “Phụ lục II”", "III.1",
          kind="report"),
    Wrong("table in 9", *_style("BangNoiDung", '<w:sz w:val="26"/>', '<w:sz w:val="18"/>'),
          "Bảng trong phụ lục", "cỡ chữ 9", "cỡ chữ 11–14", "III.1", part=STYLES,
          severity="warning"),
]  # fmt: skip
