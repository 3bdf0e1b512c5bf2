"""Online reception: a day made online, what was done before it, its notice, its recording."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.actions.issuing import issue as issue_document
from danvan.documents.models import Document
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.petitions import reception_online_papers as papers
from danvan.petitions import reception_rules as rules
from danvan.petitions.models import OnlineStep, ReceptionDay

Means, Step = ReceptionDay.Means, OnlineStep.Step


@action(
    "petitions.reception.means",
    may=rules.may_move,
    says=gettext_lazy("đổi hình thức buổi tiếp công dân"),
)
def set_means(day: ReceptionDay, *, online: bool, room: str = "", by: Actor) -> ReceptionDay:
    """Online with how one joins, or in person again. What was done before it stays told."""
    room = room.strip() if online else ""
    if online and not room:
        raise Refused(refuse(_("Ghi cách tham gia buổi tiếp trực tuyến.")))
    means = Means.ONLINE if online else Means.IN_PERSON
    if (day.means, day.room) == (means, room):
        raise Refused(already(_("Buổi tiếp đã ở hình thức này.")))
    day.means, day.room = means, room
    day.save(update_fields=["means", "room"])
    record(day, concerns=day.unit_id, day=day.on, means=str(day.get_means_display()))
    return day


@action(
    "petitions.reception.online_step",
    may=rules.may_prepare,
    says=gettext_lazy("ghi việc chuẩn bị tiếp công dân trực tuyến"),
)
def keep_step(
    day: ReceptionDay,
    *,
    step: str,
    at: dt.datetime,
    told: str = "",
    document: Document | None = None,
    by: Actor,
) -> OnlineStep:
    """That it was notified, tested or connected (NĐ 154/2026, Đ23); again puts right what stood.

    ``told`` is needed unless a document is the notice. Late is kept as it was. Raises Refused for
    a moment to come, or a step there is not.
    """
    if step not in Step.values:
        raise Refused(refuse(_("Chọn việc đã làm.")))
    if at > clock.now():
        raise Refused(refuse(_("Chưa đến lúc đó nên chưa ghi được là đã làm.")))
    if document is None and not told.strip():
        raise Refused(refuse(_("Ghi đã gửi ai hoặc kết quả thế nào.")))
    kept, _new = OnlineStep.objects.update_or_create(
        day=day, step=step, defaults={"at": at, "told": told.strip(), "document": document}
    )
    record(day, concerns=day.unit_id, day=day.on, step=str(kept.get_step_display()), at=at)
    return kept


@action(
    "petitions.reception.online_notice",
    may=rules.may_give_notice,
    says=gettext_lazy("ban hành thông báo tiếp công dân trực tuyến"),
)
def issue_notice(day: ReceptionDay, *, by: Actor) -> Document:
    """Thông báo, numbered in the unit's series; the notice counts as given at that moment."""
    paper = papers.compose(day, by)
    made = issue_document(day.unit, **papers.for_issuing(paper), by=by)
    keep_step(day, step=Step.NOTICE, at=clock.now(), document=made, by=by)
    record(day, concerns=day.unit_id, code=made.code, day=day.on)
    return made


@action(
    "petitions.reception.recording",
    may=rules.may_tell_recording,
    says=gettext_lazy("ghi nơi lưu bản ghi buổi tiếp trực tuyến"),
)
def tell_recording(day: ReceptionDay, *, where: str, by: Actor) -> ReceptionDay:
    """Where sound and picture of the session are kept (NĐ 154/2026, Đ24); never the bytes."""
    if not where.strip():
        raise Refused(refuse(_("Ghi nơi lưu bản ghi.")))
    day.recording = where.strip()
    day.save(update_fields=["recording"])
    record(day, concerns=day.unit_id, day=day.on, where=day.recording)
    return day
