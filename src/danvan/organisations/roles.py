"""Roles are code with a readable description; who holds one is a dated row.

A person's holds come from three places: the post in a unit (member, head, deputy of that
unit), the unit's appointment (leader in charge, focal officer), and the roles the unit
fills for a body (programme office …): then over that body.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

MEMBER = "member"
HEAD = "head"
DEPUTY = "deputy"
LEADER = "leader"
FOCAL_OFFICER = "focal_officer"

PROGRAMME_OFFICE = "programme_office"
INSPECTORATE = "inspectorate"
ADMINISTRATION_OFFICE = "administration_office"
OBSERVER = "observer"
ADMINISTRATOR = "administrator"
# Held by named persons only (danvan.vault), never by everybody of a unit.
INTAKE = "intake"
SETTLER = "settler"

# Offices that own criteria, by the code the score sheets use.
VERIFYING = (PROGRAMME_OFFICE, INSPECTORATE, ADMINISTRATION_OFFICE)


@dataclass(frozen=True, slots=True)
class Role:
    code: str
    label: Any
    description: Any


ROLES = {
    role.code: role
    for role in (
        Role(MEMBER, _("Người của đơn vị"), _("Đọc việc, phiếu và lịch sử của đơn vị mình.")),
        Role(HEAD, _("Người đứng đầu"), _("Nộp, giải trình thay mặt đơn vị; ở UBND: quyết định.")),
        Role(DEPUTY, _("Cấp phó"), _("Như người đứng đầu khi ký thay (KT.).")),
        Role(LEADER, _("Lãnh đạo phụ trách"), _("Nộp và giải trình thay mặt đơn vị.")),
        Role(FOCAL_OFFICER, _("Công chức đầu mối"), _("Soạn, nộp và giải trình cho đơn vị.")),
        Role(
            PROGRAMME_OFFICE,
            _("Cơ quan thường trực chương trình"),
            _("Nhập kế hoạch, theo dõi nhiệm vụ, thẩm định và chốt điểm, trình xếp loại."),
        ),
        Role(INSPECTORATE, _("Cơ quan thanh tra"), _("Thẩm định tiêu chí tiếp công dân, đơn thư.")),
        Role(
            ADMINISTRATION_OFFICE,
            _("Văn phòng"),
            _("Thẩm định tiêu chí cải cách hành chính; cấp số văn bản."),
        ),
        Role(OBSERVER, _("Cơ quan theo dõi"), _("Ban Dân vận, Mặt trận: đọc, không sửa.")),
        Role(ADMINISTRATOR, _("Quản trị hệ thống"), _("Lịch làm việc, tổ chức, tài khoản.")),
        Role(INTAKE, _("Tiếp nhận đơn tố cáo"), _("Niêm và mở danh tính người tố cáo.")),
        Role(SETTLER, _("Giải quyết tố cáo"), _("Mở danh tính người tố cáo khi cần.")),
    )
}
