"""What the law asks of a matter, in one sentence: for the catalogue and every page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy.models import Matter, MatterGroup
from danvan.democracy.models.matters import DISCLOSE, OPINION

BASES = {
    "households": gettext_lazy("tổng số hộ của khu phố, ấp"),
    "villages": gettext_lazy("tổng số khu phố, ấp"),
}
UNITS = {
    "working_day": gettext_lazy("trong %d ngày làm việc"),
    "day": gettext_lazy("ít nhất %d ngày"),
    "day_before": gettext_lazy("trước ít nhất %d ngày"),
    "people": gettext_lazy("%d người"),
    "per_quarter": gettext_lazy("mỗi quý %d lần"),
}


def said(matter: Matter) -> str:
    """With its article."""
    parts: list[str] = []
    if matter.group in DISCLOSE:
        parts = _disclosing(matter)
    if matter.group == MatterGroup.COMMUNE_DECIDE:
        parts = [share(matter), _("có hiệu lực từ %s") % matter.takes_effect]
    elif matter.limit_value:
        told = str(UNITS[matter.limit_unit]) % matter.limit_value
        parts.append(f"{told} {matter.limit_basis}" if matter.group in OPINION else told)
    text = "; ".join(parts) or _("không ấn định con số")
    return f"{text[:1].upper()}{text[1:]} ({matter.where})."


def share(matter: Matter) -> str:
    """The part that must agree: "trên 1/2 tổng số hộ …"."""
    word = _("trên") if matter.over else _("ít nhất")
    return f"{word} {matter.share_num}/{matter.share_den} {BASES[matter.base]}"


def _disclosing(matter: Matter) -> list[str]:
    """The forms, each with its least days."""
    parts = []
    if matter.permanent:
        parts.append(_("niêm yết thường xuyên"))
    if matter.posting_days and matter.website == "internal":
        parts.append(
            _("niêm yết hoặc đăng trang nội bộ ít nhất %d ngày liên tục") % matter.posting_days
        )
    elif matter.posting_days:
        parts.append(_("niêm yết ít nhất %d ngày liên tục") % matter.posting_days)
    if matter.website == "public":
        parts.append(_("đăng trang thông tin điện tử"))
    if matter.broadcast_days:
        parts.append(_("truyền thanh ít nhất %d ngày liên tục") % matter.broadcast_days)
    if matter.via_head:
        parts.append(_("thông báo qua Trưởng thôn, khu phố"))
    return parts
