"""From acceptance to the result: who verifies, what stretches or stops the clock, how it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Person, Unit
from danvan.organisations.queries import exists_on
from danvan.petitions import grounds, rules, stages
from danvan.petitions.actions.intake import add_papers
from danvan.petitions.actions.steps import keep
from danvan.petitions.models import Kind, Petition
from danvan.petitions.queries import dues_of
from danvan.ui import written

State = Petition.State


@action("petitions.petition.accept", may=rules.may_accept, says=gettext_lazy("thụ lý đơn"))
def accept(petition: Petition, *, on: dt.date | None = None, note: str = "", by: Actor) -> Petition:
    """From this day the settlement is counted (Luật Khiếu nại Đ28, Luật Tố cáo Đ30)."""
    petition.state = State.ACCEPTED
    keep(petition, "accepted", on=on, by=by, said=note)
    return petition


@action("petitions.petition.refuse", may=rules.may_refuse, says=gettext_lazy("không thụ lý đơn"))
def turn_down(
    petition: Petition, *, ground: str, note: str = "", answer: str, by: Actor
) -> Petition:
    """On a ground of the law's list (``grounds``, its code), and what the sender is told."""
    said = grounds.told(ground, note, petition.known_kind, petition.regime)
    petition.state, petition.refused_for = State.REFUSED, ground
    _answered(petition, needed(answer, _("Ghi nội dung trả lời người gửi.")))
    keep(petition, "refused", by=by, said=said)
    return petition


@action("petitions.petition.file", may=rules.may_file, says=gettext_lazy("lưu đơn"))
def put_away(petition: Petition, *, ground: str, by: Actor) -> Petition:
    """Ineligible, settled already, or nothing to deal with: kept a year (TT 05/2021/TT-TTCP)."""
    petition.state = State.FILED
    petition.closed_on = clock.today()
    keep(petition, "filed", by=by, said=needed(ground, _("Ghi lý do lưu đơn.")))
    return petition


@action("petitions.petition.verify", may=rules.may_verify, says=gettext_lazy("giao xác minh"))
def give_to_verify(
    petition: Petition, *, unit: Unit, person: Person | None = None, note: str = "", by: Actor
) -> Petition:
    """The unit has it from now on; ``person`` of it, if named. Again to another is allowed."""
    if not exists_on(unit, clock.today()):
        raise Refused(refuse(_("Đơn vị không còn hoạt động.")))
    if person is not None and not person.posts.filter(unit=unit).exists():
        raise Refused(refuse(_("Người được giao không thuộc đơn vị này.")))
    petition.state, petition.holder, petition.handler = State.VERIFYING, unit, person
    keep(petition, "verifying", by=by, said=note)
    return petition


@action(
    "petitions.petition.extend", may=rules.may_change_clock, says=gettext_lazy("gia hạn giải quyết")
)
def extend(petition: Petition, *, complexity: str, ground: str, by: Actor) -> Petition:
    """The limit becomes that of a complex (especially complex) matter, with a written ground.

    Refused where the law has no such limit for the kind, and once it is reached.
    """
    order = [c.value for c in Petition.Complexity]
    allowed = order[1:] if petition.kind == Kind.DENUNCIATION else order[1:2]
    if petition.kind in (Kind.PROPOSAL, Kind.PROCEDURE) or complexity not in allowed:
        raise Refused(refuse(_("Loại đơn này không có mức gia hạn như vậy.")))
    if order.index(complexity) <= order.index(petition.complexity):
        raise Refused(refuse(_("Thời hạn đã tính theo mức này rồi.")))
    if order.index(complexity) > order.index(petition.complexity) + 1:
        raise Refused(refuse(_("Gia hạn từng lần: vụ việc phức tạp trước, đặc biệt phức tạp sau.")))
    before = petition.settle_due_on
    ground = needed(ground, _("Ghi căn cứ gia hạn bằng văn bản."))
    petition.complexity = complexity
    keep(petition, "extended", by=by, said=ground, trait=complexity, before=before)
    return petition


@action("petitions.petition.pause", may=rules.may_change_clock, says=gettext_lazy("tạm đình chỉ"))
def pause(petition: Petition, *, ground: str, until: dt.date, by: Actor) -> Petition:
    """From today to the end of ``until`` the days of the settlement are not counted."""
    today = clock.today()
    if until < today:
        raise Refused(refuse(_("Ngày kết thúc tạm đình chỉ không được trước hôm nay.")))
    if petition.paused_until and petition.paused_until >= today:
        told = {"day": written.day(petition.paused_until)}
        raise Refused(refuse(_("Đang tạm đình chỉ đến hết ngày %(day)s.") % told))
    ground = needed(ground, _("Ghi căn cứ tạm đình chỉ."))
    keep(petition, "paused", by=by, said=ground, until=until)
    return petition


@action("petitions.petition.resume", may=rules.may_resume, says=gettext_lazy("tiếp tục giải quyết"))
def resume(petition: Petition, *, note: str = "", by: Actor) -> Petition:
    """From today the days count again."""
    keep(petition, "resumed", by=by, said=note)
    return petition


@action("petitions.petition.mark", may=rules.may_mark, says=gettext_lazy("ghi một việc đã làm"))
def mark(
    petition: Petition, *, step: str, on: dt.date | None = None, note: str = "", by: Actor
) -> Petition:
    """Notes a duty of the law as done ("đã gửi quyết định"); only one that runs now."""
    running = {
        stage.marker
        for stage in stages.STAGES
        if stage.marker and stage.code in {due.stage for due in dues_of(petition)}
    }
    if step not in running:
        raise Refused(refuse(_("Việc này không đang chờ thực hiện.")))
    keep(petition, step, on=on, by=by, said=note)
    return petition


@action(
    "petitions.petition.withdraw", may=rules.may_withdraw, says=gettext_lazy("ghi việc rút đơn")
)
def withdraw(petition: Petition, *, ground: str, by: Actor) -> Petition:
    """The sender takes it back in writing; a denunciation may be gone on with all the same."""
    petition.state, petition.closed_on = State.WITHDRAWN, clock.today()
    keep(petition, "withdrawn", by=by, said=needed(ground, _("Ghi văn bản rút đơn của người gửi.")))
    return petition


@action("petitions.petition.attach", may=rules.may_mark, says=gettext_lazy("thêm tài liệu"))
def attach(petition: Petition, *, files: Sequence[UploadedFile], about: str, by: Actor) -> Petition:
    """Papers made in handling it. Into a denunciation goes only what does not tell its sender."""
    if not files:
        raise Refused(refuse(_("Chưa chọn tệp.")))
    add_papers(petition, files, about.strip()[:200], by)
    concerns = None if petition.confidential else petition.holder_id
    record(petition, concerns=concerns, records=len(files))
    return petition


def needed(text: str, told: str) -> str:
    """The words, stripped; Refused with ``told`` when there are none."""
    if not text.strip():
        raise Refused(refuse(told))
    return text.strip()


def _answered(petition: Petition, answer: str) -> None:
    petition.answer, petition.answered_on = answer, clock.today()
    petition.closed_on = clock.today()
