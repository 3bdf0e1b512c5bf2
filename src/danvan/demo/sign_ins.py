"""The accounts shown to a visitor: one line per role, in the order of the year."""

from __future__ import annotations

from functools import cache

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from danvan.accounts.demonstration import SignIn
from danvan.organisations.models import Person


@cache
def _names() -> dict[str, str]:
    """Account → name of the person, read once: the demonstration's people do not change."""
    return dict(Person.objects.exclude(user=None).values_list("user__username", "name"))


def _called(username: str) -> str:
    return _names().get(username, username)


def _one(username: str, role: object, unit: object, does: object) -> SignIn:
    # Read when a page shows it: there is no database yet when the product starts.
    name = lazy(_called, str)(username)
    return SignIn(username, name, role, unit, does)


def all_sign_ins() -> list[SignIn]:
    return [
        _one("noi-vu", _("Cơ quan thường trực"), _("Phòng Nội vụ"),
             _("Nhập kế hoạch, xem xét bản nộp, thẩm định, chốt điểm, trình xếp loại")),
        _one("thanh-tra", _("Cơ quan thanh tra"), _("Thanh tra thành phố"),
             _("Thẩm định tiêu chí tiếp công dân, đơn thư; nêu giới hạn xếp loại")),
        _one("van-phong", _("Văn phòng"), _("Văn phòng HĐND và UBND thành phố"),
             _("Thẩm định tiêu chí cải cách hành chính; cấp số văn bản")),
        _one("phuong-1", _("Công chức đầu mối"), _("UBND Phường 1"),
             _("Nộp kế hoạch, báo cáo; tự chấm điểm kèm minh chứng; giải trình")),
        _one("phuong-1.truong", _("Người đứng đầu"), _("UBND Phường 1"),
             _("Phân công người phụ trách; nộp, giải trình thay mặt đơn vị")),
        _one("giao-duc-thuong-xuyen", _("Đơn vị bị trả lại kế hoạch"),
             _("Trung tâm GDNN - GDTX"), _("Xem lý do trả lại và nộp lần 2")),
        _one("quan-ly-do-thi.truong", _("Đơn vị chưa gửi kế hoạch"), _("Phòng Quản lý đô thị"),
             _("Xem việc quá hạn và hậu quả khi xếp loại")),
        _one("xa-thanh-tan", _("Đơn vị nộp hồ sơ muộn"), _("UBND Xã Thạnh Tân"),
             _("Hoàn thành phiếu tự chấm còn dở")),
        _one("pho-chu-tich", _("Phó Chủ tịch"), _("UBND thành phố"),
             _("Xem kết quả trình, gỡ giới hạn, quyết định (KT. Chủ tịch)")),
        _one("chu-tich", _("Chủ tịch"), _("UBND thành phố"),
             _("Xem toàn bộ chương trình, quyết định xếp loại")),
        _one("ban-dan-van", _("Cơ quan theo dõi"), _("Ban Dân vận Thành ủy"),
             _("Đọc toàn bộ chương trình, không sửa")),
        _one("mat-tran", _("Cơ quan theo dõi"), _("Ủy ban MTTQ Việt Nam thành phố"),
             _("Đọc toàn bộ chương trình, không sửa")),
        _one("quan-tri", _("Quản trị hệ thống"), "",
             _("Danh mục tổ chức, lịch làm việc")),
    ]  # fmt: skip
