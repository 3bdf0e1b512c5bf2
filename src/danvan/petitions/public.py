"""What a citizen may do and see: bring something, follow it, confirm or dispute its end.

Nothing here takes or gives a name that is already kept. The portal slows floods down.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from danvan.assignments.wording import cut
from danvan.kernel import clock
from danvan.kernel.access import Refused, refuse
from danvan.kernel.calendar import Calendar
from danvan.kernel.facts import Period
from danvan.organisations.models import Unit
from danvan.organisations.queries import name_on, subordinates
from danvan.petitions import complaints, deadlines, queries, workflow
from danvan.petitions.actions import intake, watching
from danvan.petitions.actions.intake import Brought, Person, Receipt, digest
from danvan.petitions.models import CONFIDENTIAL, Kind, Petition
from danvan.petitions.reception_public import PublicDay, reception_calendar
from danvan.petitions.rules import CITIZEN
from danvan.petitions.stages import LABELS

__all__ = ["UNNAMED", "Counts", "PublicDay", "PublicStatus", "Receipt", "confirm", "dispute",
           "figures", "receive", "reception_calendar", "status"]  # fmt: skip

# What people may call it. A procedure's feedback is a proposal to them; the office classifies.
KINDS = {
    Kind.PROPOSAL: gettext_lazy("Kiến nghị, phản ánh"),
    Kind.COMPLAINT: gettext_lazy("Khiếu nại"),
    Kind.DENUNCIATION: gettext_lazy("Tố cáo (giữ kín người gửi)"),
    Kind.ANONYMOUS: gettext_lazy("Báo tin, không nêu tên"),
}
# Sent so, nobody is asked for a name.
UNNAMED = Kind.ANONYMOUS.value
SUBJECTS = {
    Kind.DENUNCIATION: gettext_lazy("Đơn tố cáo gửi qua trang công khai"),
    Kind.ANONYMOUS: gettext_lazy("Tin báo không nêu tên gửi qua trang công khai"),
}
STEPS: dict[str, Any] = {
    "received": gettext_lazy("Đã tiếp nhận"),
    "classified": gettext_lazy("Đã xem xét điều kiện và thẩm quyền"),
    "accepted": gettext_lazy("Đã nhận giải quyết"),
    "refused": gettext_lazy("Không thụ lý, có nêu lý do"),
    "transferred": gettext_lazy("Đã chuyển cơ quan có thẩm quyền"),
    "filed": gettext_lazy("Lưu đơn"),
    "split": gettext_lazy("Đã tách thành các nội dung để giải quyết riêng"),
    "joined": gettext_lazy("Được giải quyết chung với việc cùng nội dung"),
    "verifying": gettext_lazy("Đang xác minh, làm rõ"),
    "extended": gettext_lazy("Gia hạn thời hạn giải quyết"),
    "paused": gettext_lazy("Tạm đình chỉ giải quyết"),
    "resumed": gettext_lazy("Tiếp tục giải quyết"),
    "talk_called": gettext_lazy("Mời đối thoại"),
    "talk_held": gettext_lazy("Đã đối thoại"),
    "decided": gettext_lazy("Đã có kết quả giải quyết"),
    "published": gettext_lazy("Kết quả đã được công khai"),
    "enforcing": gettext_lazy("Đang thực hiện kết quả"),
    "closed": gettext_lazy("Đã kết thúc"),
    "withdrawn": gettext_lazy("Người gửi đã rút"),
    "confirmed": gettext_lazy("Người gửi xác nhận đã xong"),
    "disputed": gettext_lazy("Người gửi chưa đồng ý, mở lại để xem xét"),
}


@dataclass(frozen=True, slots=True)
class PublicStatus:
    """Where it stands. ``why``: sentences that explain ``next_date``; no name anywhere."""

    number: str
    kind: str
    state: str
    received_on: dt.date
    steps: tuple[tuple[dt.date, str], ...]
    holder: str
    next_date: dt.date | None
    next_what: str
    why: tuple[str, ...]
    answer: str
    answered_on: dt.date | None
    may_confirm: bool
    may_dispute: bool
    parts: tuple[tuple[str, str, str], ...] = ()
    # Of a decided complaint: until when one may complain again, from when it binds.
    later: tuple[complaints.Later, ...] = ()
    # Of a complaint: the day of the dialogue one is asked to, and where.
    talk: tuple[dt.date, str] | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures of a body with the units under it; counts alone."""

    received: int
    due: int
    on_time: int
    overdue: int


@sensitive_variables()
def receive(
    *,
    body: Unit,
    kind_said: str,
    name: str = "",
    address: str = "",
    phone: str = "",
    email: str = "",
    content: str,
    files: Sequence[UploadedFile] = (),
    channel: str = Petition.Channel.WEB,
    token: str = "",
) -> Receipt:
    """Takes it in for ``body``; number and secret go to the sender alone.

    Raises Refused (in words for the sender) if it cannot be taken in.
    """
    if kind_said not in KINDS:
        raise Refused(refuse(_("Chọn loại nội dung muốn gửi.")))
    if not content.strip():
        raise Refused(refuse(_("Ghi nội dung muốn gửi.")))
    if kind_said != Kind.ANONYMOUS and not name.strip():
        raise Refused(
            refuse(_("Ghi họ tên. Nếu không muốn nêu tên, chọn “Báo tin, không nêu tên”."))
        )
    known = Kind(kind_said)
    senders = () if known == Kind.ANONYMOUS else (Person(name, address, phone, email),)
    summary = str(SUBJECTS[known]) if known in CONFIDENTIAL else cut(content, 150)
    brought = Brought(
        kind_said=kind_said, subject=summary, text=content, channel=channel, senders=senders,
        files=files, token=token,
    )  # fmt: skip
    return _received(body, brought)


@sensitive_variables()
def _received(body: Unit, brought: Brought) -> Receipt:
    """The receipt; of a form that was sent already, the one it had then."""
    try:
        made: Receipt = intake.receive(body, brought=brought, by=CITIZEN)
        return made
    except Refused as refused:
        held = Petition.objects.filter(token=brought.token).first() if brought.token else None
        if not (refused.decision.done and held):
            raise
        return Receipt(held.number, intake.secret_of(brought.token), held.pk)


def status(number: str, secret: str) -> PublicStatus | None:
    """What its sender may read; None if number and secret do not belong together."""
    petition = _found(number, secret)
    return _status(petition) if petition else None


def confirm(number: str, secret: str) -> PublicStatus:
    """The sender agrees that it is settled. Raises Refused."""
    petition = _demanded(number, secret)
    watching.confirm(petition, by=CITIZEN)
    return _status(petition)


@sensitive_variables()
def dispute(number: str, secret: str, reason: str) -> PublicStatus:
    """The sender does not agree: opened again, its holder owes an answer by a day."""
    petition = _demanded(number, secret)
    watching.dispute(petition, reason=reason, by=CITIZEN)
    return _status(petition)


def figures(body: Unit, period: Period) -> Counts:
    """Of the body and every unit under it: five queries."""
    units = [body.pk, *(v.unit_id for v in subordinates(body, period.end))]
    found = queries.figures_of(units, period.start, period.end, clock.today()).values()
    return Counts(
        received=sum(f.received for f in found), due=sum(f.due for f in found),
        on_time=sum(f.on_time for f in found), overdue=sum(f.overdue for f in found),
    )  # fmt: skip


def _found(number: str, secret: str) -> Petition | None:
    told = "".join(number.split())
    petition = Petition.objects.filter(number=told).select_related("holder", "body").first()
    # Counted all the same for a number there is not: the time tells nothing.
    expected = petition.secret_hash if petition else ""
    if not constant_time_compare(expected or "-", digest(told, secret)):
        return None
    return petition


def _demanded(number: str, secret: str) -> Petition:
    if (petition := _found(number, secret)) is None:
        raise Refused(refuse(_("Số tiếp nhận hoặc mã tra cứu không đúng.")))
    return petition


def _status(petition: Petition) -> PublicStatus:
    followed, told = _followed(petition)
    dues = queries.dues_of(followed)
    parts = [
        (str(Kind(p.known_kind).label), str(workflow.PUBLIC[p.state]), p.answer)
        for p in petition.parts.order_by("pk")
    ]
    return PublicStatus(
        number=petition.number,
        kind=str(Kind(petition.known_kind).label),
        state=str(workflow.PUBLIC[petition.state]),
        received_on=petition.received_on,
        steps=tuple(told),
        holder=name_on(followed.holder, clock.today()),
        next_date=dues[0].day if dues else None,
        next_what=str(LABELS[dues[0].stage]) if dues else "",
        why=dues[0].why if dues else (),
        answer=petition.answer,
        answered_on=petition.answered_on,
        may_confirm=petition.state == Petition.State.CLOSED and not petition.confirmed_on,
        may_dispute=petition.state == Petition.State.CLOSED,
        parts=tuple(parts),
        later=tuple(_later(followed)),
        talk=_talk(followed),
    )


def _later(petition: Petition) -> list[complaints.Later]:
    if petition.known_kind not in complaints.KINDS or petition.settled_on is None:
        return []
    story = queries.story_of(petition, petition.steps.all())
    return complaints.later(story, deadlines.for_body(petition.body_id), Calendar())


def _talk(petition: Petition) -> tuple[dt.date, str] | None:
    """The dialogue that is still to come."""
    called = petition.steps.filter(code="talk_called", until__gte=clock.today()).last()
    running = petition.state in (Petition.State.ACCEPTED, Petition.State.VERIFYING)
    return (called.until, called.said) if called and called.until and running else None


def _followed(petition: Petition) -> tuple[Petition, list[tuple[dt.date, str]]]:
    """Whoever has it now (the lead it was joined to, what a unit took over), and the steps."""
    told = [(s.on, str(STEPS[s.code])) for s in petition.steps.all() if s.code in STEPS]
    if petition.state == Petition.State.JOINED:
        return petition.link.lead, told
    sent = petition.transfers.select_related("became__holder").first()
    if petition.state == Petition.State.TRANSFERRED and sent and sent.became:
        after = [(s.on, str(STEPS[s.code])) for s in sent.became.steps.all() if s.code in STEPS]
        return sent.became, told + after
    return petition, told
