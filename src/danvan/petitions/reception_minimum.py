"""How many days a head must receive citizens: the law's rows of that date, read from the table.

A week or a month is one slot. A slot counts when it is over: a year half gone is judged by its
first half. A week without a working day (Tết) asks for nothing. What is not held by the head in
person fills no slot, and more than the minimum in one slot fills no other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from danvan.kernel.calendar import ONE_DAY, Calendar
from danvan.organisations.models import UnitKind, UnitVersion
from danvan.petitions import deadlines
from danvan.petitions.deadlines import Rule

# Which rows bind the head of which kind of body.
_PREFIX: dict[str, str] = {
    UnitKind.WARD: "TD-FREQ-XA",
    UnitKind.COMMUNE: "TD-FREQ-XA",
    UnitKind.DEPARTMENT: "TD-FREQ-HEAD",
    UnitKind.SERVICE: "TD-FREQ-UNIT",
}
WEEKLY = "day_per_week"
POSTING = "TD-SCHEDULE"
# From this row on the head may not let a deputy receive instead (note of the row, level C).
IN_PERSON = "TD-FREQ-XA-NEW"


@dataclass(frozen=True, slots=True)
class Slot:
    """One week or month of a rule, cut to the days it holds: how many days of the head's."""

    rule: Rule
    start: dt.date
    end: dt.date
    needed: int


@dataclass(frozen=True, slots=True)
class Held:
    """Days of the head's against the minimum, slot by slot."""

    slots: tuple[Slot, ...]
    filled: int
    needed: int
    missed: tuple[Slot, ...]


def prefix_of(version: UnitVersion) -> str:
    """The rows for this body; "" where the law names none. A committee is a province's or was
    a district's."""
    if version.kind == UnitKind.COMMITTEE:
        return "TD-FREQ-TINH" if "tỉnh" in version.name.lower() else "TD-FREQ-HUYEN"
    return _PREFIX.get(version.kind, "")


def rules_of(version: UnitVersion) -> list[Rule]:
    prefix = prefix_of(version)
    return [r for r in deadlines.shipped() if prefix and r.code.startswith(prefix)]


def rule_on(versions: Iterable[UnitVersion], day: dt.date) -> Rule | None:
    """The minimum that binds the head that day."""
    for version in versions:
        if version.holds_on(day):
            return next((r for r in rules_of(version) if r.holds_on(day)), None)
    return None


def posting_rule(day: dt.date) -> Rule | None:
    return next((r for r in deadlines.shipped() if r.code == POSTING and r.holds_on(day)), None)


def last_posting_day(on: dt.date, calendar: Calendar) -> dt.date | None:
    """The last day on which the schedule of ``on`` could be posted in time."""
    rule = posting_rule(on)
    return last_day_before(on, rule.value, calendar) if rule and rule.value else None


def last_day_before(on: dt.date, working_days: int, calendar: Calendar) -> dt.date:
    """The last day that leaves ``working_days`` between itself and ``on``."""
    day, left = on, working_days
    while left:
        left -= calendar.is_working_day(day)
        day -= ONE_DAY
    return day


def in_person_rule(versions: Iterable[UnitVersion], day: dt.date) -> Rule | None:
    """The row by which nobody may receive in the head's place that day, if there is one."""
    rule = rule_on(versions, day)
    return rule if rule is not None and rule.code == IN_PERSON else None


def slots(
    versions: Iterable[UnitVersion], start: dt.date, end: dt.date, calendar: Calendar
) -> Iterator[Slot]:
    """Every slot that begins on or after ``start`` and is over by ``end``."""
    for version in versions:
        for rule in rules_of(version):
            first = max(start, version.valid_from, rule.since)
            last = min(end, version.valid_to or end, rule.until or end)
            yield from _of_rule(rule, first, last, calendar)


def held(found: Sequence[Slot], days: Collection[dt.date]) -> Held:
    """How the head's own days fill the slots."""
    filled, missed = 0, []
    for slot in found:
        done = min(slot.needed, sum(slot.start <= d <= slot.end for d in days))
        filled += done
        if done < slot.needed:
            missed.append(slot)
    return Held(tuple(found), filled, sum(s.needed for s in found), tuple(missed))


def _of_rule(rule: Rule, first: dt.date, last: dt.date, calendar: Calendar) -> Iterator[Slot]:
    start = first
    while start <= last:
        end = _end_of_slot(rule, start)
        whole = start == _start_of_slot(rule, start)
        if end <= last and whole:
            working = _working_days(start, end, calendar)
            if needed := min(rule.value or 0, working):
                yield Slot(rule, start, end, needed)
        start = end + ONE_DAY


def _start_of_slot(rule: Rule, day: dt.date) -> dt.date:
    if rule.unit == WEEKLY:
        return day - day.weekday() * ONE_DAY
    return day.replace(day=1)


def _end_of_slot(rule: Rule, day: dt.date) -> dt.date:
    if rule.unit == WEEKLY:
        return day + (6 - day.weekday()) * ONE_DAY
    return (day.replace(day=1) + 32 * ONE_DAY).replace(day=1) - ONE_DAY


def _working_days(start: dt.date, end: dt.date, calendar: Calendar) -> int:
    days = (start + n * ONE_DAY for n in range((end - start).days + 1))
    return sum(calendar.is_working_day(day) for day in days)
