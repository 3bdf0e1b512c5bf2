"""Verbs over a kernel record, for the tests of the decorator.

They are taken out of the registry again: it speaks of the product's verbs only.
"""

from __future__ import annotations

from danvan.kernel.access import ALLOWED, Actor, Decision, Hold, already, refuse
from danvan.kernel.actions import REGISTRY, action, record
from danvan.kernel.models import CalendarDay

KEEPER = Actor(7, "Người giữ", frozenset({Hold("keeper", 1)}))
STRANGER = Actor(8, "Người lạ")


def may_keep(actor: Actor, day: CalendarDay) -> Decision:
    if day.note == "khóa":
        return already("Ngày này đã khóa.")
    return ALLOWED if actor.has("keeper", 1) else refuse("Chỉ người giữ lịch mới sửa.")


@action("kernel_test.day.note", may=may_keep, says="ghi chú")
def annotate(day: CalendarDay, text: str, *, by: Actor) -> CalendarDay:
    before, day.note = day.note, text
    day.save()
    record(day, concerns=1, note=[before, text])
    return day


@action("kernel_test.day.silent", may=may_keep, says="im lặng")
def silent(day: CalendarDay, *, by: Actor) -> None:
    day.note = "không ai biết"
    day.save()


@action("kernel_test.day.twice", may=may_keep, says="ghi hai lần")
def twice(day: CalendarDay, *, inner_by: Actor | None = None, by: Actor) -> None:
    annotate(day, "một", by=inner_by or by)
    day.basis = "hai"
    day.save()
    record(day, concerns=1, basis=["", "hai"])


@action("kernel_test.day.broken", may=may_keep, says="hỏng giữa chừng")
def broken(day: CalendarDay, *, by: Actor) -> None:
    day.note = "dở dang"
    day.save()
    record(day, note="dở dang")
    raise RuntimeError("giữa chừng")


for _verb in (annotate, silent, twice, broken):
    del REGISTRY[_verb.action.code]
