"""Whether a document was in force on a day, and why: said in words, with the source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _

from danvan.ui import written

if TYPE_CHECKING:
    from danvan.documents.models import Document, Relation

State = Literal["in_force", "partly", "ended", "suspended", "not_yet", "unknown"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a document stood on ``day``. ``relation`` is what made it so, if one did."""

    state: State
    reason: str
    day: dt.date
    relation: Relation | None = None
    changes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool | None:
        """In force: yes, no, or not known."""
        if self.state == "unknown":
            return None
        return self.state in ("in_force", "partly")

    @property
    def word(self) -> str:
        """The state alone, for a badge."""
        return {
            "in_force": _("còn hiệu lực"),
            "partly": _("còn hiệu lực, có thay đổi"),
            "ended": _("hết hiệu lực"),
            "suspended": _("ngưng hiệu lực"),
            "not_yet": _("chưa có hiệu lực"),
            "unknown": _("chưa rõ hiệu lực"),
        }[self.state]

    @property
    def tone(self) -> str:
        return {"in_force": "success", "partly": "info", "unknown": "neutral"}.get(
            self.state, "danger"
        )

    @property
    def icon(self) -> str:
        return {
            "in_force": "check-circle", "partly": "information-circle",
            "unknown": "question-mark-circle",
        }.get(self.state, "x-circle")  # fmt: skip


def standing(document: Document, day: dt.date, relations: Iterable[Relation]) -> Standing:
    """``relations``: those that act upon the document, with ``acting`` loaded."""
    known = [r for r in relations if r.withdrawn_at is None]
    by_then = [r for r in known if r.holds_on(day)]
    if gone := _ended(document, day, by_then):
        return gone
    if document.in_force_from is None and document.issued_on and day < document.issued_on:
        told = _("ban hành ngày %s") % written.day(document.issued_on)
        return Standing("not_yet", _("chưa có hiệu lực: %s") % told, day)
    if document.in_force_from and day < document.in_force_from:
        told = _("chưa có hiệu lực: có hiệu lực từ %s") % written.day(document.in_force_from)
        return Standing("not_yet", told, day)
    for relation in by_then:
        if relation.kind == "suspends" and not relation.partly:
            return Standing("suspended", _suspended(relation), day, relation)
    return _holding(document, day, by_then)


def _ended(document: Document, day: dt.date, by_then: list[Relation]) -> Standing | None:
    ending = next((r for r in by_then if r.ends), None)
    if document.in_force_to is not None and day > document.in_force_to:
        since = document.in_force_to + dt.timedelta(days=1)
    elif ending is not None and ending.effective_on is not None:
        since = ending.effective_on
    else:
        return None
    told = _("hết hiệu lực từ %s") % written.day(since)
    if ending is not None:
        told = f"{told}: {passive(ending)}"
    return Standing("ended", told, day, ending)


def _holding(document: Document, day: dt.date, by_then: list[Relation]) -> Standing:
    changing = [r for r in by_then if r.kind in ("amends", "corrects", "suspends") or r.partly]
    changing = [r for r in changing if r.kind != "guides"]
    changes = tuple(
        _("%(what)s từ %(day)s") % {"what": passive(r), "day": written.day(r.effective_on)}
        for r in changing
    )
    known = document.in_force_from or document.in_force_to
    if changes and known:
        told = _("còn hiệu lực; %s") % "; ".join(changes)
        return Standing("partly", told, day, changing[-1], changes)
    if document.in_force_from:
        told = _("có hiệu lực từ %s") % written.day(document.in_force_from)
        return Standing("in_force", told, day)
    if document.in_force_to:
        told = _("còn hiệu lực đến hết %s") % written.day(document.in_force_to)
        return Standing("in_force", told, day)
    told = _("chưa rõ: sổ văn bản chưa ghi ngày có hiệu lực")
    return Standing("unknown", "; ".join([told, *changes]), day, None, changes)


def _suspended(relation: Relation) -> str:
    told = _("ngưng hiệu lực từ %s") % written.day(relation.effective_on)
    if relation.until:
        told = _("%(told)s đến hết %(until)s") % {
            "told": told, "until": written.day(relation.until),
        }  # fmt: skip
    return f"{told}: {passive(relation)}"


def passive(relation: Relation) -> str:
    """What was done to the target: "được thay thế bởi Luật …, phần: Điều 3"."""
    by = {
        "replaces": _("được thay thế bởi %s"),
        "amends": _("được sửa đổi, bổ sung bởi %s"),
        "repeals": _("bị bãi bỏ bởi %s"),
        "suspends": _("bị ngưng hiệu lực bởi %s"),
        "corrects": _("được đính chính bởi %s"),
        "guides": _("được hướng dẫn bởi %s"),
    }[relation.kind] % relation.acting.called
    return f"{by} ({relation.scope})" if relation.scope else by
