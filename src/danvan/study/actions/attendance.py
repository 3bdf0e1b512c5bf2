"""Counting who came. Nobody twice: the database would refuse it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.study import learners, roster, rules
from danvan.study.models import Attendance, Enrolment, Learner, StudySession
from danvan.ui import written


@action("study.attendance.check_in", may=rules.may_check_in, says=gettext_lazy("điểm danh"))
def check_in(session: StudySession, *, learner: Learner, device: str, by: Actor) -> Attendance:
    """One person by one code on one phone. ``device``: digest of the phone's mark.

    Refused, and told, if the person is counted already or the phone stood for somebody else.
    """
    before = session.attendances.filter(learner=learner).first()
    if before:
        when = written.moment(before.at)
        raise Refused(already(_("Mã này đã được điểm danh buổi này lúc %s.") % when))
    if device and session.attendances.filter(device=device).exists():
        raise Refused(
            refuse(
                _("Máy này đã điểm danh cho người khác trong buổi này. Không có điện thoại riêng "
                  "thì báo người tổ chức để ghi vào danh sách.")
            )
        )  # fmt: skip
    unit = roster.unit_of(learner.person_id or 0, clock.local_day(session.starts_at))
    if unit is None:
        raise Refused(refuse(_("Mã này của người không giữ chức vụ nào vào ngày học.")))
    row = Attendance.objects.create(
        session=session, learner=learner, unit_id=unit, way=Attendance.Way.QR, at=clock.now(),
        device=device,
    )  # fmt: skip
    record(row, concerns=unit)
    return row


@action(
    "study.attendance.list",
    may=rules.may_list,
    says=gettext_lazy("ghi người dự theo danh sách"),
)
def write_down(
    session: StudySession,
    *,
    people: Mapping[int, int] | None = None,
    enrolments: Collection[int] = (),
    by: Actor,
) -> int:
    """Who came, as the signed list says: person → unit, and enrolled people without a post.

    Whoever is counted already stays as they are. Returns how many are new.
    """
    wanted = dict(people or {})
    known = learners.of(wanted)
    counted = set(session.attendances.values_list("learner_id", flat=True))
    guests = set(session.attendances.values_list("enrolment_id", flat=True))
    rows = [
        _row(session, unit, learner=known[person])
        for person, unit in wanted.items()
        if known[person].pk not in counted
    ]
    for enrolment in Enrolment.objects.filter(
        pk__in=enrolments, training_class=session.training_class_id, learner=None
    ):
        if enrolment.pk not in guests:
            rows.append(_row(session, enrolment.unit_id, enrolment=enrolment))
    if not rows:
        raise Refused(already(_("Những người đã chọn đều được ghi rồi; không có gì thêm.")))
    Attendance.objects.bulk_create(rows, batch_size=400)
    for unit in {row.unit_id for row in rows}:
        here = sum(row.unit_id == unit for row in rows)
        record(session, concerns=unit, people=here)
    return len(rows)


def _row(session: StudySession, unit: int, **whom: Learner | Enrolment) -> Attendance:
    return Attendance(
        session=session, unit_id=unit, way=Attendance.Way.TYPED, at=clock.now(), **whom
    )


@action("study.attendance.strike", may=rules.may_list, says=gettext_lazy("gạch người ghi nhầm"))
def strike(session: StudySession, *, attendance: int, reason: str, by: Actor) -> None:
    """Takes off somebody written down by mistake. Who checked in by code is not struck."""
    row = session.attendances.filter(pk=attendance).first()
    if row is None:
        raise Refused(already(_("Người này không còn trong danh sách dự.")))
    if row.way == Attendance.Way.QR:
        raise Refused(refuse(_("Người này tự điểm danh bằng mã cá nhân nên không gạch được.")))
    if not reason.strip():
        raise Refused(refuse(_("Ghi lý do gạch tên.")))
    record(session, concerns=row.unit_id, reason=reason.strip(), people=1)
    row.delete()
