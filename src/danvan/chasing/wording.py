"""What people read: one digest, plain, polite, with the date, the distance and the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.assignments import wording
from danvan.assignments.models import Assignment
from danvan.ui import written

# Lines of one digest; whoever is told of more looks at the matrix.
LONGEST = 40


def subject(assignments: Sequence[Assignment], today: dt.date) -> str:
    """How many, and how many of them are late."""
    late = sum(1 for a in assignments if a.due_on and a.due_on < today)
    if late:
        return _("Nhắc việc: %(n)d việc, %(late)d việc quá hạn") % {
            "n": len(assignments), "late": late,
        }  # fmt: skip
    return _("Nhắc việc: %d việc sắp đến hạn") % len(assignments)


def digest(
    name: str,
    assignments: Sequence[Assignment],
    units: Mapping[int, str],
    today: dt.date,
    opening: str = "",
) -> str:
    """The letter to one person: latest first, a line and an address each, LONGEST at most."""
    lines = [
        _("Kính gửi đồng chí %s,") % name,
        "",
        opening or _("Các việc sau đang chờ đơn vị thực hiện:"),
        "",
    ]
    for a in in_order(assignments)[:LONGEST]:
        lines += [f"- {line(a, units, today)}", f"  {address(a)}"]
    if len(assignments) > LONGEST:
        lines.append(_("- và %d việc khác.") % (len(assignments) - LONGEST))
    lines += [
        "",
        _("Việc đã nộp, được gia hạn hoặc được miễn sẽ không bị nhắc nữa."),
        _("Vì sao nhận được thư này: %s") % absolute("chasing:notices"),
    ]
    return "\n".join(lines)


def line(assignment: Assignment, units: Mapping[int, str], today: dt.date) -> str:
    """Unit, what, by when, how far."""
    return f"{units.get(assignment.unit_id, '')} – {what(assignment, today)}"


def what(assignment: Assignment, today: dt.date) -> str:
    """What, by when, how far."""
    due, title = assignment.due_on, wording.line_title(assignment)
    when = f"{written.day(due)} ({written.distance(due, today)})" if due else written.UNKNOWN
    return _("%(what)s – hạn %(when)s") % {"what": title, "when": when}


def for_chat(
    title: str, assignments: Iterable[Assignment], units: Mapping[int, str], today: dt.date
) -> str:
    """Plain text to paste into a group: no address behind a sign-in, names and days only."""
    late = in_order(assignments)
    lines = [_("[Đôn đốc] %s") % title, _("Đến ngày %s chưa nộp:") % written.day(today)]
    for place, a in enumerate(late, start=1):
        days = (today - a.due_on).days if a.due_on else 0
        how = _("quá hạn %d ngày") % days if days > 0 else _("đến hạn %s") % written.day(a.due_on)
        lines.append(f"{place}. {units.get(a.unit_id, '')} – {how}")
    lines.append(_("Đề nghị các đơn vị nộp sớm. Trân trọng."))
    return "\n".join(lines)


def in_order(assignments: Iterable[Assignment]) -> list[Assignment]:
    return sorted(assignments, key=lambda a: (a.due_on or dt.date.max, a.pk))


def address(assignment: Assignment) -> str:
    return absolute("assignments:detail", assignment.pk)


def absolute(name: str, *args: object) -> str:
    return f"{settings.ADDRESS}{reverse(name, args=args)}"
