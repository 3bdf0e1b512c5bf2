"""Who: the names of units and posts inside sentences, and where their predicate begins.

Vietnamese marks neither subject nor verb. What helps is that bodies begin with a small set of
head words ("Sở", "Phòng", "UBND", "Thủ trưởng"), that verbs of duty are few and in lower case
while the verbs inside names are capitalised ("Ban Chỉ đạo"), and that the list of addressees
ends where the first such verb stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from vanban.names import known_names
from vanban.text import Anycase, fold_tone_placement, grouped, vi_regex

_CAPITAL_HEADS = (
    r"Ủy ban|Uỷ ban|UBND|UBMTTQ|UB MTTQ|HĐND|Hội đồng|MTTQ|Mặt trận|Sở|Phòng(?!,|\s+(?:ngừa|chống"
    r"|bệnh))|Ban(?!\s+(?:hành|đầu|đêm|ngày))"
    r"|Bộ(?!\s+(?:nhận|chỉ|tiêu|luật|máy|mặt|công cụ|câu|hồ|sản|tài|quy|thủ|dữ|môn))|Công an"
    r"|Thanh tra|Văn phòng|VP|Trung tâm"
    r"|Hội(?!\s+(?:nghị|thảo|thi|nhập|trường|họp|chợ|diễn|viên))|Đoàn(?!\s+(?:kết|viên))|Tỉnh đoàn"
    r"|Thành đoàn|Liên đoàn|Liên minh|Liên hiệp|Hiệp hội|Báo(?!\s+cáo)|Đài(?!\s+thọ)|Cổng|Cục"
    r"|Chi cục|Tổng cục|Chi nhánh|Kho bạc"
    r"|Ngân hàng|Tòa án|Toà án|Viện|Trường(?!\s+hợp)|Bảo hiểm(?!\s+(?:y tế cho|thất))"
    r"|Thuế(?!\s+(?:suất|thu nhập|giá))|Hải quan|Kiểm toán|Quân khu|Bộ đội|Cảnh sát|Quân đội"
    r"|Thủ trưởng"
    r"|Giám đốc|Phó Giám đốc|Chủ tịch|Phó Chủ tịch|Phó chủ tịch|Trưởng|Phó Trưởng|Bí thư|Chánh"
    r"|Hiệu trưởng|Đồng chí|đồng chí|Đ/c"
    r"|Tổ(?!\s+chức)|Người đứng đầu|Lãnh đạo|Thành viên|Thường trực|Thường vụ|Tỉnh ủy|Tỉnh uỷ"
    r"|Thành ủy|Thành uỷ|Đảng ủy|Đảng uỷ|Huyện ủy|Chi bộ|Cấp ủy"
    r"|Cơ quan|Đơn vị|Địa phương|Doanh nghiệp|Công ty|Tập đoàn|Tổng [Cc]ông ty|Điện lực|Bưu điện"
    r"|Viễn thông|Bệnh viện|Trạm"
    r"|Thông tấn xã|Học viện|Đại học|Quỹ|Chuyên viên|Cựu chiến binh|Trưởng thôn|Khu phố|Hạt"
    r"|Đội(?!\s+ngũ)|Câu lạc bộ|Người phát ngôn"
    r"|Cán bộ(?=\s+(?:phụ|chuyên|đầu|theo|làm|tham|văn|tư|địa))|Nhân viên|Ủy viên|Uỷ viên|Kế toán"
    r"|Văn thư|Công chức|Viên chức|Bộ trưởng|Thứ trưởng|Thống đốc|Tổng Giám đốc|Thủ tướng"
    r"|Hợp tác xã|Ngành|Đảng bộ"
    r"|Từng địa phương|Lực lượng(?!\s+(?:lao động|sản xuất))|Cán bộ(?=,| và)|Ông(?=\s+[A-ZĐ])"
    r"|Bà(?=\s+[A-ZĐ])(?!\s+Rịa)"
)
_LOWER_HEADS = (
    r"sở|ban|ngành|cơ quan|đơn vị|tỉnh uỷ|địa phương|bộ|tổ chức|đoàn thể|phòng|xã|phường|huyện"
    r"|thành phố|thành viên|hội|trường|doanh nghiệp"
    r"|công ty|cấp ủy|cấp uỷ|cấp|tỉnh|cụm|khối|cán bộ|ủy ban|trung tâm|chi bộ|chi hội|cục|đài|báo"
    r"|viện|tập đoàn|quận|khu phố|ấp|thôn"
    r"|chủ đầu tư|nhà trường|hợp tác xã|nhà thầu|cá nhân|tập thể|lực lượng|cơ sở|ủy viên|phó|ban"
    r"|trạm|tổ|đảng ủy|tỉnh ủy|chủ|trưởng (?:thôn|ấp|khu|bản|buôn|làng|ban|phòng|đoàn)"
    r"|hộ|thủ trưởng|hiệu trưởng|giám đốc|bí thư|chuyên viên|công chức|đ/c|già làng|hòa giải viên"
    r"|đồng chí|ông(?=[ ,(])"
)
_MANY = (
    r"(?:(?:(?:[Tt]ất cả|[Tt]oàn thể)\s+)?(?:[Cc]ác|[Nn]hững|[Mm]ỗi|[Tt]ừng|[Hh]ai)|[Tt]oàn thể)\s+"
)
#: The first words of a list of units.
_HEADS = grouped(f"{_CAPITAL_HEADS}|{_LOWER_HEADS}")
HEAD = re.compile(rf"(?:{_MANY})(?:{_HEADS})\b|(?:{grouped(_CAPITAL_HEADS)})(?![\w])")

# "tổ chức" is a noun before these, a verb before all else
_BODIES = (
    r"(?:chính|xã|kinh|đảng|đoàn(?! (?:kiểm|giám|công tác|đi|khảo))|tôn|thành(?= viên)|tín|phụ"
    r"|có(?! hiệu)|cá|khác|quần|phi|bộ|cán|cơ|hành|sự(?! kiện)|nghề"
    r"|hội(?! (?:nghị|thảo|thi|diễn|họp|trại|chợ|đàm))|trong(?! (?:tháng|quý|năm|thời))"
    r"|trực(?= thuộc)|thuộc|và|nước|quốc|đó|của|liên(?! hoan)|này|công đoàn|hợp)"
)
#: Verbs and adverbs with which a predicate of duty begins.
_VERBS = (
    r"chủ trì|phối hợp|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|có kế hoạch|có giải pháp"
    r"|có biện pháp|có các giải pháp|có phương án|có văn bản"
    r"|tham mưu|giúp|căn cứ|trên cơ sở|theo dõi|theo chức năng|theo nhiệm vụ|theo thẩm quyền"
    r"|theo lĩnh vực|theo phạm vi|trong phạm vi|tăng cường|tiếp tục"
    r"|chủ động|thường xuyên|kịp thời|khẩn trương|tích cực|nghiêm túc|trực tiếp|tập trung|đẩy mạnh"
    r"|đẩy nhanh|nâng cao|triển khai|thực hiện"
    r"|xây dựng|ban hành|hướng dẫn|chỉ đạo|lãnh đạo(?=,| chỉ| thực| các| công)|kiểm tra|giám sát"
    r"|đôn đốc|tổng hợp|báo cáo(?! viên)|rà soát|đánh giá|tuyên truyền"
    rf"|phổ biến|quán triệt|bố trí|cân đối|thẩm định|quản lý(?= chặt| tốt|,| nhà nước v)"
    rf"|tổ chức(?!\s+{_BODIES}\b)(?=\s+\w)|cung cấp|gửi|lập(?= (?:kế|dự|danh|hồ|biên|báo|sổ))"
    r"|phân công|phân bổ|đăng tải|đăng ký|đưa tin|vận động|bảo đảm|đảm bảo|hỗ trợ|tạo điều kiện"
    r"|tạo thuận lợi|nghiên cứu|đề xuất|kiến nghị"
    r"|phát huy|phát hiện|phát động|phát triển|huy động|xem xét|lồng ghép|quan tâm|phản ánh|phải"
    r"|cần|thống nhất|hoàn thành|hoàn thiện|xử lý|giải quyết"
    r"|cử(?= (?:cán|công|người|đại|thành))|đề cao|đổi mới|cụ thể hóa|cụ thể hoá|duy trì|khảo sát"
    r"|thống kê|thu thập|lựa chọn|tiến hành|là (?:cơ quan|đơn vị|đầu mối)"
    r"|định hướng|định kỳ|hằng năm|hàng năm|hằng tháng|hàng tháng|hằng quý|hàng quý|tham gia"
    r"|thông báo|thông tin|công bố|công khai|niêm yết|tiếp nhận|tiếp thu"
    r"|tư vấn|mở|sử dụng|chuẩn bị|thành lập|kiện toàn|chấp hành|thể chế|gắn|coi|xác định|khai thác"
    r"|ứng dụng|trình(?= (?:cấp|UBND|Ủy|HĐND|Hội|Chủ|Thủ|Chính|cơ))"
    r"|quyết định|chia sẻ|cập nhật|nắm(?= (?:bắt|chắc|tình|tâm))|theo quy định|làm tốt|ưu tiên"
    r"|khuyến khích|thanh tra(?=,| việc| công)|cấp(?= (?:phát|kinh))|sẵn sàng|khắc phục"
    r"|tự(?! vệ)(?<!trật tự)(?<!thứ tự)(?<!trình tự)(?<!tuần tự)(?<!tương tự)"
    r"|tập huấn|bồi dưỡng|đào tạo|hòa giải|hoà giải|chăm sóc|vận hành|chuẩn hóa|cắt giảm|phê duyệt"
    r"|giải ngân|đầu tư|thẩm tra|kiểm soát|chấm điểm|đăng(?= (?:tin|bài|tải|phát))|làm việc"
    r"|trao đổi|bàn giao|trân trọng|rất mong|mong(?= (?:nhận|được|các|quý))|đồng hành"
    r"|hợp tác|kết nối|chuyển đổi|nêu cao|nâng cấp|hoạch định|thúc đẩy|chú trọng|cùng(?= với)"
    r"|thiết lập|đấu tranh|ngăn chặn|điều phối|điều tra|truyền thông|đẩy lùi"
    r"|chuyển(?= (?:ngay|đơn|hồ))|chịu|giao|yêu cầu|đề nghị|nếu có|khi có|tùy theo|đúng"
    r"|nhanh chóng|cho vay|sơ kết|tổng kết|bám sát|trú trọng|tranh thủ|giới thiệu"
    r"|biên soạn|phát hành|phát sóng|cấp phát|ký kết|thu hút|xúc tiến|mua sắm|lắp đặt"
    r"|sửa chữa|hạn chế|xác minh|thẩm định|thăm hỏi|tặng quà|trao tặng|biểu dương|tôn vinh"
    r"|khen thưởng|bình xét|xét chọn|chấn chỉnh|tháo gỡ|cảnh báo|thu gom|chăm lo|ứng phó"
    r"|phòng ngừa|tuần tra|truy quét|tích hợp|số hóa|số hoá|đối soát|chuyển giao|sàng lọc"
    r"|lấy ý kiến|góp ý|phản biện|thu hồi|bồi thường|cưỡng chế|di dời|sơ tán|quyết toán"
    r"|thanh toán|lưu trữ|vận dụng|tận dụng|lan tỏa|nhân rộng|tổng rà soát|tổ chức(?= tốt)"
    r"|đối thoại|vệ sinh|nhắc nhở|quy định(?= (?:về|cụ|chi))|đón tiếp|hoàn trả|khởi công"
    r"|nghiệm thu|bảo trì|bảo dưỡng|luân phiên|kê khai|nộp(?= (?:báo|hồ|về))|phúc tra|tái kiểm tra"
)
#: Verbs that stand inside names and attributes about as often ("lực lượng bảo vệ", "lĩnh vực bảo
#: vệ môi trường"): the predicate only where nothing speaks against it.
_WEAK_VERBS = (
    "trả lời", "giải trình", "đối chiếu", "thi hành", "xét duyệt", "phân loại", "phân tích",
    "phân giao", "phân khai", "bổ sung", "sửa đổi", "đính chính", "lắng nghe", "tiếp xúc",
    "tiếp dân", "tiếp công dân", "triệu tập", "tham dự", "xét tặng", "phê bình", "kiểm điểm",
    "xử phạt", "bảo vệ", "bảo tồn", "bảo quản", "quản lý", "sắp xếp", "điều động", "luân chuyển",
    "tuyển dụng", "bổ nhiệm", "xếp loại", "chi trả", "trang trí", "in ấn", "nạo vét", "khơi thông",
    "tiêm phòng", "hưởng ứng", "ủng hộ", "quyên góp", "thu nhận", "kêu gọi", "học tập", "tìm hiểu",
    "thảo luận", "liên kết", "liên hệ", "làm rõ", "làm đầu mối", "giữ vững", "giữ gìn", "củng cố",
    "cải tiến", "cải thiện", "rút ngắn", "rút kinh nghiệm", "giảm thiểu", "khai báo",
    "cam kết", "tuân thủ", "thực thi", "thay mặt", "thụ lý", "xác nhận",
    "chứng thực", "tu sửa", "giải phóng mặt bằng", "động viên", "trấn áp", "uốn nắn",
    "điều hành", "giáo dục", "tạo lập", "hình thành", "đồng bộ", "kiểm kê", "kiểm đếm",
    "trợ giúp", "đảm nhận", "đảm nhiệm", "cho phép", "công nhận", "ghi nhận",
    "ghi chép", "lưu giữ", "giao ban", "diễn tập", "huấn luyện", "đáp ứng", "phục vụ", "cung ứng",
    "kết hợp", "nêu gương", "gương mẫu", "tiên phong", "xung kích", "hoàn chỉnh", "chỉnh sửa",
    "chỉnh trang", "dự thảo", "soạn thảo", "biên tập", "xã hội hóa", "xã hội hoá",
    "đa dạng hóa", "đa dạng hoá", "dựa trên", "phân cấp", "ủy quyền", "ủy thác", "bám nắm",
    "đi sâu", "giải đáp", "giải thích", "truyền tải", "loại bỏ", "xóa bỏ", "đình chỉ",
    "tạm dừng", "trích lập", "khơi dậy", "tôn tạo", "tri ân", "hiệp thương", "đóng góp",
    "tham vấn", "xin ý kiến", "điều trị", "cứu trợ", "khoanh vùng", "vận chuyển", "tiêu hủy",
    "phân luồng", "điều tiết", "khuyến cáo", "sâu sát", "quyết liệt", "linh hoạt", "đồng loạt",
    "có hình thức", "có ý kiến", "có báo cáo", "lên kế hoạch", "vào cuộc", "quan trắc",
    "lấy mẫu", "khử khuẩn", "điều chỉnh", "gia hạn",
)  # fmt: skip
# with an object these are verbs as well
_WITH_OBJECTS = (
    r"ký(?= cam kết)|đưa(?= (?:nội|vào|công|các|việc|chỉ))|mời(?= (?:các|đại|lãnh|ông|đồng))"
    r"|nhập(?= dữ liệu)|nâng(?= (?:tỷ|tỉ|chất|mức|hiệu))"
    r"|họp(?= (?:dân|triển|giao|đánh|kiểm|rút|thống|xét|bình))|phun(?= (?:thuốc|hóa|khử))"
    r"|sinh hoạt(?= (?:chuyên|định))|khám(?= (?:sức|bệnh|sàng|tuyển))|thu(?= (?:nộp|phí|quỹ))"
    r"|treo(?= (?:cờ|băng|pa|khẩu))|không(?= (?:được|để|ngừng))|trao(?= (?:tặng|giải|quà|bằng))"
)
# a heading that ran into its passage: "Bộ Tài chính Bố trí kinh phí"; these begin no name
_RUN_ON = "|".join(
    rf"{verb[0]}(?<=[a-zà-ỹ\d)] {verb[0]}){verb[1:]}"
    for verb in (
        "Chủ trì", "Bố trí", "Phối hợp với", "Tham mưu", "Tăng cường", "Tiếp tục", "Căn cứ",
        "Chủ động", "Thực hiện", "Đẩy mạnh", "Rà soát", "Tổng hợp", "Triển khai",
        "Xây dựng kế hoạch", "Có trách nhiệm",
    )
)  # fmt: skip
_EVERY_VERB = "|".join([_VERBS, *_WEAK_VERBS, _WITH_OBJECTS, _RUN_ON])
_VERB = vi_regex(rf"(?:{grouped(_EVERY_VERB, opening=True)})(?![\wà-ỹ])")
# what cannot stand inside a list of units
_BROKEN_LIST = vi_regex(r"[.“”]|;\s+(?![A-ZĐÀ-Ỹ]|các|thủ trưởng|chủ tịch|đồng thời)")
_NEW_SENTENCE = vi_regex(r"[.!?]\s+[A-ZĐÀ-Ỹ]")
_RESPONSIBLE = re.compile(r"c(?<!\wc)(?:ó|hịu) trách nhiệm\b")
_NAME_VERBS = Anycase(
    "(?:"
    + grouped(
        r"ban|ủy ban|uỷ ban|cơ quan|tổ|trung tâm|p(?<!văn p)hòng|đoàn|cục|chi cục|quỹ|cán bộ|viện"
        r"|hội đồng|đ(?<!quân đ)(?<!bộ đ)ội|trạm|đơn vị|công chức|bộ phận"
        r"|lực lượng|cơ sở(?<!ở cơ sở)|công tác|việc|được|thông tin,|chủ thể|và|người"
        r"|phụ trách|k(?<!chính - k)(?<!chính – k)ế hoạch"
        r"|nhiệm vụ|c(?<!cùng c)ấp"
        r"|năng lực|hoạt động|được phân công|được giao|chuyên gia|giáo viên|đoàn thể|dự án"
        r"|dự án đầu tư|sự|đài phát thanh và",
        opening=True,
    )
    + r")\s*$"
)
# behind these a weak verb is part of what they say
_ATTRIBUTIVE = Anycase(
    "(?:"
    + grouped(
        r"h(?<!xã h)ội|lĩnh vực|về|quy định|chức năng|để|trong|nhằm|cho|làm|đang|từ|bị|của|với"
        r"|hoặc|theo|nghề|trách nhiệm|quyền|đến|tại|các|những|tham gia|thực hiện|chuyên|dịch vụ"
        r"|hệ thống|chương trình|đề án|chính sách|giải pháp|biện pháp|công trình|khu vực|vùng"
        r"|nhu cầu|kinh doanh|sản xuất|kết quả|quản lý|tổ chức|cá nhân|trực tiếp|quy chế|thủ tục"
        r"|cơ chế|điều kiện|nguồn|bộ máy|hồ sơ|danh hiệu|khi|đã|chưa|sau",
        opening=True,
    )
    + r")\s*$"
)
_NOUN_VERBS = frozenset((
    "quản lý", "chỉ đạo", "chỉ huy", "kiểm tra", "giám sát", "tổ chức", "giúp", "hỗ trợ",
    "tham mưu", "thực hiện", "tuyên truyền", "hướng dẫn", "thẩm định", "xây dựng", "đánh giá",
    "nghiên cứu", "phối hợp", "chủ trì", "vận động", "tư vấn", "phát triển", "tiếp nhận",
    "xử lý", "giải quyết", "ban hành", "thông tin", "khuyến khích", "điều phối", "lãnh đạo",
    "thanh tra", "giao", "cung cấp", "sử dụng", "đề nghị", "yêu cầu", "truyền thông", "đào tạo",
    "đăng ký", "thống kê", "chấp hành", "điều tra", "hợp tác", "ứng dụng",
    "bảo đảm", "triển khai", "đầu mối", "biên soạn", "phát hành", "phát sóng",
    "xúc tiến", "mua sắm", "lắp đặt", "sửa chữa", "xác minh", "khen thưởng", "thu gom",
    "ứng phó", "phòng ngừa", "tuần tra", "chuyển giao", "phản biện", "bồi thường", "cưỡng chế",
    "lưu trữ", "đối thoại", "đầu tư", "vệ sinh", "bảo trì", "bảo dưỡng", "cảnh báo", "sàng lọc",
    "phòng ngừa, ứng phó", *_WEAK_VERBS,
))  # fmt: skip
_WEAK = frozenset(_WEAK_VERBS) - {"quản lý"}
_ATTRIBUTE = re.compile(r"(?:được\s+(?:phân công|giao)|nêu\s+tại|do)\s+(?:[^,;]{0,30}\s)?$")
_PASSIVE = re.compile(r"\bđược\s+$")
# "các địa phương đã triển khai …": what was done is no task; "các đơn vị đã được giao" is one
_PAST = re.compile(r"\sđã(?:\s+(?!được)|$)")
# "Ban Chỉ đạo triển khai Luật …": the verb belongs to the name
_NAMED_TASK = re.compile(r"(?:Ban [Cc]hỉ đạo|Tổ công tác|Tổ giúp việc|Ban [Ss]oạn thảo)\s+$")


@dataclass(frozen=True, slots=True)
class Subject:
    """A list of units that acts: its place, and where its predicate begins."""

    start: int
    end: int
    predicate: int
    name: str


# "các cơ quan, đơn vị thực hiện": behind a list the verb is a verb, "đơn vị thực hiện" a noun
_END_OF_LIST = re.compile(
    r"(?:,|và các|và)\s*(?:đơn vị|địa phương|tổ chức|cá nhân|đoàn thể|ban|ngành)\s*$"
)
_LISTED = re.compile(r"(?:các|,|và|quan|quan,)\s*$")
_AFTER_COMMA = re.compile(r"\w,\s*$")
_OF_A_BODY = ("triển khai", "thực hiện", "xây dựng", "rà soát")
_LISTED_VERBS = (
    "thực hiện", "triển khai", "xây dựng", "tuyên truyền", "phối hợp", "quản lý", "vận động",
    "chỉ đạo",
    "kiểm tra", "giám sát", "hướng dẫn",
)  # fmt: skip
_SENTENCE_STOP = re.compile(r"[.!?:“”](?:(?<=[:“”])|\s)")
_LIST_NOUN = re.compile(
    r"(?:[Cc]ác|[Hh]ai)\s+(?:(?:[Bb]ộ|[Ss]ở|[Tt]ập đoàn|[Nn]gành|[Đđ]ịa phương"
    r"|[Tt]ỉnh|thành phố|[Bb]an|[Cc]ơ quan|[Đđ]ơn vị|[Hh]ội|[Xx]ã|[Pp]hường"
    r"|[Cc]ục|[Vv]ụ)[,\s]*(?:và\s+)?)+$"
)


def _in_list(text: str, colon: int) -> bool:
    """Does the colon introduce names ("Các Bộ: Quốc phòng, …") and not a task?"""
    return bool(_LIST_NOUN.search(text, max(0, colon - 24), colon)) and not begins_with_verb(
        text[colon + 1 : colon + 40].lstrip()
    )


@lru_cache(maxsize=128)
def _verbs(text: str) -> tuple[list[int], list[int]]:
    """Where the verbs of duty of a text begin and end, those inside names included unless the
    name is a known one."""
    places = [match.span() for match in _VERB.finditer(text)]
    if places and (names := known_names(text)):
        places = [
            (start, end)
            for start, end in places
            if not any(first <= start < last for first, last in names)
        ]
    return [start for start, _ in places], [end for _, end in places]


def predicate_after(text: str, start: int, limit: int = 420) -> int | None:
    """The offset of the first verb of duty after ``start`` that is no part of a name."""
    stop = min(len(text), start + limit)
    for sentence in _SENTENCE_STOP.finditer(text, start, stop):
        # "Các Bộ: Quốc phòng, Công an …": the colon belongs to the list
        if sentence.group() == ":" and _in_list(text, sentence.start()):
            continue
        stop = sentence.start() + 1
        break
    starts, ends = _verbs(text)
    for index in range(bisect_left(starts, start), len(starts)):
        if ends[index] > stop:
            return None
        if _acts(text, starts[index], ends[index]):
            return starts[index]
    return None


def _acts(text: str, start: int, end: int) -> bool:
    """Is a verb of duty the predicate of the sentence, and no part of a name?"""
    word, first = text[start:end], max(0, start - 34)
    before = text[first:start]
    if word == "giao" and before.endswith("Ngoại "):
        return False
    if (
        word in _NOUN_VERBS
        and _NAME_VERBS.search(text, first, start)
        and not (word in _LISTED_VERBS and _END_OF_LIST.search(before))
    ):
        return False
    if word in _WEAK and _ATTRIBUTIVE.search(text, first, start):
        return False
    if word == "tổ chức" and _LISTED.search(before) and not _AFTER_COMMA.search(before):
        return False
    if word.endswith("trách nhiệm"):
        return True
    passive = "được" in before
    if passive and _PASSIVE.search(before):
        return False
    if (passive or "nêu" in before or "do" in before) and _ATTRIBUTE.search(before):
        return False
    if word in _OF_A_BODY and _NAMED_TASK.search(before):
        return False
    return not (word in ("theo quy định", "đúng") and not before.rstrip().endswith(","))


# behind "đề nghị" a post may stand in small letters: "đề nghị thủ trưởng các đơn vị"
_POST = re.compile(
    r"(?:người đứng đầu|thủ trưởng|chủ tịch|phó chủ tịch|giám đốc|lãnh đạo|cấp ủy|bí thư)\b"
)


_CHARGED = re.compile(r"được\s+(?:phân\s+công|giao)|liên\s+quan")
_STOP = re.compile(r"[.;:]")
_COMMANDS = re.compile(
    r"(?:yêu cầu|giao|đề nghị|trân trọng|rất mong|mong|thông báo (?:đến|để|tới))\b"
)
_ADVERBIAL_PART = re.compile(r",\s+(?:trên cơ sở|căn cứ|theo|trong|với|hằng|hàng|khi|nếu)\s")
_ADVERBIAL = re.compile(
    r"\s(?:trong (?:phạm vi|quá trình|thời gian)|theo (?:chức|nhiệm|thẩm|đúng|sự)|căn cứ|để"
    r"|nhằm|ngoài|vào|sớm|đã|sẽ|h[ằà]ng (?:năm|tháng|quý|tuần)|nhanh|trước ngày)(?:\s|$)"
)


def _begins_weakly(text: str, place: int) -> bool:
    """Is the verb at a place a weak one?"""
    verb = _VERB.match(text, place)
    return verb is not None and verb.group() in _WEAK


def subject_at(text: str, start: int = 0, *, asked: bool = False) -> Subject | None:
    """The list of units that begins exactly at ``start`` and has a predicate.

    >>> subject_at("Sở Tài chính chủ trì, phối hợp").name
    'Sở Tài chính'
    """
    head = HEAD.match(text, start) or (_POST.match(text, start) if asked else None)
    if not head:
        return None
    predicate = predicate_after(text, head.end())
    if predicate is None:
        return None
    # "các cơ quan được phân công chủ trì … có trách nhiệm lập": the later verb is the real one
    responsible = _RESPONSIBLE.search(text, head.end(), min(len(text), start + 420))
    if (
        responsible
        and responsible.start() > predicate
        and (_CHARGED.search(text, start, predicate + 1) or _begins_weakly(text, predicate))
        and not _STOP.search(text, predicate, responsible.start())
    ):
        predicate = responsible.start()
    if (
        _BROKEN_LIST.search(text, head.end(), predicate)
        or _COMMANDS.match(text, predicate)
        or _NOT_UNIT.match(text, start)
    ):
        return None  # whoever commands owes nothing by that sentence
    end = predicate
    while end > start and text[end - 1] in " ,;":
        end -= 1
    # an adverbial between subject and verb belongs to the predicate
    if cut := _ADVERBIAL_PART.search(text, start, end):
        return Subject(start, cut.start(), cut.start() + 2, text[start : cut.start()])
    if _PAST.search(text, start, end):
        return None
    if cut := _ADVERBIAL.search(text, start, end):
        return Subject(start, cut.start(), cut.start() + 1, text[start : cut.start()])
    return Subject(start, end, predicate, text[start:end])


#: Words that open an adverbial: "Kết thúc đợt kiểm tra, Phòng Nội vụ …", "Với vai trò …, Sở …".
_INTRO = re.compile(
    r"(?:Căn cứ|Trên cơ sở|Theo|Trong|Để|Nhằm|Hằng|Hàng|Định kỳ|Ngoài|Khi|Trường hợp|Đối với|Từ"
    r"|Sau|Trước|Qua|Tại|Bên cạnh|Nếu|Đồng thời|Kết thúc|Với|Thông qua|Riêng|Hết|Cùng với|Ngay"
    r"|Đến|Song song|Nhân dịp|Mỗi (?:năm|quý|tháng|tuần)|Vào|Cuối|Đầu|Kể từ|Chậm nhất|Quá trình"
    r"|Thường xuyên)\b"
)
_ASK = re.compile(
    r"[GgYyĐđPpỦủ](?<!\S.)(?:(?<=[Gg])iao(?: cho)?|(?<=[Yy])êu cầu|(?<=[Đđ])ề nghị"
    r"|(?<=[Pp])hân công|(?<=[Ủủ])y quyền(?: cho)?)\s*:?\s+"
    rf"(?=(?:{_MANY})?(?:{grouped(f'{_CAPITAL_HEADS}|{_LOWER_HEADS}')}|{_POST.pattern})\b)"
)


def asked(text: str) -> Iterator[tuple[int, Subject]]:
    """Units addressed by "giao …", "yêu cầu …", "đề nghị …", with the offset of that word."""
    for match in _ASK.finditer(text):
        subject = subject_at(text, match.end(), asked=True)
        if subject and len(subject.name) < 400:
            yield match.start(), subject


def before_colon(text: str) -> Subject | None:
    """ "Sở Nội vụ: Tham mưu UBND tỉnh …", "Đề nghị Ban Dân vận: Ban hành …"."""
    colon = text.find(": ", 3, 330)
    while colon > 0 and _in_list(text, colon):
        colon = text.find(": ", colon + 2, 330)
    if colon < 0 or not text[colon + 2 : colon + 3].isupper():
        return None
    place = unit_heading(text[:colon])
    if place is None:
        return None
    return Subject(place[0], place[1], colon + 2, text[place[0] : place[1]])


def leading(text: str) -> Subject | None:
    """The subject of a passage: at its start, or behind an opening adverbial.

    >>> leading("Căn cứ Kế hoạch này, các sở, ngành có trách nhiệm xây dựng").name
    'các sở, ngành'
    """
    subject = before_colon(text) or subject_at(text)
    if subject:
        return subject
    if not _INTRO.match(text):
        return None
    for cut in re.finditer(r",\s+|(?<=vướng mắc)\s+|(?<=phát sinh)\s+", text[:600]):
        head = HEAD.match(text, cut.end())
        if not head:
            continue
        subject = subject_at(text, cut.end())
        if subject:
            return subject
        predicate = predicate_after(text, head.end())
        if predicate is not None and _COMMANDS.match(text, predicate):
            return None  # "Để khắc phục, Tỉnh ủy yêu cầu các cấp ủy, …": others are asked
    return None


# "Văn phòng HĐND và UBND", "Văn phòng HĐND, UBND": one office of two bodies
_NOT_TWO_BODIES = r"(?<!Văn phòng HĐND)(?<!Văn phòng Hội đồng nhân dân)"
_EACH_NAME = re.compile(
    rf"\s*;\s*|{_NOT_TWO_BODIES}\s*,\s+(?:và\s+)?(?=(?:{grouped(_CAPITAL_HEADS)})\b)(?!Đào|Môi)"
    rf"|\s*,\s+(?=(?:các|thủ trưởng|chủ tịch)\s)"
    rf"|\s+(?:chỉ đạo|giao)\s+(?=(?:các\s|{_CAPITAL_HEADS}\b))"
    rf"|(?<!HĐND)(?<!Hội đồng nhân dân)\s+và\s+(?=(?:[Cc]ác\s|UBND|Ủy ban|Uỷ ban|Sở|Phòng|Công an"
    rf"|Hội|Đài|Báo\s|Văn phòng|Ban\s|Thanh tra|Trung tâm|Chi cục|Mặt trận|Liên đoàn|Hạt\s"
    rf"|Kho bạc|Chủ tịch|Thủ trưởng|Giám đốc|Đảng ủy|Bộ Chỉ huy|Thường trực)\b)"
)
# "Văn phòng HĐND thành phố và UBND thành phố"
_OFFICE_OF_ONE = re.compile(
    r"[\s,;]*Văn phòng (?:HĐND|Hội đồng nhân dân)(?:\s+(?:tỉnh|thành phố|huyện|thị xã|quận|xã"
    r"|phường))?"
)
_TRAIL = re.compile(r"\s*(?:\([^)]*\)\s*)?[.;:,]*\s*$")


@lru_cache(maxsize=512)
def split_units(text: str) -> tuple[tuple[int, int], ...]:
    """Places of the single units of a list; commas inside names do not split.

    >>> [t[a:b] for t in ["Sở Tư pháp, Sở Văn hóa, Thể thao và Du lịch; UBND các xã, phường"]
    ...  for a, b in split_units(t)]
    ['Sở Tư pháp', 'Sở Văn hóa, Thể thao và Du lịch', 'UBND các xã, phường']
    """
    places, start = [], 0
    for match in [*_EACH_NAME.finditer(text), None]:
        stop = match.start() if match else len(text)
        if match and _OFFICE_OF_ONE.fullmatch(text, start, stop) and "và" in match.group():
            continue
        trimmed = text[start:stop]
        lead = len(trimmed) - len(trimmed.lstrip(" ,;"))
        end = start + len(_TRAIL.sub("", trimmed)) if "(" not in trimmed[-2:] else stop
        if end > start + lead:
            places.append((start + lead, end))
        start = match.end() if match else stop
    return tuple(places)


_HEADING_PREFIX = re.compile(
    r"(?:Đề nghị|Giao(?: cho)?|Đối với|Trách nhiệm của|Nhiệm vụ của|Phân công"
    r"|Yêu cầu)\s*:?\s+",
    re.IGNORECASE,
)
_NOT_UNIT = Anycase(
    r"(?:Hội nghị|Báo cáo|Ban hành|Bộ chỉ số|Bộ tiêu chí|Hội thảo|Hội thi|Phòng,? chống"
    r"|Phòng,? ngừa|Cơ quan thực hiện|Bảo hiểm xã hội tự|Đài thọ|Tổ chức|Đơn vị tính|Trường hợp"
    r"|Phòng bệnh"
    r"|Các (?:nội dung|nhiệm vụ|giải pháp|mục tiêu|hoạt động|chỉ tiêu|hình thức|trường hợp|bước"
    r"|tiêu chí|văn bản|biện pháp|chính sách|điều kiện|loại|bệnh|khu vực)"
    r"|Tổ chức thực hiện|Cơ quan, đơn vị (?:chủ|phối|thực)|Đơn vị (?:chủ|phối|thực)|Cơ quan (?:chủ"
    r"|phối|thực)|Đảng viên|Lãnh đạo, chỉ đạo|Thuế suất|Thuế thu|Trường hợp|Những trường hợp"
    r"|Các trường hợp|Cơ quan, tổ chức, cá nhân (?:có|vi))\b"
)


def unit_heading(text: str) -> tuple[int, int] | None:
    """Where the units of a heading stand when the heading is nothing but units.

    "Đề nghị: Hiệp hội Doanh nghiệp tỉnh, Hội Nông dân tỉnh" → the part behind "Đề nghị:".
    """
    start = 0
    if prefix := _HEADING_PREFIX.match(text):
        start = prefix.end()
    body = text.rstrip(" :.;,/-–")
    if len(body) - start > 330 or len(body) <= start or _NOT_UNIT.match(text, start):
        return None
    if not HEAD.match(text, start):
        return None
    if _NEW_SENTENCE.search(body, start) and not re.search(r"\bTT?P?\.\s", body):
        return None
    for colon in re.finditer(r":\s", body[start:]):
        if not _in_list(body, start + colon.start()):
            return None
    predicate = predicate_after(body, start)
    if predicate is not None:
        return None
    return start, len(body)


_ALL = re.compile(
    r"(?:[Gg]iám đốc (?:các )?[Ss]ở, [Tt]hủ trưởng|[Gg]iám đốc, [Tt]hủ trưởng"
    r"|[Tt]hủ trưởng (?:cơ quan|đơn vị)"
    r"|(?:Sở|Bộ), (?:ban|ngành|cơ quan)|[Cc]ác Bộ trưởng|[Nn]gười đứng đầu (?:cấp|cơ quan)"
    r"|(?:(?:[Tt]hủ trưởng|[Gg]iám đốc|[Nn]gười đứng đầu|[Ll]ãnh đạo)\s+(?:của\s+)?)?"
    r"(?:[Cc]ác|[Tt]ất cả các)\s+(?:[Ss]ở|cơ quan|đơn vị|[Bb]ộ,|bộ|ban|ngành|phòng|cấp ủy"
    r"|địa phương|cấp))(?!\w)"
)


_ANY_HEAD = Anycase(f"(?:{grouped(_LOWER_HEADS)})")


def only_units(text: str, start: int, end: int) -> bool:
    """Is the stretch of a sentence between two offsets a list of units and nothing else?"""
    return bool(
        (HEAD.match(text, start, end) or _ANY_HEAD.match(text, start, end))
        and predicate_after(text, start, min(420, end - start)) is None
        and not _STOP.search(text, start, end)
    )


def addresses_all(name: str) -> bool:
    """Are all addressees meant ("các sở, ban, ngành …") and not one named unit?"""
    return bool(_ALL.match(name))


_VERB_START = Anycase(
    "(?:"
    + grouped(
        rf"{_VERBS}|đôn đốc|thẩm tra|tạo|thu|đưa|lấy|bồi dưỡng|tập huấn|đào tạo|tham dự|cử|tổ chức"
        r"|quản lý|lãnh đạo|lập|trình|nắm|chuyển|nâng|đa dạng|kết hợp|cải cách|biểu dương"
        r"|khen thưởng|hòa giải|hoà giải|tối ưu|chuẩn hóa|kiểm soát|phê duyệt|chăm lo|tăng|giảm"
        r"|mở rộng|củng cố|tuân thủ|không|có|vận hành|đầu tư|trang bị|quan trắc|đề cao|qua"
        r"|đối với|thông qua|tuyên dương|sản xuất|cắt giảm"
    )
    + r")(?![\wà-ỹ])"
)


def begins_with_verb(text: str) -> bool:
    """Does a passage ask for something ("Tăng cường …") and not merely name a thing?"""
    return bool(_VERB_START.match(text))


def same_head(first: str, second: str) -> bool:
    """Do two lists begin with the same kind of body ("UBND phường xã", "UBND các xã")?"""

    def head(text: str) -> str:
        low = fold_tone_placement(text).lower().replace("ủy ban nhân dân", "ubnd")
        return re.sub(r"^(?:các|những|mỗi|từng)\s+", "", low).split(" ")[0].strip(",;")

    return head(first) == head(second)


_ADVERBS = (
    r"(?:(?:thường xuyên|tích cực|kịp thời|tiếp tục|tăng cường|chặt chẽ|có trách nhiệm|có nhiệm vụ"
    r"|trực tiếp|và)\s*,?\s*)*"
)
_COORDINATES = Anycase(rf"{_ADVERBS}(?:phối\s+hợp|phối,\s*kết\s+hợp|tham\s+gia\s+phối\s+hợp)\b")


def coordinates(predicate: str) -> bool:
    """Is the unit asked to help ("Phối hợp với …") and not to lead ("Chủ trì, phối hợp …")?"""
    return bool(_COORDINATES.match(predicate))


# phối hợp với A, B và C | verb
_PARTNERS = re.compile(r"[Pp](?<!\w.)hối\s+hợp\s+(?:chặt\s+chẽ\s+)?(?:cùng\s+)?(?:với\s+)?")


_LOWER_HEAD = re.compile(grouped(_LOWER_HEADS))
_BEYOND_PARTNERS = re.compile(r"\s(?:trong|để|nhằm|về|theo|thường)\s")


def partners(text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Where the units stand with which the words between two offsets ask to cooperate."""
    last = len(text) if end is None else end
    if text.find("hối hợp", start, min(last, start + 160)) < 0:
        return None
    match = _PARTNERS.search(text, start, min(last, start + 160))
    if not match or not (HEAD.match(text, match.end()) or _LOWER_HEAD.match(text, match.end())):
        return None
    stop = predicate_after(text, match.end() + 2, min(420, last - match.end() - 2))
    if stop is None:
        return None
    while stop > match.end() and text[stop - 1] in " ,;":
        stop -= 1
    name = text[match.end() : stop]
    if len(name) > 260 or _STOP.search(name):
        return None
    if cut := _BEYOND_PARTNERS.search(name):
        stop = match.end() + cut.start()
    return match.end(), stop
