"""What organisations and the history keep of a person, and what erasure does there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.models import Entry
from danvan.kernel.personal import Kept, Source, Subject, plain
from danvan.organisations.models import Appointment, Delegation, Person, Post
from vanban.text import sort_key

# That one asked to be erased is no work that would keep the name.
ASKING = "organisations.erasure.ask"
ERASED = "(đã xóa theo yêu cầu)"
_OFFICE = gettext_lazy("Tổ chức công việc của cơ quan nhà nước, xác định người có thẩm quyền.")


def subject_of(person: Person) -> Subject:
    return Subject(person.pk, person.user_id, person.name)


def kept(of: Subject) -> Iterator[Kept]:
    for person in Person.objects.filter(pk=of.person or 0):
        yield _identity(person)
        yield _posts(person)
        yield _duties(person)
        yield _history(person)


def _identity(person: Person) -> Kept:
    return Kept(
        what=gettext_lazy("Họ tên, số hiệu công chức, viên chức"),
        purpose=gettext_lazy("Biết ai giữ chức vụ nào, ai đã làm việc gì."),
        basis=_OFFICE,
        until=gettext_lazy("Trong thời gian công tác; họ tên trong hồ sơ công việc giữ lâu dài."),
        erasure=gettext_lazy(
            "Bỏ số hiệu và liên kết tài khoản; bỏ họ tên nếu chưa làm việc gì trên hệ thống."
        ),
        rows=({"họ và tên": person.name, "số hiệu": person.code},),
    )


def _posts(person: Person) -> Kept:
    rows = tuple(
        {"chức vụ": p.title, "đơn vị": str(p.unit), **_dates(p)}
        for p in person.posts.select_related("unit").prefetch_related("unit__versions")
    )
    return Kept(
        what=gettext_lazy("Quá trình giữ chức vụ"),
        purpose=gettext_lazy("Cho quyền theo chức vụ; tính tỷ lệ cán bộ được học tập theo ngày."),
        basis=_OFFICE,
        until=gettext_lazy("Lâu dài, theo hồ sơ tổ chức của cơ quan."),
        erasure=gettext_lazy("Giữ lại: số người của đơn vị vào ngày đó không đổi."),
        rows=rows,
        stays=True,
    )


def _duties(person: Person) -> Kept:
    named = person.appointments.select_related("unit").prefetch_related("unit__versions")
    rows = [
        {"phân công": a.get_duty_display(), "đơn vị": str(a.unit), "văn bản": a.basis, **_dates(a)}
        for a in named
    ]
    given = Delegation.objects.filter(Q(giver=person) | Q(receiver=person))
    for d in given.select_related("unit", "giver", "receiver").prefetch_related("unit__versions"):
        rows.append({"ủy quyền": str(d), "đơn vị": str(d.unit), "văn bản": d.ground, **_dates(d)})
    return Kept(
        what=gettext_lazy("Phân công, ủy quyền"),
        purpose=gettext_lazy("Biết ai phụ trách, ai làm thay, vào ngày nào, theo văn bản nào."),
        basis=_OFFICE,
        until=gettext_lazy("Lâu dài, cùng văn bản phân công."),
        erasure=gettext_lazy("Giữ lại: là nội dung của văn bản đã ban hành."),
        rows=tuple(rows),
        stays=True,
    )


def _history(person: Person) -> Kept:
    lines = Entry.objects.filter(actor_id=person.pk).order_by("seq")
    rows = tuple({"việc": e.says, "nội dung": e.subject_name, "lúc": plain(e.at)} for e in lines)
    return Kept(
        what=gettext_lazy("Nhật ký việc đã làm trên hệ thống"),
        purpose=gettext_lazy("Truy được ai đã làm gì; không ai sửa được về sau."),
        basis=gettext_lazy("Yêu cầu lưu nhật ký của hệ thống thông tin; hồ sơ công việc."),
        until=gettext_lazy("Ít nhất 12 tháng; cùng hồ sơ công việc mà nó nói tới."),
        erasure=gettext_lazy("Giữ lại nguyên vẹn, kể cả họ tên: nhật ký là một chuỗi không sửa."),
        rows=rows,
        stays=True,
    )


def _dates(row: Any) -> dict[str, Any]:
    return {"từ ngày": plain(row.valid_from), "đến ngày": plain(row.valid_to)}


def acted(person: int) -> bool:
    """Whether the name stands in files of work: he was named, delegated, or did something."""
    return (
        Entry.objects.filter(actor_id=person).exclude(action=ASKING).exists()
        or Appointment.objects.filter(person=person).exists()
        or Delegation.objects.filter(Q(giver=person) | Q(receiver=person)).exists()
    )


def erase(of: Subject) -> Iterator[str]:
    for person in Person.objects.filter(pk=of.person or 0):
        person.user, person.code = None, ""
        yield _("Đã bỏ số hiệu và liên kết tài khoản.")
        if acted(person.pk):
            yield _("Họ tên được giữ trong hồ sơ công việc, văn bản và nhật ký.")
        else:
            person.name, person.sort_key = ERASED, sort_key(ERASED)
            yield _("Đã bỏ họ tên; chức vụ còn lại không cho biết là ai.")
        person.save()
        if Post.objects.filter(person=person).exists():
            yield _("Quá trình giữ chức vụ được giữ để số liệu theo ngày không đổi.")


SOURCE = Source(kept, erase)
