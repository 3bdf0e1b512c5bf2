"""Due rules as data: from the words of a limit to a rule, from a rule to dates.

``due_rule`` reads a wording, ``resolve`` gives the days it comes to between two days. A day
that the words name is kept even where nobody works on it (the document names it); a period
counted in days starts the day after its first day and, where it ends on a day off, ends on
the next worked day (Bộ luật Dân sự 2015, Điều 147.2 and 148.5). Working days are the
caller's: any object with ``is_working_day(day)``.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, Protocol

from vanban import model
from vanban.dates import find_date

Kind = Literal[
    "fixed",  # one day: "chậm nhất ngày 04/4/2023"
    "monthly",  # "trước ngày 15 hằng tháng"
    "quarterly",  # "ngày 20 của tháng cuối quý"
    "halfyear",  # "6 tháng"
    "nine_months",  # "9 tháng"
    "yearly",  # "trước ngày 15/12 hằng năm"
    "month",  # one month: "trong tháng 11", "tháng 11/2023"
    "quarter",  # one quarter: "quý IV/2023"
    "after_days",  # "trong thời hạn 10 ngày kể từ ngày …"
    "after_working_days",  # "sau 05 ngày làm việc kể từ ngày …"
    "schedule",  # several of these: "6 tháng, 9 tháng và năm"
]
KINDS: tuple[str, ...] = Kind.__args__  # type: ignore[attr-defined]
ROMAN = ("I", "II", "III", "IV")
ONE_DAY = dt.timedelta(days=1)


class WorkingDays(Protocol):
    """What the caller knows of working days."""

    def is_working_day(self, day: dt.date) -> bool: ...


@dataclass(frozen=True, slots=True)
class Due:
    """One day something is due, and the period it is about (both days included)."""

    on: dt.date
    period_start: dt.date
    period_end: dt.date
    label: str


@dataclass(frozen=True, slots=True)
class DueRule:
    """A rule. Which fields count is said by ``kind``; the others stay None.

    ``day`` n of the month (None: its last day); ``month`` 1–12; ``number`` of the quarter;
    ``count`` of days; ``following``: the day lies in the month after the period ("ngày 05
    tháng sau"); ``parts`` of a schedule.
    """

    kind: Kind
    day: int | None = None
    month: int | None = None
    number: int | None = None
    year: int | None = None
    count: int | None = None
    following: bool = False
    parts: tuple[DueRule, ...] = field(default=())

    def __post_init__(self) -> None:
        """Refuses what no calendar has; ValueError names the field."""
        for name, least, most in (
            ("day", 1, 31), ("month", 1, 12), ("number", 1, 4), ("year", 1900, 2200),
            ("count", 1, 3650),
        ):  # fmt: skip
            value = getattr(self, name)
            if value is not None and not least <= value <= most:
                raise ValueError(f"{name}: {value} is outside {least}–{most}")
        needed = _NEEDED.get(self.kind)
        if self.kind not in KINDS or (needed and any(getattr(self, n) is None for n in needed)):
            raise ValueError(f"kind: {self.kind!r} needs {', '.join(needed or ())}")
        if (self.kind == "schedule") != bool(self.parts):
            raise ValueError("parts: belong to a schedule, and a schedule has some")
        if self.kind == "fixed":
            _date(self)

    def as_data(self) -> dict[str, Any]:
        """The rule as JSON values; fields that say nothing are left out."""
        found: dict[str, Any] = {"kind": self.kind}
        for one in fields(self)[1:-1]:
            if (value := getattr(self, one.name)) not in (None, False):
                found[one.name] = value
        if self.parts:
            found["parts"] = [part.as_data() for part in self.parts]
        return found

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> DueRule:
        """The rule of ``as_data``; ValueError where the values are none."""
        known = {one.name for one in fields(cls)}
        if not isinstance(data, Mapping) or set(data) - known or "kind" not in data:
            raise ValueError(f"not a due rule: {data!r}")
        parts = tuple(cls.from_data(part) for part in data.get("parts", ()))
        return cls(**{**data, "parts": parts})

    def in_words(self) -> str:
        """As a person says it."""
        return _SAID[self.kind](self)


_NEEDED: dict[str, tuple[str, ...]] = {
    "fixed": ("day", "month", "year"),
    "month": ("month",),
    "quarter": ("number",),
    "after_days": ("count",),
    "after_working_days": ("count",),
}


# --- from words --------------------------------------------------------------------------

_N = r"0?(\d{1,2})"
_EACH = r"h[àằ]ng|mỗi|từng"
# "ngày 15", "ngày 15/12", "ngày 20 của tháng cuối quý", "ngày 05 tháng sau", "ngày cuối"
_DAY_MONTH = re.compile(rf"{_N}\s?/\s?{_N}(?!\s?/?\s?\d)|{_N}\s+tháng\s+{_N}(?!\d)")
_DAY = re.compile(rf"ngày\s+(?:mùng\s+|mồng\s+)?{_N}(?!\s?[/.\d])", re.IGNORECASE)
_FOLLOWING = re.compile(r"tháng\s+(?:sau|tiếp\s+theo|liền\s+kề|đầu\s+quý\s+sau)", re.IGNORECASE)
_AFTER = re.compile(
    r"(\d{1,3})\s*(?:\([^)]*\)\s*)?ngày(\s+làm\s+việc)?(?:\s+k?ể?\s*từ|\s+sau\s+khi|\s+từ)",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"(?:trong\s+(?:thời\s+hạn|vòng)|sau)\s+(?:tối\s+đa\s+|không\s+quá\s+)?(\d{1,3})\s*"
    r"(?:\([^)]*\)\s*)?ngày(\s+làm\s+việc)?",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"qu[ýí]\s+(IV|I{1,3}|[1-4])(?:\s*[/\-]?\s*(?:năm\s+)?((?:19|20)\d{2}))?", re.IGNORECASE
)
_MONTH = re.compile(rf"tháng\s+{_N}(?:\s*(?:/|-|năm|,\s*năm)\s*((?:19|20)\d{{2}}))?", re.IGNORECASE)
_YEAR = re.compile(r"năm\s+((?:19|20)\d{2})", re.IGNORECASE)
_HALF = re.compile(r"0?6\s+tháng(?!\s+cuối)|sáu\s+tháng(?!\s+cuối)", re.IGNORECASE)
_NINE = re.compile(r"0?9\s+tháng|chín\s+tháng", re.IGNORECASE)
_SAYS_YEAR = re.compile(rf"(?:{_EACH})\s+năm|và\s+năm\b|cả\s+năm|,\s*năm\b|\(năm\)", re.IGNORECASE)
_SAYS_MONTH = re.compile(rf"(?:{_EACH})\s+tháng|định\s+kỳ\s+tháng", re.IGNORECASE)
_SAYS_QUARTER = re.compile(
    rf"(?:{_EACH})\s+quý|định\s+kỳ\s+quý|cuối\s+(?:mỗi\s+)?quý|,\s*quý\b(?!\s+[IV1-4])",
    re.IGNORECASE,
)


def due_rule(written: str) -> DueRule | None:
    """The rule such words set, or None where they set none ("thường xuyên", "theo yêu cầu").

    >>> due_rule("chậm nhất ngày 04/4/2023").as_data()
    {'kind': 'fixed', 'day': 4, 'month': 4, 'year': 2023}
    >>> due_rule("trước ngày 15 hằng tháng").as_data()
    {'kind': 'monthly', 'day': 15}
    >>> due_rule("ngày 20 của tháng cuối quý").as_data()
    {'kind': 'quarterly', 'day': 20}
    >>> due_rule("trước ngày 15/12 hằng năm").as_data()
    {'kind': 'yearly', 'day': 15, 'month': 12}
    >>> due_rule("quý IV/2023").as_data()
    {'kind': 'quarter', 'number': 4, 'year': 2023}
    >>> due_rule("trong tháng 11").as_data()
    {'kind': 'month', 'month': 11}
    >>> due_rule("sau 10 ngày làm việc kể từ ngày nhận được văn bản").as_data()
    {'kind': 'after_working_days', 'count': 10}
    >>> [p.kind for p in due_rule("định kỳ 6 tháng, 9 tháng và năm").parts]
    ['halfyear', 'nine_months', 'yearly']
    """
    text = " ".join(written.split())
    try:
        return _read(text)
    except ValueError:  # a scan gives "ngày 45 hằng tháng": no calendar has it
        return None


def rule_of(limit: model.Due) -> DueRule | None:
    """The rule of a limit the compiler found in a document; its day where it names one."""
    if limit.date is not None:
        day = limit.date
        return DueRule("fixed", day=day.day, month=day.month, year=day.year)
    return due_rule(limit.rule or limit.text)


def _read(text: str) -> DueRule | None:
    recurring = _recurring(text)
    if recurring is not None:
        return recurring
    if match := _AFTER.search(text) or _WITHIN.search(text):
        kind: Kind = "after_working_days" if match[2] else "after_days"
        return DueRule(kind, count=int(match[1]))
    if dated := find_date(text):
        if find_date(text, dated[2]) and not re.search(r"\btừ\b", text, re.IGNORECASE):
            return None  # several days of which no rule says which
        day = _last_date(text)
        return DueRule("fixed", day=day.day, month=day.month, year=day.year)
    if match := _QUARTER.search(text):
        number = ROMAN.index(match[1].upper()) + 1 if not match[1].isdecimal() else int(match[1])
        return DueRule("quarter", number=number, year=int(match[2]) if match[2] else None)
    if _HALF.search(text):
        return DueRule("halfyear", year=_year(text))
    if _NINE.search(text):
        return DueRule("nine_months", year=_year(text))
    if (match := _MONTH.search(text)) and not _DAY.search(text):
        return DueRule("month", month=int(match[1]), year=int(match[2]) if match[2] else None)
    if (year := _year(text)) and re.search(r"\btrong\b|\bcuối\b", text, re.IGNORECASE):
        return DueRule("yearly", year=year)
    return None


def _last_date(text: str) -> dt.date:
    """The end of "từ ngày … đến ngày …", else the only date."""
    found = find_date(text)
    assert found is not None
    while following := find_date(text, found[2]):
        found = following
    return found[0]


def _recurring(text: str) -> DueRule | None:
    """A rule that comes again, or several of them together."""
    yearly = [
        DueRule("yearly", day=int(m[1] or m[3]), month=int(m[2] or m[4]))
        for m in _DAY_MONTH.finditer(text)
    ]
    if yearly and _SAYS_YEAR.search(text):
        return _joined(yearly)
    day, following = _DAY.search(text), bool(_FOLLOWING.search(text))
    found: list[DueRule] = []
    if _SAYS_MONTH.search(text):
        found.append(DueRule("monthly", day=int(day[1]) if day else None, following=following))
    if _SAYS_QUARTER.search(text):
        found.append(DueRule("quarterly", day=int(day[1]) if day else None, following=following))
    several = bool(found) or bool(_SAYS_YEAR.search(text)) or _periodic(text)
    if several and _HALF.search(text):
        found.append(DueRule("halfyear"))
    if several and _NINE.search(text):
        found.append(DueRule("nine_months"))
    if _SAYS_YEAR.search(text) and (not day or found or _periodic(text)):
        found.append(DueRule("yearly"))
    return _joined(found)


def _periodic(text: str) -> bool:
    return bool(re.search(r"định\s+kỳ", text, re.IGNORECASE))


def _joined(rules: list[DueRule]) -> DueRule | None:
    if len(rules) > 1:
        return DueRule("schedule", parts=tuple(rules))
    return rules[0] if rules else None


def _year(text: str) -> int | None:
    match = _YEAR.search(text)
    return int(match[1]) if match else None


# --- to words ----------------------------------------------------------------------------


def _day_said(rule: DueRule, of: str) -> str:
    day = "ngày cuối" if rule.day is None else f"ngày {rule.day:02d}"
    if rule.following:
        return f"{day} của tháng sau {of}"
    return f"{day} của {of}"


def _of_year(rule: DueRule) -> str:
    return f" năm {rule.year}" if rule.year else ""


def _yearly_said(rule: DueRule) -> str:
    day, month = rule.day or 31, rule.month or 12
    return f"ngày {day:02d}/{month} {f'năm {rule.year}' if rule.year else 'hằng năm'}"


def _counted_said(rule: DueRule) -> str:
    worked = " làm việc" if rule.kind == "after_working_days" else ""
    return f"{rule.count} ngày{worked} kể từ ngày phát sinh"


_SAID = {
    "fixed": lambda rule: f"ngày {_date(rule):%d/%m/%Y}",
    "monthly": lambda rule: f"hằng tháng, {_day_said(rule, 'tháng')}",
    "quarterly": lambda rule: f"hằng quý, {_day_said(rule, 'tháng cuối quý')}",
    "halfyear": lambda rule: f"6 tháng đầu năm{_of_year(rule)}",
    "nine_months": lambda rule: f"9 tháng{_of_year(rule)}",
    "yearly": _yearly_said,
    "month": lambda rule: f"trong tháng {rule.month}{_of_year(rule)}",
    "quarter": lambda rule: f"trong quý {ROMAN[(rule.number or 1) - 1]}{_of_year(rule)}",
    "after_days": _counted_said,
    "after_working_days": _counted_said,
    "schedule": lambda rule: "; ".join(part.in_words() for part in rule.parts),
}


# --- to dates ----------------------------------------------------------------------------


def resolve(
    rule: DueRule,
    calendar: WorkingDays,
    start: dt.date,
    end: dt.date,
    after: dt.date | None = None,
) -> tuple[Due, ...]:
    """Every day from ``start`` to ``end`` on which the rule falls due, in order, each once.

    ``after`` is the event a counted period begins with; without it such a rule comes to none.
    """
    found = {due for due in _dues(rule, calendar, start, end, after) if start <= due.on <= end}
    return tuple(sorted(found, key=lambda due: (due.on, due.period_start, due.period_end)))


def _dues(
    rule: DueRule, calendar: WorkingDays, start: dt.date, end: dt.date, after: dt.date | None
) -> Iterator[Due]:
    match rule.kind:
        case "schedule":
            for part in rule.parts:
                yield from _dues(part, calendar, start, end, after)
        case "fixed":
            day = _date(rule)
            yield Due(day, day, day, f"{day:%d/%m/%Y}")
        case "after_days" | "after_working_days":
            if after is not None:
                day = _counted(rule, calendar, after)
                yield Due(day, after, day, f"{day:%d/%m/%Y}")
        case "monthly" | "month":
            yield from _monthly(rule, start, end)
        case "quarterly" | "quarter":
            yield from _quarterly(rule, start, end)
        case _:
            yield from _by_year(rule, start, end)


def _years(rule: DueRule, start: dt.date, end: dt.date) -> range:
    """The years to look at: one before as well, for what is due in the month after."""
    return range(rule.year, rule.year + 1) if rule.year else range(start.year - 1, end.year + 1)


def _monthly(rule: DueRule, start: dt.date, end: dt.date) -> Iterator[Due]:
    for year in _years(rule, start, end):
        for month in (rule.month,) if rule.month else range(1, 13):
            first, last = _bounds(year, month, month)
            on = _in_month(year, month + rule.following, rule.day)
            yield Due(on, first, last, f"tháng {month}/{year}")


def _quarterly(rule: DueRule, start: dt.date, end: dt.date) -> Iterator[Due]:
    for year in _years(rule, start, end):
        for number in (rule.number,) if rule.number else range(1, 5):
            first, last = _bounds(year, 3 * number - 2, 3 * number)
            on = _in_month(year, 3 * number + rule.following, rule.day)
            yield Due(on, first, last, f"quý {ROMAN[number - 1]}/{year}")


def _by_year(rule: DueRule, start: dt.date, end: dt.date) -> Iterator[Due]:
    last_month = {"halfyear": 6, "nine_months": 9, "yearly": 12}[rule.kind]
    for year in _years(rule, start, end):
        first, last = _bounds(year, 1, last_month)
        on = _in_month(year, rule.month or last_month, rule.day)
        label = {
            "halfyear": f"6 tháng đầu năm {year}",
            "nine_months": f"9 tháng năm {year}",
            "yearly": f"năm {year}",
        }[rule.kind]
        yield Due(on, first, last, label)


def _date(rule: DueRule) -> dt.date:
    return dt.date(rule.year or 0, rule.month or 0, rule.day or 0)


def _bounds(year: int, first: int, last: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, first, 1), _in_month(year, last, None)


def _in_month(year: int, month: int, day: int | None) -> dt.date:
    """Day n of a month, its last day where it has no such day or none is named."""
    year, month = (year + 1, month - 12) if month > 12 else (year, month)
    last = months.monthrange(year, month)[1]
    return dt.date(year, month, min(day or last, last))


def _counted(rule: DueRule, calendar: WorkingDays, after: dt.date) -> dt.date:
    day, left = after, rule.count or 0
    if rule.kind == "after_days":
        day += left * ONE_DAY
        while not calendar.is_working_day(day):
            day += ONE_DAY
        return day
    while left:
        day += ONE_DAY
        left -= calendar.is_working_day(day)
    return day
