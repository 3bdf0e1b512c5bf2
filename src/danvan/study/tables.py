"""Who came to a session, sent as a table: one row per person, found by staff code or name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.rules import ACTS_FOR
from danvan.kernel import clock
from danvan.kernel.access import ALLOWED, Actor, Decision, refuse
from danvan.kernel.actions import record
from danvan.kernel.imports import Column, Row, Table, Touches, Verdict, cells, register
from danvan.organisations import roles
from danvan.organisations.finding import UnitFinder
from danvan.organisations.models import Post
from danvan.study import learners, rules
from danvan.study.models import Attendance, Learner, StudySession
from vanban.text import search_key


def _may(actor: Actor) -> Decision:
    if actor.scopes(roles.PROGRAMME_OFFICE, *ACTS_FOR):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực và người được giao của đơn vị mới nhập người dự."))


class Staff:
    """Everybody ever in post in the units of a table, by name and by code: one query."""

    def __init__(self, units: set[int]) -> None:
        self.named: dict[tuple[int, str], list[Post]] = defaultdict(list)
        for post in Post.objects.filter(unit__in=units).select_related("person"):
            self.named[post.unit_id, search_key(post.person.name)].append(post)

    def find(self, row: Row, unit: int, session: StudySession) -> int:
        """The person in post on the session's day. Raises ValueError (why not)."""
        day = clock.local_day(session.starts_at)
        posts = [p for p in self.named[unit, search_key(row["name"])] if p.holds_on(day)]
        if row["code"]:
            posts = [p for p in posts if p.person.code == row["code"]]
        people = {p.person_id for p in posts}
        if not people:
            raise ValueError(_("không có người này tại đơn vị vào ngày học"))
        if len(people) > 1:
            raise ValueError(_("đơn vị có nhiều người trùng tên này; ghi số hiệu"))
        return people.pop()


def judge(rows: Sequence[Row], actor: Actor) -> list[Verdict]:
    """Six queries and two per session, whatever the number of rows."""
    sessions = _sessions(rows)
    may = {pk: rules.may_list(actor, session) for pk, session in sessions.items()}
    finder = UnitFinder()
    units: dict[int, int] = {}
    told: dict[int, Verdict] = {}
    for row in rows:
        session = sessions.get(row["session"])
        if session is None:
            told[row.number] = Verdict.error("session", _("không có buổi học số này"))
        elif not may[session.pk]:
            told[row.number] = Verdict.error("session", may[session.pk].reason)
        else:
            try:
                units[row.number] = finder.find(row["unit"], clock.local_day(session.starts_at))
            except ValueError as why:
                told[row.number] = Verdict.error("unit", why)
    staff, counted = Staff(set(units.values())), _counted(sessions)
    seen: dict[tuple[int, int], int] = {}
    for row in rows:
        if row.number in told:
            continue
        try:
            person = staff.find(row, units[row.number], sessions[row["session"]])
        except ValueError as why:
            told[row.number] = Verdict.error("name", why)
            continue
        first = seen.setdefault((row["session"], person), row.number)
        if first != row.number:
            told[row.number] = Verdict.error("name", _("đã ghi ở dòng %d") % first)
        elif (row["session"], person) in counted:
            told[row.number] = Verdict.same()
        else:
            told[row.number] = Verdict.new(_("ghi có dự"))
    return [told[row.number] for row in rows]


def write(rows: Sequence[Row], touches: Touches, by: Actor) -> None:
    """One attendance per row, in bulk."""
    sessions, finder = _sessions(rows), UnitFinder()
    units = {
        row.number: finder.find(row["unit"], clock.local_day(sessions[row["session"]].starts_at))
        for row in rows
    }
    staff = Staff(set(units.values()))
    people = {
        row.number: staff.find(row, units[row.number], sessions[row["session"]]) for row in rows
    }
    known: dict[int, Learner] = learners.of(people.values())
    made: list[Any] = [
        Attendance(
            session=sessions[row["session"]], learner=known[people[row.number]],
            unit_id=units[row.number], way=Attendance.Way.IMPORTED, at=clock.now(),
        )
        for row in rows
    ]  # fmt: skip
    touches.create(made)
    for session, unit in {(row["session"], units[row.number]) for row in rows}:
        here = sum(r["session"] == session and units[r.number] == unit for r in rows)
        record(sessions[session], concerns=unit, people=here)


def _sessions(rows: Sequence[Row]) -> dict[int, StudySession]:
    found = StudySession.objects.filter(pk__in={row["session"] for row in rows})
    return {s.pk: s for s in found.select_related("campaign__body", "training_class__line__body")}


def _counted(sessions: dict[int, StudySession]) -> set[tuple[int, int]]:
    rows = Attendance.objects.filter(session__in=sessions, learner__person__isnull=False)
    return set(rows.values_list("session_id", "learner__person_id"))


ATTENDANCE = Table(
    code="study.attendance",
    label=gettext_lazy("Người dự buổi học"),
    about=gettext_lazy(
        "Mỗi dòng một người đã dự một buổi học; số của buổi học ghi ở trang của buổi đó. Người "
        "được tìm theo họ tên tại đơn vị vào ngày học; trùng tên thì ghi số hiệu."
    ),
    columns=(
        Column(
            "session", gettext_lazy("Số buổi học"), required=True, example="12", parse=cells.whole
        ),
        Column("unit", gettext_lazy("Đơn vị"), required=True, example="UBND Phường 1"),
        Column(
            "name", gettext_lazy("Họ và tên"), required=True, example="Nguyễn Văn An",
            parse=cells.text_of(120),
        ),
        Column("code", gettext_lazy("Số hiệu"), example="001", parse=cells.text_of(40)),
    ),
    may=_may,
    judge=judge,
    write=write,
    # Names of people: one unit's list is none of another's business.
    own_only=True,
)  # fmt: skip


def offer() -> None:
    """Puts the table on the pages of imports."""
    register(ATTENDANCE)
