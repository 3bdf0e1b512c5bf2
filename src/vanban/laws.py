"""Names of laws: where a law cited by name begins and ends.

"Luật" opens a name ("Luật Đầu tư công") but also stands alone ("thi hành Luật", "luật sư").
A name that the table knows ends where the table says; an unknown name ends at the first word
that cannot belong to one. Names only, as published in the Official Gazette (Công báo);
spelling is compared without case and tone placement.
"""

from __future__ import annotations

import re

from vanban.text import fold_tone_placement, vi_regex

#: Subjects of laws and codes in force or in use in the last twenty years.
SUBJECTS = (
    "an ninh mạng", "an ninh quốc gia", "an toàn thông tin mạng", "an toàn thực phẩm",
    "an toàn, vệ sinh lao động", "an sinh xã hội", "ban hành văn bản quy phạm pháp luật",
    "bảo hiểm xã hội", "bảo hiểm y tế", "bảo hiểm tiền gửi", "bảo vệ bí mật nhà nước",
    "bảo vệ dữ liệu cá nhân", "bảo vệ môi trường", "bảo vệ quyền lợi người tiêu dùng",
    "bảo vệ và kiểm dịch thực vật", "bảo vệ, chăm sóc và giáo dục trẻ em", "bình đẳng giới",
    "bầu cử đại biểu quốc hội và đại biểu hội đồng nhân dân", "biên phòng việt nam",
    "biên giới quốc gia", "biển việt nam", "các tổ chức tín dụng", "cán bộ, công chức",
    "cảnh sát biển việt nam", "cảnh sát cơ động", "cạnh tranh", "căn cước công dân", "căn cước",
    "chăn nuôi", "chất lượng sản phẩm, hàng hóa", "chính quyền địa phương",
    "chuyển giao công nghệ", "chuyển đổi số", "chứng khoán", "công an nhân dân", "công chứng",
    "công đoàn", "công nghệ cao", "công nghệ thông tin", "công nghiệp công nghệ số",
    "công nghiệp quốc phòng, an ninh và động viên công nghiệp", "công tác văn thư, lưu trữ",
    "cơ quan đại diện nước cộng hòa xã hội chủ nghĩa việt nam ở nước ngoài", "cư trú",
    "dân quân tự vệ", "dân số", "di sản văn hóa", "dầu khí", "doanh nghiệp", "du lịch", "dược",
    "dữ liệu", "đa dạng sinh học", "đất đai", "đấu giá tài sản", "đấu thầu", "đầu tư công",
    "đầu tư theo phương thức đối tác công tư", "đầu tư", "đê điều", "điện ảnh", "điện lực",
    "địa chất và khoáng sản", "đo đạc và bản đồ", "đo lường", "đường bộ", "đường sắt",
    "đặc xá", "giá", "giám định tư pháp", "giao dịch điện tử", "giao thông đường bộ",
    "giao thông đường thủy nội địa", "giáo dục đại học", "giáo dục nghề nghiệp",
    "giáo dục quốc phòng và an ninh", "giáo dục", "giao thông đường bộ",
    "hàng không dân dụng việt nam", "hải quan", "hiến máu", "hiến, lấy, ghép mô, bộ phận cơ thể "
                                                            "người và hiến, lấy xác",
    "hoạt động giám sát của quốc hội và hội đồng nhân dân", "hòa giải ở cơ sở",
    "hòa giải, đối thoại tại tòa án", "hôn nhân và gia đình", "hợp tác xã", "hộ tịch",
    "hóa chất", "hỗ trợ doanh nghiệp nhỏ và vừa", "kế toán", "khám bệnh, chữa bệnh",
    "khí tượng thủy văn", "khiếu nại", "khoa học và công nghệ",
    "khoa học, công nghệ và đổi mới sáng tạo", "khoáng sản", "kiểm toán nhà nước",
    "kiểm toán độc lập", "kiến trúc", "kinh doanh bảo hiểm", "kinh doanh bất động sản",
    "lâm nghiệp", "lực lượng dự bị động viên", "lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở",
    "lưu trữ", "lý lịch tư pháp", "mặt trận tổ quốc việt nam", "nghĩa vụ quân sự",
    "nghệ thuật", "ngân hàng nhà nước việt nam", "ngân sách nhà nước", "người cao tuổi",
    "người khuyết tật", "người lao động việt nam đi làm việc ở nước ngoài theo hợp đồng",
    "nhà giáo", "nhà ở", "nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại việt nam",
    "nuôi con nuôi", "năng lượng nguyên tử", "phòng bệnh", "phòng cháy và chữa cháy",
    "phòng cháy, chữa cháy và cứu nạn, cứu hộ", "phòng không nhân dân",
    "phòng thủ dân sự", "phòng, chống bạo lực gia đình", "phòng, chống bệnh truyền nhiễm",
    "phòng, chống ma túy", "phòng, chống mua bán người", "phòng, chống rửa tiền",
    "phòng, chống tác hại của rượu, bia", "phòng, chống tác hại của thuốc lá",
    "phòng, chống tham nhũng", "phòng, chống thiên tai", "phòng, chống khủng bố",
    "phòng, chống nhiễm vi rút gây ra hội chứng suy giảm miễn dịch mắc phải ở người",
    "phổ biến, giáo dục pháp luật", "phá sản", "phí và lệ phí", "phục hồi, phá sản", "quảng cáo",
    "quản lý nợ công", "quản lý ngoại thương", "quản lý thuế",
    "quản lý, sử dụng tài sản công", "quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ",
    "quản lý và đầu tư vốn nhà nước tại doanh nghiệp", "quốc phòng", "quốc tịch việt nam",
    "quy hoạch đô thị và nông thôn", "quy hoạch đô thị", "quy hoạch", "sở hữu trí tuệ",
    "sử dụng năng lượng tiết kiệm và hiệu quả", "tài nguyên nước",
    "tài nguyên, môi trường biển và hải đảo", "tần số vô tuyến điện", "thanh niên", "thanh tra",
    "thể dục, thể thao", "thi đua, khen thưởng", "thi hành án dân sự", "thi hành án hình sự",
    "thi hành tạm giữ, tạm giam", "thống kê", "thú y", "thủ đô", "thủy lợi", "thủy sản",
    "thuế thu nhập cá nhân", "thuế thu nhập doanh nghiệp", "thuế giá trị gia tăng",
    "thuế tiêu thụ đặc biệt", "thuế bảo vệ môi trường", "thuế sử dụng đất phi nông nghiệp",
    "thuế xuất khẩu, thuế nhập khẩu", "thương mại", "thực hành tiết kiệm, chống lãng phí",
    "thực hiện dân chủ ở cơ sở", "tiếp cận thông tin", "tiếp công dân",
    "tiêu chuẩn và quy chuẩn kỹ thuật", "tín ngưỡng, tôn giáo", "tình trạng khẩn cấp",
    "tố cáo", "tố tụng hành chính", "tổ chức chính phủ", "tổ chức chính quyền địa phương",
    "tổ chức chính quyền đô thị", "tổ chức quốc hội", "tổ chức tòa án nhân dân",
    "tổ chức viện kiểm sát nhân dân", "trách nhiệm bồi thường của nhà nước", "trẻ em",
    "trật tự, an toàn giao thông đường bộ", "trồng trọt", "trợ giúp pháp lý", "trưng cầu ý dân",
    "trưng mua, trưng dụng tài sản", "viên chức", "việc làm", "viễn thông", "xây dựng",
    "xuất bản", "xuất cảnh, nhập cảnh của công dân việt nam", "xử lý vi phạm hành chính",
    "bưu chính", "báo chí", "thư viện", "luật sư", "trọng tài thương mại", "dân sự", "hình sự",
    "lao động", "hàng hải việt nam", "tố tụng dân sự", "tố tụng hình sự",
    "ưu đãi người có công với cách mạng",
)  # fmt: skip

_KNOWN = sorted({fold_tone_placement(name) for name in SUBJECTS}, key=len, reverse=True)
_KNOWN_BY_WORD: dict[str, list[str]] = {}
for _name in _KNOWN:
    _KNOWN_BY_WORD.setdefault(_name.split()[0].rstrip(","), []).append(_name)

# Luật sửa đổi, bổ sung một số điều của (các) Luật …
AMENDING = re.compile(
    r"(?:sửa đổi(?:,\s*bổ sung)?(?:\s+một số điều)?(?:\s+của)?(?:\s+các)?\s+)(?=(?:Bộ\s+)?[Ll]uật"
    r"|Pháp lệnh)",
    re.IGNORECASE,
)
# what ends an unknown name
_STOP = vi_regex(
    r"\s*(?:[.;:()“”\"\[\]!?]|,\s*(?![a-zà-ỹđ])|\b(?:số|ngày|năm\s+\d{4}|được|đã|có|này|nêu"
    r"|và\s+(?:các|văn|pháp|Luật|Bộ|Nghị|Thông|Quyết|Chỉ|Kế|hướng|tổ)"
    r"|trên\s+địa|theo|tại|của|cho|đến|trong|để|nhằm|từ|về\s+việc|do|đối|bảo\s+đảm|đảm\s+bảo|gắn"
    r"|là|phải|ban\s+hành|quy\s+định|hiện\s+hành|"
    r"thuộc|với|nếu|khi|sau|trước|bằng|như|vào|thì|sẽ|không|còn|hoặc)\b)"
)


def end_of_name(text: str, start: int) -> int:
    """The offset at which the name that begins at ``start`` (after "Luật ") ends."""
    low = fold_tone_placement(text[start : start + 160]).lower()
    first = re.match(r"[^\s,.;:()]+", low)
    if first:
        for name in _KNOWN_BY_WORD.get(first.group(), ()):
            if low.startswith(name) and not low[len(name) : len(name) + 1].isalpha():
                return start + len(name)
    stop = _STOP.search(text, start, start + 160)
    return stop.start() if stop else min(len(text), start + 60)


def is_known(name: str) -> bool:
    """Is this (after "Luật ") the subject of a law in the table?"""
    low = fold_tone_placement(name).lower().strip()
    return low in _KNOWN_BY_WORD.get(low.split()[0].rstrip(",") if low else "", ())
