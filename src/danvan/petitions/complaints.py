"""What only a complaint has: the dialogue in it, and what may follow the first decision.

Pure but for the words: reads a story (``stages``) and the rules, asks the database nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.petitions import clock
from danvan.petitions.clock import Due, WorkingDays
from danvan.petitions.deadlines import Rule
from danvan.petitions.stages import COMPLAINT, DISCIPLINARY, Story, traits_of
from danvan.ui import written

KINDS = (COMPLAINT, DISCIPLINARY)


@dataclass(frozen=True, slots=True)
class Talk:
    """``planned``: the day it was called for last; ``held``: the day it took place."""

    called: dt.date | None
    planned: dt.date | None
    held: dt.date | None
    why: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Later:
    """A day after the first (second) decision: until when one may complain again, from when it
    binds."""

    label: Any
    due: Due


_LATER = (
    # stage, instance, from the day of, label
    ("file_second", 1, ("sent", "decided"), gettext_lazy("Khiếu nại lần hai chậm nhất")),
    ("decision_effective_first", 1, ("decided",),
     gettext_lazy("Quyết định lần đầu có hiệu lực nếu không khiếu nại lần hai, sau ngày")),
    ("decision_effective_second", 2, ("decided",),
     gettext_lazy("Quyết định lần hai có hiệu lực sau ngày")),
)  # fmt: skip
_FROM = {
    "sent": gettext_lazy("ngày gửi quyết định (nhận sau thì tính từ ngày nhận)"),
    "decided": gettext_lazy("ngày ra quyết định"),
}


def talk(story: Story, rules: Sequence[Rule], calendar: WorkingDays) -> Talk | None:
    """The dialogue of a complaint that was accepted; None for anything else."""
    days = {step.code: step for step in story.steps}
    if story.kind not in KINDS or "accepted" not in days:
        return None
    called, held = days.get("talk_called"), days.get("talk_held")
    if story.instance == 2:
        why = _("Giải quyết lần hai phải đối thoại (Luật Khiếu nại 2011, Đ39).")
    else:
        why = _("Lần đầu phải đối thoại khi yêu cầu và kết quả xác minh còn khác nhau (Luật "
                "Khiếu nại 2011, Đ30).")  # fmt: skip
    told = list(_notice(story, called.on, called.until, rules, calendar)) if called else []
    if story.instance == 2 and held is None and "decided" in days:
        told.insert(0, _("Đã ra quyết định lần hai mà chưa ghi buổi đối thoại nào."))
    return Talk(
        called=called.on if called else None, planned=called.until if called else None,
        held=held.on if held else None, why=why, warnings=tuple(told),
    )  # fmt: skip


def later(story: Story, rules: Sequence[Rule], calendar: WorkingDays) -> list[Later]:
    """What the decision sets going, with its computation; nothing before it, nor once a second
    complaint is a case of its own (that one has its own clock)."""
    if story.kind not in KINDS:
        return []
    last = {step.code: step.on for step in story.steps}
    found = []
    for stage, instance, starts, label in _LATER:
        start = next((code for code in starts if code in last), None)
        if story.instance != instance or start is None or "decided" not in last:
            continue
        due = clock.due(
            rules, story.kind, stage, last[start], regime=story.regime, calendar=calendar,
            traits=traits_of(story), counted_from=str(_FROM[start]),
        )  # fmt: skip
        if due is not None:
            found.append(Later(label, due))
    return found


def _notice(
    story: Story, called: dt.date, planned: dt.date | None, rules: Sequence[Rule],
    calendar: WorkingDays,
) -> Iterable[str]:  # fmt: skip
    """Whether it was called early enough: a rule of level B, so it is told with its doubt."""
    if planned is None:
        return
    last = clock.due(rules, story.kind, "dialogue_notice", planned, regime=story.regime,
                     calendar=calendar, types="min_before")  # fmt: skip
    if last is not None and called > last.day:
        words = _("Mời ngày %(called)s là chậm: phải báo trước hết ngày %(last)s. %(why)s")
        yield words % {
            "called": written.day(called), "last": written.day(last.day),
            "why": " ".join((*last.why, *last.warnings)),
        }  # fmt: skip
