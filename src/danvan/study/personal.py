"""What study keeps of one person, for what purpose, how long: shown, taken along, erased."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel import personal as kernel
from danvan.organisations.models import Person, Post
from danvan.organisations.models.units import in_force
from danvan.study.actions.learners import unname
from danvan.study.models import Enrolment, Exemption, Learner

PURPOSE = gettext_lazy(
    "Dữ liệu chỉ dùng để chứng minh cán bộ, công chức, viên chức đã được học tập, quán triệt và "
    "tập huấn theo kế hoạch, và để tính tỷ lệ của đơn vị; không dùng để chấm công hay đánh giá "
    "cá nhân."
)
RETENTION = gettext_lazy(
    "Trang đã xem, câu trả lời và dấu máy được xóa sau ngày ghi ở từng đợt học. Mã cá nhân được "
    "giữ dưới dạng mã băm và mất hiệu lực khi người đó thôi giữ chức vụ. Ai đã dự, đã xác nhận "
    "được giữ để chứng minh số liệu, cùng bản quét danh sách giấy nếu ký trên giấy; khi người đó "
    "không còn giữ chức vụ có thể yêu cầu xóa liên kết tới tên: số liệu giữ nguyên, chỉ còn một "
    "mã băm có khóa."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows as plain values, ready to be shown or written out."""

    person: str
    code_given_at: Any = None
    sessions: list[dict[str, Any]] = field(default_factory=list)
    acknowledgements: list[dict[str, Any]] = field(default_factory=list)
    tries: list[dict[str, Any]] = field(default_factory=list)
    pages_seen: int = 0
    training: list[dict[str, Any]] = field(default_factory=list)
    exemptions: list[dict[str, Any]] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """For JSON; moments and days as ISO text."""
        told = {name: getattr(self, name) for name in self.__slots__}
        told |= {"purpose": str(PURPOSE), "retention": str(RETENTION)}
        told["exported_at"] = clock.now()
        return {name: _plain(value) for name, value in told.items()}


def kept(person: Person) -> Kept:
    """Everything study keeps of the person: seven queries."""
    exemptions = [
        {"from": e.valid_from, "to": e.valid_to, "reason": e.reason,
         "state": str(e.get_state_display())}
        for e in Exemption.objects.filter(person=person)
    ]  # fmt: skip
    row = Learner.objects.filter(person=person).first()
    if row is None:
        return Kept(person.name, exemptions=exemptions)
    return Kept(
        person=person.name,
        code_given_at=row.code_given_at,
        sessions=[
            {"session": a.session.title, "at": a.at, "way": str(a.get_way_display())}
            for a in row.attendances.select_related("session")
        ],
        acknowledgements=[
            {"text": str(a.text), "at": a.at, "pages": a.pages, "seconds": a.seconds,
             "way": str(a.get_way_display()), "hash": a.hash}
            for a in row.acknowledgements.select_related("text__document", "text__version")
        ],
        tries=[
            {"campaign": t.campaign.title, "at": t.at, "right": t.right, "of": t.of}
            for t in row.tries.select_related("campaign")
        ],
        pages_seen=row.seen.count(),
        training=[
            {"class": e.training_class.title, "outcome": str(e.get_outcome_display()),
             "certificate": e.certificate}
            for e in Enrolment.objects.filter(learner=row).select_related("training_class")
        ],
        exemptions=exemptions,
    )  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else value


def told(of: kernel.Subject) -> Iterator[kernel.Kept]:
    """The same for the page that shows what every context keeps of a person."""
    person = Person.objects.filter(pk=of.person or 0).first()
    if person is None:
        return
    held = kept(person)
    traces = [{"trang đã xem": held.pages_seen}] if held.pages_seen else []
    code = [{"mã cá nhân cấp lúc": _plain(held.code_given_at)}] if held.code_given_at else []
    yield _told(
        gettext_lazy("Mã cá nhân, trang đã xem, câu trả lời"), [*code, *traces, *held.tries]
    )
    yield _told(
        gettext_lazy("Đã dự học, đã xác nhận, tập huấn, miễn học"),
        [*held.sessions, *held.acknowledgements, *held.training, *held.exemptions],
    )


def _told(what: Any, rows: list[dict[str, Any]]) -> kernel.Kept:
    return kernel.Kept(
        what=what,
        purpose=PURPOSE,
        basis=gettext_lazy("Chỉ tiêu học tập, quán triệt của kế hoạch năm."),
        until=RETENTION,
        erasure=gettext_lazy(
            "Khi đã thôi giữ chức vụ: xóa mã, dấu vết đọc và liên kết tới tên; số liệu giữ nguyên. "
            "Còn giữ chức vụ: giữ lại."
        ),
        rows=tuple({str(n): _plain(v) for n, v in row.items()} for row in rows),
    )


def erase(of: kernel.Subject) -> Iterator[str]:
    """What ``organisations.erasure.carry_out`` asks of study."""
    learner = Learner.objects.filter(person=of.person or 0).first()
    if learner is None:
        return
    if Post.objects.filter(in_force(clock.today()), person=of.person).exists():
        yield _("Học tập: giữ lại vì người này còn giữ chức vụ, đơn vị phải chứng minh đã học.")
        return
    unname(learner)
    yield _("Học tập: đã xóa mã, dấu vết đọc và liên kết tới tên; số liệu giữ nguyên.")


SOURCE = kernel.Source(kept=told, erase=erase)
