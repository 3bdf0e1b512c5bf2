"""A plan's words carried to another year: sections, shifted dates, and what a person must look at.

Deadlines keep day and month. Names and dates of cited documents stay as they are.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from danvan.documents.clauses import said
from danvan.documents.models import Citation, Provision
from danvan.kernel.calendar import Calendar
from danvan.programmes import recurring
from danvan.programmes.models import AmendmentChange, Programme, Task
from danvan.ui import written
from vanban.text import search_key

Json = dict[str, Any]

_DRESS = re.compile(r"\*+|(?m:^#{1,6}\s*)|`+")
_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_YEAR = re.compile(r"\bnăm\s+(\d{4})\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\bthứ (hai|ba|tư|năm|sáu|bảy)\b|\bchủ nhật\b", re.IGNORECASE)
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(slots=True)
class Carried:
    """What the new plan begins with, and the remarks on it."""

    header: Json
    sections: list[Json]
    remarks: list[str] = field(default_factory=list)


def same_day(day: dt.date, year: int) -> dt.date:
    """Day and month in another year; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def carried(programme: Programme, year: int, calendar: Calendar, today: dt.date) -> Carried:
    """Last year's plan as the beginning of the plan of ``year``."""
    plan = programme.plan
    provisions = list(plan.provisions.all())
    citations = list(plan.citations_made.select_related("cited").defer("cited__text"))
    asked = programme.tasks.filter(removed_from=None).select_related("provision")
    tasks = list(asked.prefetch_related("changes__amendment"))
    text = _Shifted(plan.text, programme.year, year, citations, tasks)
    grounds, sections = _parts(provisions, text)
    header = {
        "number": "",
        "symbol": plan.code.partition("/")[2],
        "date": "",
        "subject": text.years(plan.subject),
        "grounds": "\n".join(grounds),
        "signer_position": plan.signer_position,
        "signer": plan.signer,
        "recipients": "\n".join(plan.recipients),
    }
    remarks = [
        *_moved(tasks, year, calendar),
        *_amended(tasks),
        *_ended(citations, today),
    ]
    return Carried(header, sections, remarks)


class _Shifted:
    """The plan's text with deadlines and years moved; places of citations are left alone."""

    def __init__(
        self,
        text: str,
        old: int,
        new: int,
        citations: Sequence[Citation],
        tasks: Sequence[Task],
    ) -> None:
        self.text, self.old, self.new = text, old, new
        self.cited = [(c.start, c.end) for c in citations]
        self.dues = {task.due_on: task.due_on for task in tasks if task.due_on}
        # Where an amendment moved a deadline, the text still has the first one.
        self.amended = {
            (task.provision.start, first): task.due_on
            for task in tasks
            if task.due_on
            for first in _first_dues(task)
        }
        self.at = 0

    def piece(self, start: int, end: int) -> str:
        """The words between two places, for the new year."""
        self.at = start
        made, at = [], start
        for match in self._changes(start, end):
            made += [self.text[at : match.start()], self._moved(match)]
            at = match.end()
        return clean("".join([*made, self.text[at:end]]))

    def years(self, words: str) -> str:
        return _YEAR.sub(self._moved, words)

    def _changes(self, start: int, end: int) -> list[re.Match[str]]:
        found = [
            *(m for m in _DATE.finditer(self.text, start, end) if self._is_deadline(m)),
            *(m for m in _YEAR.finditer(self.text, start, end) if not self._in_name(m, start)),
        ]
        return sorted(found, key=lambda m: m.start())

    def _is_deadline(self, match: re.Match[str]) -> bool:
        inside = any(s <= match.start() < e for s, e in self.cited)
        return not inside and self._due(_day(match)) is not None

    def _due(self, day: dt.date | None) -> dt.date | None:
        """The deadline behind a date that stands in the piece at hand."""
        if day is None:
            return None
        return self.amended.get((self.at, day)) or self.dues.get(day)

    def _in_name(self, match: re.Match[str], start: int) -> bool:
        """Whether the year belongs to the name of a cited document: cited, then no stop since."""
        before = [(s, e) for s, e in self.cited if start <= s <= match.start()]
        if not before:
            return False
        last = max(e for _s, e in before)
        return match.start() < last or not re.search(r"[;.]\s", self.text[last : match.start()])

    def _moved(self, match: re.Match[str]) -> str:
        if match.re is _DATE:
            day, due = _day(match), self._due(_day(match))
            assert due is not None
            moved = same_day(due, self.new)
            if day is not None and (moved.day, moved.month) == (day.day, day.month):
                return f"{match[1]}/{match[2]}/{self.new}"
            return f"{moved:%d/%m/%Y}"
        year = int(match[1])
        if abs(year - self.old) > 1:
            return match[0]
        return match[0].replace(match[1], str(year + self.new - self.old))


def _day(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


def _first_dues(task: Task) -> list[dt.date]:
    """Every deadline the task had before an amendment moved it."""
    befores = (c.before or {} for c in _published(task))
    return [dt.date.fromisoformat(b["due_on"]) for b in befores if b.get("due_on")]


def _published(task: Task) -> list[AmendmentChange]:
    return [c for c in task.changes.all() if c.amendment.state == "published"]


def clean(words: str) -> str:
    return " ".join(_DRESS.sub("", words).split())


def _parts(provisions: Sequence[Provision], text: _Shifted) -> tuple[list[str], list[Json]]:
    """Paragraphs before the first part are the grounds; each part is a section."""
    grounds: list[str] = []
    sections: list[Json] = []
    for provision in provisions:
        words = text.piece(provision.start, provision.end)
        marker = clean(provision.marker)
        if marker and not words.startswith(marker):
            words = f"{marker} {words}"
        if provision.depth == 1 and provision.heading and re.match(r"[IVXLC]+\b", marker):
            sections.append({"title": words, "text": ""})
        elif sections:
            sections[-1]["text"] += f"{words}\n"
        else:
            grounds.append(words.rstrip(";. "))
    if not sections:
        return [], [{"title": "", "text": "\n".join(grounds)}]
    return grounds, sections


def _moved(tasks: Sequence[Task], year: int, calendar: Calendar) -> Iterator[str]:
    """Deadlines that fall on a day off, or whose wording speaks of a kind of day."""
    for task in tasks:
        where = said(task.provision.path)
        if task.due_rule:
            count = len(recurring.days(task.due_rule, year, calendar))
            words = _("%(where)s: hạn định kỳ “%(words)s” tính lại được %(count)d kỳ năm %(year)s.")
            yield words % {
                "where": where, "words": task.due_text, "count": count, "year": year,
            }  # fmt: skip
        if not task.due_on:
            continue
        moved = same_day(task.due_on, year)
        told = {"where": where, "day": written.day(moved), "old": written.day(task.due_on)}
        if why := calendar.why_off(moved):
            told |= {"why": why, "next": written.day(calendar.next_working_day(moved))}
            yield (
                _(
                    "%(where)s: hạn %(old)s thành %(day)s là ngày nghỉ (%(why)s); "
                    "ngày làm việc kế tiếp là %(next)s."
                )
                % told
            )
        if moved.day != task.due_on.day:
            yield _("%(where)s: %(old)s không có trong năm mới, lấy %(day)s.") % told
        if _WEEKDAY.search(task.provision.text):
            told["weekday"] = _WEEKDAYS[moved.weekday()]
            yield _("%(where)s: câu có ghi thứ trong tuần; %(day)s là %(weekday)s.") % told
        if "ngay lam viec" in search_key(task.due_text):
            yield _("%(where)s: hạn tính theo ngày làm việc, hãy tính lại cho năm mới.") % told


def _amended(tasks: Sequence[Task]) -> Iterator[str]:
    """Where last year's text no longer says what was in force at its end."""
    for task in tasks:
        if _published(task):
            yield _(
                "%(where)s đã được sửa đổi, bổ sung trong năm; thời hạn lấy theo bản sửa đổi, "
                "câu chữ là của bản gốc."
            ) % {"where": said(task.provision.path)}


def _ended(citations: Sequence[Citation], today: dt.date) -> Iterator[str]:
    """Bases of last year that are in force no more."""
    seen: set[int] = set()
    for citation in citations:
        if citation.cited_id in seen:
            continue
        seen.add(citation.cited_id)
        standing = citation.cited.standing_on(today)
        if standing.holds is False:
            yield _("%(document)s: %(reason)s. Hãy thay hoặc bỏ viện dẫn này.") % {
                "document": citation.cited.called, "reason": standing.reason,
            }  # fmt: skip
