"""Registrations sent as a table: one row per model, with every mandatory entry.

A unit sends its own; the programme office may type what units sent on paper. Only new models
are taken in: one that is registered already is changed on its own page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.rules import ACTS_FOR
from danvan.emulation.actions.exemplars import ENTRIES, lacking
from danvan.emulation.models import Exemplar
from danvan.emulation.models.exemplars import HOUSEHOLDS, MANDATORY
from danvan.emulation.queries import ENDED
from danvan.kernel import clock
from danvan.kernel.access import ALLOWED, Actor, Decision, refuse
from danvan.kernel.actions import record
from danvan.kernel.imports import Column, Row, Table, Touches, Verdict, cells, register
from danvan.organisations import roles
from danvan.organisations.finding import UnitFinder
from danvan.organisations.queries import bodies_on, versions_on
from vanban.text import search_key

EXAMPLES = {
    "name": "Tuyến hẻm tự quản không rác",
    "goals": "100 % hộ ký cam kết trước 30/9",
    "outputs": "Bản cam kết, ảnh trước và sau",
}
Key = tuple[int, int, str]


def _may(actor: Actor) -> Decision:
    if actor.scopes(*ACTS_FOR, roles.PROGRAMME_OFFICE):
        return ALLOWED
    return refuse(_("Chỉ người làm thay đơn vị hoặc cơ quan thường trực mới nhập mô hình."))


class _Places:
    """Which unit a cell means, before which body it registers, who may: four queries."""

    def __init__(self, actor: Actor) -> None:
        day = clock.today()
        self.finder, self.day, self.bodies = UnitFinder(), day, bodies_on(day)
        self.parents = dict(versions_on(day).values_list("unit", "parent"))
        self.own = actor.scopes(*ACTS_FOR)
        self.kept = actor.scopes(roles.PROGRAMME_OFFICE)

    def find(self, row: Row) -> tuple[int, int]:
        """(unit, body). Raises ValueError."""
        unit = self.finder.find(row["unit"], self.day)
        near = [b for b in (self.parents.get(unit), unit) if b in self.bodies]
        bodies = near or list(self.bodies)
        if len(bodies) != 1:
            raise ValueError(_("đăng ký được với nhiều cơ quan: đăng ký tại trang Dân vận khéo"))
        if unit not in self.own and bodies[0] not in self.kept:
            raise ValueError(_("bạn không làm thay đơn vị này"))
        return unit, bodies[0]


def judge(rows: Sequence[Row], actor: Actor) -> list[Verdict]:
    """Five queries for all rows."""
    places = _Places(actor)
    years = {row["year"] for row in rows}
    kept = {
        (e.unit_id, e.year, e.search_key): e
        for e in Exemplar.objects.filter(year__in=years).exclude(state__in=ENDED)
    }
    seen: dict[Key, int] = {}
    return [_judged(row, places, kept, seen) for row in rows]


def _judged(row: Row, places: _Places, kept: dict[Key, Exemplar], seen: dict[Key, int]) -> Verdict:
    try:
        unit, body = places.find(row)
    except ValueError as why:
        return Verdict.error("unit", why)
    if not 2009 <= row["year"] <= 2200:
        return Verdict.error("year", _("năm %d nằm ngoài khoảng 2009–2200") % row["year"])
    exemplar = _made(row, unit, body)
    if wrong := lacking(exemplar):
        return Verdict.error("name", wrong)
    key = (unit, exemplar.year, exemplar.search_key)
    if (before := seen.setdefault(key, row.number)) != row.number:
        return Verdict.error("name", _("trùng với dòng %d") % before)
    if (known := kept.get(key)) is None:
        return Verdict.new(f"{places.finder.names[unit]}: {exemplar.name}")
    if all(getattr(known, n) == getattr(exemplar, n) for n in ENTRIES):
        return Verdict.same()
    return Verdict.error("name", _("đã đăng ký mà ghi khác; muốn sửa thì sửa ở trang mô hình"))


def write(rows: Sequence[Row], touches: Touches, by: Actor) -> None:
    """Every model in bulk; each unit reads its own in the history."""
    places = _Places(by)
    fresh = [_made(row, *places.find(row), by=by) for row in rows]
    made: list[Any] = list(touches.create(fresh))
    for exemplar in made:
        record(exemplar, concerns=exemplar.unit_id, name=exemplar.name, year=exemplar.year)


def _made(row: Row, unit: int, body: int, by: Actor | None = None) -> Exemplar:
    exemplar = Exemplar(
        unit_id=unit, body_id=body, year=row["year"], registered_at=clock.now(),
        registered_by_id=by.id if by else None,
    )  # fmt: skip
    for name in ENTRIES:
        value = row[name]
        if value is not None:
            setattr(exemplar, name, value.strip() if isinstance(value, str) else value)
    if exemplar.kind != Exemplar.Kind.INDIVIDUAL:
        exemplar.person_name = ""
    exemplar.search_key = search_key(exemplar.name)[:300]
    return exemplar


def _count(cell: Any) -> int:
    found = cells.whole(cell)
    if not 0 <= found <= 9_999_999:
        raise ValueError(_("ghi một số từ 0 trở lên"))
    return found


def _label(name: str) -> Any:
    return Exemplar._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def _column(name: str, parse: Any, required: bool = False, example: str = "") -> Column:
    return Column(name, _label(name), required=required, example=example, parse=parse)


def _choice(name: str, choices: Any) -> Column:
    labels = {str(label): value for value, label in choices}
    return _column(name, cells.choice(labels), True, next(iter(labels)))


def table() -> Table:
    """Built when the project is ready: the words of choices come from the models."""
    day = dt.date(2023, 4, 1)
    return Table(
        code="emulation.exemplars",
        label=gettext_lazy("Mô hình “Dân vận khéo” đăng ký"),
        about=gettext_lazy(
            "Mỗi dòng là một mô hình, ghi đủ mười mục của phiếu đăng ký. Mô hình đã đăng ký mà "
            "ghi khác thì sửa ở trang của mô hình."
        ),
        columns=(
            Column("unit", gettext_lazy("Đơn vị"), required=True, example="UBND Phường 1"),
            Column("year", gettext_lazy("Năm"), required=True, example="2023", parse=cells.whole),
            _column("name", cells.text_of(200), True, EXAMPLES["name"]),
            _choice("field", Exemplar.Field.choices),
            _choice("kind", Exemplar.Kind.choices),
            _column("person_name", cells.text_of(120)),
            _choice("since", Exemplar.Since.choices),
            _column("starts_on", cells.day, True, f"{day:%d/%m/%Y}"),
            _column("assess_on", cells.day, True, "30/09/2023"),
            *(_column(n, cells.text_of(2000), True, EXAMPLES.get(n, "…")) for n in MANDATORY[1:]),
            _column("minority_area", cells.yes_no, example="Không"),
            _column("religious_area", cells.yes_no, example="Có"),
            *(_column(n, _count) for n in HOUSEHOLDS),
        ),
        may=_may,
        judge=judge,
        write=write,
        own_only=True,
    )


def offer() -> None:
    register(table())
