"""The petitions of the year: who brings what before whom, and what becomes of it. Invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from danvan.demo import city
from danvan.petitions.models import Kind

CITY, YEAR = city.BODY, 2023
# Brought by word of mouth at the chairman's reception (chapters.receiving writes the line).
RESETTLED = "Đề nghị xem lại giá đất tính bồi thường tuyến đường nối hẻm 20, khu phố 4."
Step = tuple[Any, ...]  # month, day, verb, what the verb needs


@dataclass(frozen=True, slots=True)
class Case:
    """One petition and its course. ``who``: number of an invented name; 0: nobody known."""

    body: str
    day: tuple[int, int]
    kind: str
    channel: str
    who: int
    address: str
    subject: str
    text: str
    course: tuple[Step, ...]
    at_reception: bool = False


def answered(month: int, day: int, text: str) -> Step:
    return month, day, "decide", "answered", "", text


CASES = (
    # Right in part, made public, carried out, closed.
    Case(CITY, (4, 11), Kind.COMPLAINT, "in_person", 720, "Khu phố 1, Phường 1",
         "Quyết định thu hồi đất làm đường hẻm 12",
         "Quyết định thu hồi chưa tính đủ diện tích thực tế.",
         ((4, 13, "classify"), (4, 18, "accept"), (4, 20, "verify", "thanh-tra"),
          (5, 15, "decide", "partly", "41/QĐ-UBND", "Tính lại diện tích thu hồi thêm 12 m²."),
          (5, 17, "mark", "sent"), (5, 22, "publish", "posting", "Trụ sở UBND Phường 1"),
          (5, 24, "enforce", "Đo lại, tính bổ sung diện tích thu hồi", "tai-nguyen", (6, 30)),
          (6, 20, "carried_out", "Đã đo lại, niêm yết phương án bổ sung."),
          (6, 28, "close"), (7, 3, "confirm"))),
    Case(CITY, (4, 19), Kind.COMPLAINT, "letter", 721, "Khu phố 2, Phường 2",
         "Quyết định xử phạt xây dựng không phép", "Đề nghị hủy quyết định xử phạt.",
         ((4, 24, "classify"), (4, 27, "accept"), (5, 5, "verify", "quan-ly-do-thi"),
          (5, 25, "decide", "wrong", "47/QĐ-UBND", "Quyết định xử phạt đúng quy định."),
          (5, 29, "mark", "sent"), (6, 5, "publish", "portal", "Trang thông tin điện tử"),
          (7, 6, "close"))),
    # Not the city's: sent on with a slip and taken over by the ward.
    Case(CITY, (5, 4), Kind.PROPOSAL, "letter", 722, "Khu phố 5, Phường 3",
         "Lối đi chung khu phố 5 bị rào", "Đề nghị phường giải quyết lối đi chung bị rào.",
         ((5, 8, "classify", False), (5, 9, "transfer", "phuong-3"),
          (5, 11, "take_over", "Sổ công văn đến số 118"), (5, 15, "classify"), (5, 16, "accept"),
          answered(5, 26, "Hai bên đã thống nhất mở lại lối đi 1,5 m."), (6, 2, "close"))),
    # Overdue on the day of the stage "running", then answered late.
    Case("phuong-3", (5, 8), Kind.PROPOSAL, "in_person", 723, "Khu phố 2, Phường 3",
         "Tiếng ồn của cơ sở cơ khí", "Cơ sở cơ khí làm việc sau 22 giờ.",
         ((5, 10, "classify"), (5, 12, "accept"),
          answered(6, 22, "Cơ sở đã cam kết không làm việc sau 18 giờ."), (6, 27, "close"))),
    # Closed, disputed by its sender, opened again, answered.
    Case("phuong-1", (5, 15), Kind.PROPOSAL, "phone", 724, "Khu phố 2, Phường 1",
         "Rác tồn đọng ở hẻm 5", "Rác không được thu gom ba ngày liền.",
         ((5, 16, "classify"), (5, 17, "accept"),
          answered(5, 26, "Đã thu gom và xếp lại lịch lấy rác."), (5, 29, "close"),
          (6, 12, "dispute", "Rác lại tồn đọng từ ngày 09/6."),
          (6, 21, "answer", "Đã đổi đơn vị thu gom hẻm 5, lấy rác hằng ngày từ 20/6."),
          (6, 26, "confirm"))),
    Case("phuong-ninh-son", (5, 22), Kind.PROPOSAL, "web", 725, "Khu phố Ninh Phú",
         "Đèn đường hỏng", "Ba bóng đèn đường đã hỏng hai tuần.",
         ((5, 23, "classify"), (5, 24, "accept"), answered(6, 1, "Đã thay ba bóng đèn."),
          (6, 5, "close"), (6, 7, "confirm"))),
    # Brought by a group at the chairman's reception: watched until it was settled.
    Case(CITY, (5, 25), Kind.COMPLAINT, "in_person", 707, "", RESETTLED, "",
         ((5, 30, "classify"), (6, 2, "watch", "8 hộ cùng khiếu nại, đã hai lần tập trung."),
          (6, 5, "accept"), (6, 7, "verify", "thanh-tra"),
          (7, 3, "extend", "Văn bản gia hạn số 52/UBND-TTr: vụ việc phức tạp."),
          (7, 18, "decide", "partly", "66/QĐ-UBND", "Áp dụng lại đơn giá của đoạn hẻm 20."),
          (7, 20, "mark", "sent"), (7, 28, "publish", "meeting", "Nhà văn hóa khu phố 4"),
          (8, 25, "close"), (8, 28, "unwatch", "Các hộ đã nhận tiền bổ sung.")),
         at_reception=True),
    # Sealed: only who is named for it reads who sent it.
    Case(CITY, (5, 29), Kind.DENUNCIATION, "in_person", 726, "Khu phố Ninh Trung",
         "Thu tiền ngoài quy định khi làm hồ sơ", "Tôi đã phải đưa thêm 500.000 đồng khi nộp "
         "hồ sơ xây dựng ngày 15/5/2023.",
         ((5, 31, "classify"), (6, 1, "accept"), (6, 5, "mark", "notified"),
          (6, 6, "redact", "Người tố cáo ở Khu phố Ninh Trung nêu đã đưa thêm 500.000 đồng khi "
           "nộp hồ sơ xây dựng ngày 15/5/2023.", "hồ sơ xây dựng ngày 15/5/2023"),
          (6, 7, "verify", "thanh-tra", "thanh-tra.2"),
          (6, 27, "decide", "partly", "03/KL-UBND", "Có khoản thu chưa có biên lai; đã hoàn trả."),
          (6, 29, "mark", "sent"), (6, 30, "mark", "acted"),
          (7, 5, "publish", "posting", "Nơi tiếp công dân"), (7, 31, "close"))),
    Case(CITY, (7, 10), Kind.ANONYMOUS, "web", 0, "", "Tin báo không nêu tên",
         "Có người thu tiền giữ chỗ tại chợ.",
         ((7, 12, "classify"), (7, 14, "put_away", "Không có thông tin cụ thể để kiểm tra."))),
    Case(CITY, (7, 17), Kind.COMPLAINT, "letter", 727, "Xã Tân Bình",
         "Quyết định cấp đất năm 2019", "Đề nghị xem lại quyết định cấp đất năm 2019.",
         ((7, 19, "classify", True, False),
          (7, 24, "refuse", "KN-KTL-5", "Đơn quá thời hiệu 90 ngày nên không thụ lý."))),
    Case("phuong-ninh-son", (8, 3), Kind.PROCEDURE, "in_person", 728, "Khu phố Ninh Trung",
         "Phải nộp hai bản sao khi chứng thực", "Bộ phận một cửa yêu cầu hai bản sao.",
         ((8, 4, "classify"), (8, 7, "accept"),
          answered(8, 15, "Chỉ cần một bản; đã sửa bảng niêm yết thủ tục."), (8, 18, "close"))),
    # Overdue and still unanswered at the end of the year's story.
    Case("phuong-3", (8, 21), Kind.PROPOSAL, "letter", 729, "Khu phố 1, Phường 3",
         "Xe tải đỗ trước cổng trường", "Xe tải đỗ kín cổng trường giờ tan học.",
         ((8, 23, "classify"), (8, 25, "accept"))),
    Case(CITY, (8, 22), Kind.PROPOSAL, "letter", 730, "Xã Thạnh Tân",
         "Kéo dài tuyến xe buýt", "Đề nghị kéo dài tuyến xe buýt đến chân núi.",
         ((8, 24, "classify"), (8, 25, "accept"), (8, 28, "verify", "quan-ly-do-thi"),
          answered(9, 8, "Đã đề nghị Sở Giao thông vận tải xem xét khi điều chỉnh mạng tuyến."),
          (9, 12, "close"))),
    # The hot spot that is still watched.
    Case(CITY, (9, 12), Kind.COMPLAINT, "forwarded", 731, "Khu phố Ninh Lộc, phường Ninh Sơn",
         "Đơn giá bồi thường khu tái định cư", "20 hộ đề nghị tính lại đơn giá bồi thường.",
         ((9, 14, "classify"), (9, 18, "accept"), (9, 20, "watch", "20 hộ, có kêu gọi tập trung."),
          (9, 21, "verify", "thanh-tra"),
          (10, 12, "extend", "Văn bản gia hạn số 81/UBND-TTr: vụ việc phức tạp."))),
    Case("phuong-1", (10, 4), Kind.COMPLAINT, "in_person", 732, "Khu phố 3, Phường 1",
         "Không xác nhận hồ sơ xin sửa nhà", "Phường không xác nhận hồ sơ mà không nêu lý do.",
         ((10, 6, "classify"), (10, 10, "accept"))),
    Case(CITY, (10, 18), Kind.PROPOSAL, "web", 733, "Phường Hiệp Ninh",
         "Vỉa hè đường 30/4 hư hỏng", "Vỉa hè hư hỏng nhiều đoạn, đề nghị sửa.",
         ((10, 20, "classify"), (10, 24, "accept"), (10, 25, "verify", "quan-ly-do-thi"))),
)  # fmt: skip
