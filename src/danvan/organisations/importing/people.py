"""The table of people in their posts: who is new, who changes post, who is there already."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.access import Actor
from danvan.kernel.actions import record
from danvan.kernel.imports import Column, Row, Table, Touches, Verdict, cells
from danvan.organisations import rules
from danvan.organisations.finding import UnitFinder
from danvan.organisations.models import Person, Post, Unit
from vanban.text import search_key, sort_key, squeeze

CODE = "organisations.people"
ONE_DAY = dt.timedelta(days=1)
_RANKS = {str(rank.label): rank.value for rank in Post.Rank}


@dataclass(slots=True)
class Plan:
    """One row settled: the person and the post it speaks of, as far as they are known."""

    unit: int
    person: Person | None = None
    same: Post | None = None
    running: Post | None = None
    warnings: list[str] = field(default_factory=list)


class Staff:
    """Everybody now or once in post in the units of a table: two queries."""

    def __init__(self, units: Iterable[int], codes: Iterable[str]) -> None:
        self.posts: dict[tuple[int, str], list[Post]] = defaultdict(list)
        self.heads: dict[int, list[Post]] = defaultdict(list)
        self.by_code: dict[str, Person] = {}
        self._in: dict[tuple[int, int], list[Post]] = defaultdict(list)
        for post in Post.objects.filter(unit__in=set(units)).select_related("person"):
            self.posts[post.unit_id, search_key(post.person.name)].append(post)
            self._in[post.unit_id, post.person_id].append(post)
            if post.rank == Post.Rank.HEAD:
                self.heads[post.unit_id].append(post)
        for person in Person.objects.filter(code__in=set(codes)):
            self.by_code[person.code] = person

    def person(self, row: Row, unit: int) -> Person | None:
        """By the staff code, else by name among the unit's people. Raises ValueError if two."""
        if row["code"] and row["code"] in self.by_code:
            return self.by_code[row["code"]]
        named = {p.person_id: p.person for p in self.posts[unit, search_key(row["name"])]}
        fits = [p for p in named.values() if not row["code"] or not p.code]
        if len(fits) > 1:
            raise ValueError(_("đơn vị có nhiều người trùng tên này; ghi số hiệu"))
        return fits[0] if fits else None

    def plan(self, row: Row, unit: int) -> Plan:
        plan = Plan(unit, self.person(row, unit))
        start = row["valid_from"]
        posts = self._in[unit, plan.person.pk] if plan.person else []
        plan.same = next((p for p in posts if p.valid_from == start), None)
        if plan.same is None:
            held = [p for p in posts if p.holds_on(start)]
            plan.running = next(iter(held), None)
            if plan.running and (plan.running.title, plan.running.rank) == _post(row)[:2]:
                plan.same, plan.running = plan.running, None
        if row["rank"] == Post.Rank.HEAD:
            others = [h for h in self.heads[unit] if h.holds_on(start)
                      and (plan.person is None or h.person_id != plan.person.pk)]  # fmt: skip
            plan.warnings += [
                _("đơn vị đã có người đứng đầu: %(name)s") % {"name": h.person.name} for h in others
            ]
        return plan


def judge(rows: Sequence[Row], _actor: Actor) -> list[Verdict]:
    """Five queries for all rows."""
    found, told = _units(rows)
    staff = Staff(found.values(), [r["code"] for r in rows if r["code"]])
    seen: dict[object, int] = {}
    for row in rows:
        if row.number in told:
            continue
        who = row["code"] or search_key(row["name"])
        first = seen.setdefault((who, found[row.number], row["valid_from"]), row.number)
        told[row.number] = (
            _will(row, staff, found[row.number])
            if first == row.number
            else Verdict.error("name", _("đã ghi ở dòng %(n)d") % {"n": first})
        )
    return [told[row.number] for row in rows]


def _units(rows: Sequence[Row]) -> tuple[dict[int, int], dict[int, Verdict]]:
    finder, found, told = UnitFinder(), {}, {}
    for row in rows:
        if row["valid_to"] and row["valid_to"] < row["valid_from"]:
            told[row.number] = Verdict.error("valid_to", _("trước ngày bắt đầu"))
            continue
        try:
            found[row.number] = finder.find(row["unit"], row["valid_from"])
        except ValueError as error:
            told[row.number] = Verdict.error("unit", error)
    return found, told


def _will(row: Row, staff: Staff, unit: int) -> Verdict:
    try:
        plan = staff.plan(row, unit)
    except ValueError as error:
        return Verdict.error("name", error)
    if plan.person and row["code"] and search_key(plan.person.name) != search_key(row["name"]):
        told = {"code": row["code"], "name": plan.person.name}
        return Verdict.error("code", _("số hiệu %(code)s là của %(name)s") % told)
    coded = plan.person is not None and bool(row["code"]) and plan.person.code != row["code"]
    title, rank, end = _post(row)
    if plan.same:
        post = plan.same
        differs = (post.title, post.rank, post.valid_to) != (title, rank, end or post.valid_to)
        if not differs and not coded:
            return Verdict.same(warnings=plan.warnings)
        return Verdict.changed(_told(post.title, title, end), plan.warnings)
    if plan.running:
        return Verdict.changed(_told(plan.running.title, title, end), plan.warnings)
    says = _("thêm chức vụ") if plan.person else _("thêm người")
    return Verdict.new(says, plan.warnings)


def _told(before: str, after: str, end: dt.date | None) -> str:
    said = f"{before} → {after}" if before != after else before
    return said + (_("; đến hết %(day)s") % {"day": f"{end:%d/%m/%Y}"} if end else "")


def _post(row: Row) -> tuple[str, str, dt.date | None]:
    return squeeze(row["title"]), row["rank"] or Post.Rank.OFFICER, row["valid_to"]


def write(rows: Sequence[Row], touches: Touches, by: Actor) -> None:
    """New people and posts in bulk; a post that another follows ends the day before."""
    found, _wrong = _units(rows)
    staff = Staff(found.values(), [r["code"] for r in rows if r["code"]])
    plans = {row.number: staff.plan(row, found[row.number]) for row in rows}
    made: dict[object, Person] = {}
    for row in rows:
        plan = plans[row.number]
        if plan.person is None:
            who = row["code"] or (search_key(row["name"]), plan.unit)
            plan.person = made.setdefault(who, _person(row))
    touches.create(list(made.values()))
    coded = [p for row in rows if (p := _coded(plans[row.number].person, row))]
    touches.update(coded, ["code"])
    ended, changed, new = [], [], []
    for row in rows:
        plan, (title, rank, end) = plans[row.number], _post(row)
        if plan.same:
            plan.same.title, plan.same.rank = title, rank
            plan.same.valid_to = end or plan.same.valid_to
            changed.append(plan.same)
            continue
        if plan.running:
            plan.running.valid_to = row["valid_from"] - ONE_DAY
            ended.append(plan.running)
        new.append(
            Post(person=plan.person, unit_id=plan.unit, title=title, rank=rank,
                 valid_from=row["valid_from"], valid_to=end)
        )  # fmt: skip
    touches.update(ended, ["valid_to"])
    touches.update(changed, ["title", "rank", "valid_to"])
    touches.create(new)
    for unit in Unit.objects.filter(pk__in=set(found.values())):
        mine = [n for n, pk in found.items() if pk == unit.pk]
        record(unit, concerns=unit.pk, people=len(mine))


def _coded(person: Person | None, row: Row) -> Person | None:
    """The person, if the table tells their staff code for the first time."""
    if person is None or not row["code"] or person.code == row["code"]:
        return None
    person.code = row["code"]
    return person


def _person(row: Row) -> Person:
    name = squeeze(row["name"])
    return Person(name=name, sort_key=sort_key(name), code=row["code"] or "")


TABLE = Table(
    code=CODE,
    label=gettext_lazy("Người và chức vụ"),
    about=gettext_lazy(
        "Mỗi dòng một người giữ một chức vụ ở một đơn vị từ một ngày. Chức vụ mới ở cùng đơn vị "
        "nối tiếp chức vụ cũ; không tạo tài khoản đăng nhập."
    ),
    columns=(
        Column("code", gettext_lazy("Số hiệu"), example="001", parse=cells.text_of(40),
               note=gettext_lazy("Số hiệu công chức, nếu có; phân biệt người trùng tên.")),
        Column("name", gettext_lazy("Họ và tên"), required=True, example="Nguyễn Văn An",
               parse=cells.text_of(120)),
        Column("unit", gettext_lazy("Đơn vị"), required=True, example="UBND Phường 4",
               note=gettext_lazy("Tên, tên ngắn, mã chính thức hoặc khóa của đơn vị.")),
        Column("title", gettext_lazy("Chức vụ"), required=True, example="Chuyên viên",
               parse=cells.text_of(120)),
        Column("rank", gettext_lazy("Vị trí"), example="công chức, viên chức",
               parse=cells.choice(_RANKS),
               note=gettext_lazy("Để trống: công chức, viên chức.")),
        Column("valid_from", gettext_lazy("Từ ngày"), required=True, example="01/07/2025",
               parse=cells.day),
        Column("valid_to", gettext_lazy("Đến hết ngày"), parse=cells.day),
    ),
    may=lambda actor: rules.may_keep_units(actor, None),
    judge=judge,
    write=write,
    # One person's row needs no other's: two hundred faults do not hold up 4 800 people.
    parts=True,
)  # fmt: skip
