"""What petitions keep of a person: what he did with them. Never who sent one.

A sender is a name somebody wrote down; a name is no identity. Were petitions looked up by name,
whoever is called like a citizen would read that citizen's petition. So nobody is: the page says
so to everybody in the same words, and a citizen asks by number and secret. Of confidential
petitions nothing is told at all, not even to whoever handled them: their numbers are for those
named in the vault.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.personal import RETENTION, Kept, Source, Subject, done, said, work
from danvan.organisations.retention import shelf
from danvan.petitions.models import (
    CONFIDENTIAL,
    Limit,
    Link,
    Paper,
    Petition,
    ReceptionDay,
    Step,
    Turn,
)

BASIS = gettext_lazy(
    "Tiếp công dân, giải quyết đơn thư theo Luật Tiếp công dân 42/2013/QH13, Luật Khiếu nại "
    "02/2011/QH13, Luật Tố cáo 25/2018/QH14 và các luật sửa đổi có hiệu lực ngày nhận đơn."
)


def kept(of: Subject) -> Iterator[Kept]:
    yield _acts(of)
    yield _senders()


def _acts(of: Subject) -> Kept:
    """Eight queries however many petitions."""
    who = of.person or 0
    open_ones = Petition.objects.filter(confidential=False)
    inside = {"petition__confidential": False}
    turns = Turn.objects.exclude(kind__in=CONFIDENTIAL).filter(sealed=None, received_by=who)
    number = "petition__number"
    steps, papers = Step.objects.filter(by=who, **inside), Paper.objects.filter(added_by=who)
    rows = [
        *done(_("tiếp nhận đơn"), open_ones.filter(received_by=who), "received_at", "number"),
        *done(_("được giao xử lý đơn"), open_ones.filter(handler=who), "received_at", "number"),
        *done(_("ghi bước xử lý đơn"), steps, "at", number),
        *done(_("thêm tệp vào đơn"), papers.filter(**inside), "added_at", number),
        *done(_("ghép đơn"), Link.objects.filter(linked_by=who, **inside), "linked_at", number),
        *done(_("ghi sổ tiếp công dân"), turns, "written_at", "year"),
        *done(_("chủ trì buổi tiếp công dân"), ReceptionDay.objects.filter(presided_by=who), "on",
              "place"),
        *done(_("ghi thời hạn nội bộ"), Limit.objects.filter(entered_by=who), "entered_at", "code"),
    ]  # fmt: skip
    return work(
        gettext_lazy("Việc đã làm với đơn thư, tiếp công dân"),
        gettext_lazy("Biết ai nhận, ai xử lý, đúng hạn hay chậm; trả lời người gửi."),
        BASIS,
        rows,
        erasure=gettext_lazy("Giữ lại: là phần của hồ sơ vụ việc."),
    )


def _senders() -> Kept:
    """Said to everybody alike: it tells nothing about who reads it."""
    until = _("Vụ việc: %(case)s Đơn không đủ điều kiện xử lý: %(filed)s") % {
        "case": RETENTION, "filed": shelf("filed_petition").until(()),
    }  # fmt: skip
    return said(
        gettext_lazy("Người gửi đơn, người đến tiếp công dân: không liệt kê ở đây"),
        gettext_lazy(
            "Họ tên, địa chỉ, điện thoại của người gửi và người đến tiếp dân được giữ trong hồ sơ "
            "vụ việc để giải quyết và trả lời. Không tra theo họ tên vì người trùng tên sẽ đọc "
            "được đơn của người khác; xem đơn của mình bằng số tiếp nhận và mã tra cứu."
        ),
        BASIS,
        erasure=gettext_lazy(
            "Giữ lại trong thời hạn bảo quản hồ sơ vụ việc; rút đơn không xóa hồ sơ."
        ),
        until=until,
    )


SOURCE = Source(kept)
