"""What a vote of households comes to: base, threshold, outcome, and what to say of it.

Whole numbers only: votes × denominator against base × numerator. The base is every household
of the place, not those present (Luật 10/2022/QH15, Điều 21). Rules warn, none blocks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from danvan.democracy import catalogue
from danvan.democracy.models import Ballot, BallotOption, BallotQuestion, Matter
from danvan.kernel.calendar import Calendar
from danvan.ui import written


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether it carries (None: not counted yet), votes for, how many are needed, and why."""

    carries: bool | None
    votes: int
    needed: int
    why: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A step of the procedure that differs from the law, with its article."""

    said: str
    why: str
    doubt: str = ""


def needed(matter: Matter, base: int) -> int:
    """The fewest votes that carry."""
    num, den = matter.share_num or 1, matter.share_den or 1
    return base * num // den + 1 if matter.over else -(-base * num // den)


def of_option(ballot: Ballot, option: BallotOption) -> Outcome:
    """One option that adopts, against the whole base."""
    matter, votes = ballot.matter, option.votes or 0
    return _outcome(matter, ballot.base_count, votes, ballot.counted_at is not None)


def of_whole(ballot: Ballot) -> Outcome:
    """A vote of the whole commune: how many of its villages carried it."""
    parts = list(ballot.parts.all())
    carried = sum(bool(carries(p)) for p in parts)
    counted = [p for p in parts if p.counted_at]
    known = len(counted) == ballot.base_count or carried >= needed(ballot.matter, ballot.base_count)
    return _outcome(ballot.matter, ballot.base_count, carried, known)


def _outcome(matter: Matter, base: int, votes: int, known: bool) -> Outcome:
    least = needed(matter, base)
    told = {
        "share": catalogue.share(matter), "base": written.number(base),
        "least": written.number(least), "where": matter.where, "votes": written.number(votes),
    }  # fmt: skip
    why = _("Cần %(share)s: ít nhất %(least)s trên tổng số %(base)s (%(where)s).") % told
    if known:
        why += _(" Có %(votes)s.") % told
    return Outcome(votes >= least if known else None, votes, least, why)


def of_question(ballot: Ballot, question: BallotQuestion) -> list[tuple[BallotOption, Outcome]]:
    """Every option of a question that adopts, with what came of it."""
    return [(o, of_option(ballot, o)) for o in question.options.all() if o.adopts]


def carries(ballot: Ballot) -> bool | None:
    """Whether every question carries; for candidates, whether at least one is elected."""
    if ballot.matter.base == "villages":
        return of_whole(ballot).carries
    if ballot.counted_at is None:
        return None
    found = [of_question(ballot, q) for q in ballot.questions.all()]
    return all(any(o.carries for _option, o in options) for options in found)


def wrong(ballot: Ballot, issued: int, returned: int, valid: int,
          votes: Mapping[int, int]) -> dict[str, str]:  # fmt: skip
    """Field → why these figures cannot be; ``votes`` by option id."""
    found = {}
    if issued > ballot.base_count:
        found["issued"] = _("Nhiều hơn tổng số %s hộ: mỗi hộ một phiếu (Điều 19 khoản 3).") % (
            written.number(ballot.base_count)
        )
    if returned > issued:
        found["returned"] = _("Không thể nhiều hơn số phát ra (số hộ dự).")
    if valid > returned:
        found["valid"] = _("Không thể nhiều hơn số thu về (số hộ biểu quyết).")
    for question in ballot.questions.all():
        given = {o.pk: votes.get(o.pk, 0) for o in question.options.all()}
        if not question.several and sum(given.values()) > valid:
            first = next(iter(given))
            found[f"option_{first}"] = _("Cộng các phương án được %(sum)d, nhiều hơn %(valid)d "
                                         "phiếu hợp lệ.") % {"sum": sum(given.values()),
                                                             "valid": valid}  # fmt: skip
        found |= {
            f"option_{pk}": _("Nhiều hơn %d phiếu hợp lệ.") % valid
            for pk, count in given.items() if count > valid
        }  # fmt: skip
    return found


def remarks(ballot: Ballot, process: Mapping[str, Matter]) -> list[Remark]:
    """Form, notice, team: what differs from the law. ``process``: its figures by code."""
    matter, found = ballot.matter, []
    if matter.forms and ballot.form not in matter.forms.split(","):
        said = _("Hình thức “%s” không có cho nội dung này.") % ballot.get_form_display()
        found.append(Remark(said, f"{matter.where}. {matter.note}", matter.doubt))
    notice = process.get("QT-HOP-BAO" if ballot.form == Ballot.Form.MEETING else "QT-PHIEU")
    if notice and matter.base == "households":
        found += _notice(ballot, notice)
    return found + _team(ballot, process)


def _team(ballot: Ballot, process: Mapping[str, Matter]) -> list[Remark]:
    low, high = process.get("QT-TO-PHIEU-IT"), process.get("QT-TO-PHIEU-NHIEU")
    if not ballot.team_size or not low or not high:
        return []
    told = {"n": ballot.team_size, "low": low.limit_value or 0, "high": high.limit_value or 0}
    if told["low"] <= told["n"] <= told["high"]:
        return []
    said = _("Tổ kiểm phiếu %(n)d người, luật định từ %(low)d đến %(high)d người.") % told
    return [Remark(said, low.where, low.doubt)]


def _notice(ballot: Ballot, notice: Matter) -> list[Remark]:
    least = notice.limit_value or 0
    if ballot.announced_on is None:
        return [Remark(_("Chưa ghi ngày thông báo, công khai việc phát phiếu."), notice.where)]
    days = (ballot.held_on - ballot.announced_on).days
    if days >= least:
        return []
    told = {"n": days, "least": least}
    said = _("Thông báo trước %(n)d ngày, luật định ít nhất %(least)d ngày.") % told
    return [Remark(said, notice.where, notice.doubt)]


def send_by(ballot: Ballot, calendar: Calendar) -> dt.date | None:
    """The last day to send the result to the committee and the Front, once it is counted."""
    limit = ballot.matter.limit_value
    if ballot.counted_at is None or not limit:
        return None
    return calendar.after_working_days(ballot.held_on, limit)


def answer_by(ballot: Ballot, calendar: Calendar) -> dt.date | None:
    """The last day to recognise the result or say why not, once it was sent."""
    limit = ballot.matter.limit_value
    if ballot.sent_on is None or not limit or not ballot.matter.recognised_by:
        return None
    return calendar.after_working_days(ballot.sent_on, limit)
