"""Answering the checklist; the regulation in force; the staff conference."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy.actions.supervision import needed, not_future
from danvan.democracy.committees import committee_of
from danvan.democracy.models import CheckAnswer, CheckItem, Regulation, StaffConference
from danvan.democracy.rules import checks as rules
from danvan.kernel import clock, files
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Unit
from danvan.organisations.queries import person_of

Answer = CheckAnswer.Answer


@action("democracy.check.answer", may=rules.may_keep, says=gettext_lazy("trả lời mục kiểm dân chủ"))
def answer(
    unit: Unit,
    *,
    item: CheckItem,
    year: int,
    said: str,
    reason: str = "",
    proof: str = "",
    file: UploadedFile | None = None,
    by: Actor,
) -> CheckAnswer:
    """What the unit says of one item in a year. "Done" needs a proof, anything else a reason.

    A file given before stays the proof until another one comes.
    """
    if said not in Answer.values:
        raise Refused(refuse(_("Chọn đã thực hiện, chưa thực hiện hoặc không phát sinh.")))
    known = CheckAnswer.objects.filter(unit=unit, item=item, year=year).first()
    row = known or CheckAnswer(unit=unit, item=item, year=year)
    before = row.get_answer_display() if known else None
    if file is not None:
        row.file, row.file_name = files.store(file), file.name or "minh-chung"
    if said == Answer.DONE and not proof.strip() and row.file_id is None:
        raise Refused(refuse(_("Đã thực hiện thì phải ghi văn bản hoặc gửi tệp chứng minh.")))
    if said != Answer.DONE and not reason.strip():
        raise Refused(refuse(_("Chưa thực hiện hoặc không phát sinh thì phải ghi lý do.")))
    row.body, row.answer = committee_of(unit, clock.today()), said
    row.reason, row.proof = reason.strip(), proof.strip()
    row.answered_at, row.answered_by = clock.now(), person_of(by)
    row.save()
    record(row, concerns=unit.pk, title=item.text[:120], year=year, reason=row.reason,
           result=[before, row.get_answer_display()], file=row.file_name)  # fmt: skip
    return row


@action(
    "democracy.regulation.add",
    may=rules.may_keep,
    says=gettext_lazy("ghi quy chế, quy tắc đang áp dụng"),
)
def add_regulation(
    unit: Unit, *, kind: str, document: str, valid_from: dt.date, by: Actor
) -> Regulation:
    """A rule of the unit in force from a day on; the one of its kind before it ends the day
    before, replaced."""
    document = needed(document, _("văn bản ban hành"))
    before = Regulation.objects.filter(unit=unit, kind=kind, valid_to__isnull=True).first()
    if before and before.valid_from >= valid_from:
        raise Refused(already(_("Đã có văn bản áp dụng từ ngày này hoặc sau đó.")))
    if before:
        before.valid_to = valid_from - dt.timedelta(days=1)
        before.ended_why = _("Thay bằng %s") % document[:250]
        before.save()
    made = Regulation.objects.create(
        unit=unit, body=committee_of(unit, clock.today()), kind=kind, document=document,
        valid_from=valid_from,
    )  # fmt: skip
    record(made, concerns=unit.pk, kind=made.get_kind_display(), basis=document, since=valid_from)
    return made


@action("democracy.regulation.end", may=rules.may_end, says=gettext_lazy("ghi văn bản hết áp dụng"))
def end_regulation(regulation: Regulation, *, on: dt.date, why: str, by: Actor) -> Regulation:
    """``on`` is its last day."""
    if on < regulation.valid_from:
        raise Refused(refuse(_("Ngày hết áp dụng không trước ngày bắt đầu.")))
    regulation.valid_to, regulation.ended_why = on, needed(why, _("lý do"))
    regulation.save()
    record(regulation, concerns=regulation.unit_id, until=on, reason=regulation.ended_why)
    return regulation


@action(
    "democracy.conference.hold",
    may=rules.may_keep,
    says=gettext_lazy("ghi hội nghị cán bộ, công chức, viên chức, người lao động"),
)
def hold_conference(
    unit: Unit,
    *,
    year: int,
    held_on: dt.date,
    staff: int,
    summoned: int,
    attended: int,
    agreed: int,
    resolution: str,
    by: Actor,
) -> StaffConference:
    """The conference that closes a working year. Too late or without quorum is kept and said."""
    not_future(held_on)
    if not 1 <= summoned <= staff or not agreed <= attended <= summoned:
        raise Refused(refuse(_("Số tán thành ≤ số dự ≤ số triệu tập ≤ tổng số người.")))
    if held_on.year not in (year, year + 1):
        raise Refused(refuse(_("Hội nghị của một năm họp trong năm đó hoặc năm liền sau.")))
    if StaffConference.objects.filter(unit=unit, year=year).exists():
        raise Refused(already(_("Hội nghị của năm %d đã được ghi.") % year))
    made = StaffConference.objects.create(
        unit=unit, body=committee_of(unit, clock.today()), year=year, held_on=held_on,
        staff=staff, summoned=summoned, attended=attended, agreed=agreed,
        resolution=needed(resolution, _("nghị quyết")),
    )  # fmt: skip
    record(made, concerns=unit.pk, year=year, day=held_on, people=attended, basis=resolution)
    return made
