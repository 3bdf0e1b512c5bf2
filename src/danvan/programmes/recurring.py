"""Recurring deadlines: the rule behind the words, told in words, and the days it comes to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from danvan.kernel.calendar import Calendar

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One day a rule comes to, the period it is about, and the reason where it is a day off."""

    on: dt.date
    label: str
    why_off: str = ""


def rule_of(written: str) -> Json | None:
    """The rule that such words set ("trước ngày 15 hằng tháng"), or None."""
    rules = _rules()
    if rules is None or not written.strip():
        return None
    found = rules.due_rule(written)
    if found is None or found.kind == "fixed":
        return None
    return dict(found.as_data())


def in_words(rule: Json | None) -> str:
    """The rule as a person says it, or ""."""
    rules = _rules()
    if not rule or rules is None:
        return ""
    return str(rules.DueRule.from_data(rule).in_words())


def days(
    rule: Json | None, year: int, calendar: Calendar, since: dt.date | None = None
) -> list[Occurrence]:
    """The days of the year on which it is due, each with why it is a day off, if it is."""
    rules = _rules()
    if not rule or rules is None:
        return []
    start, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
    read = rules.DueRule.from_data(rule)
    found = rules.resolve(read, calendar, max(start, since or start), end, after=since)
    return [Occurrence(due.on, due.label, calendar.why_off(due.on)) for due in found]


@lru_cache(maxsize=1)
def _rules() -> Any:
    """The compiler's rules of recurrence; None where it has none."""
    try:
        from vanban import due_rules
    except ImportError:
        return None
    return due_rules
