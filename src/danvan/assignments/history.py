"""History as lines for people: what the version, lateness and files were, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from danvan.kernel.models import Entry


@dataclass(frozen=True, slots=True)
class Line:
    """What ``{% timeline %}`` shows."""

    at: dt.datetime
    actor_name: str
    says: str
    reason: str


def lines(entries: Iterable[Entry], named: bool = False) -> list[Line]:
    """``named``: also say which assignment, where the list is about several."""
    return [_line(entry, named) for entry in entries]


def _line(entry: Entry, named: bool) -> Line:
    says = entry.says
    if version := entry.facts.get("version"):
        says = _("%(says)s (lần %(version)d)") % {"says": says, "version": version}
    if named:
        says = f"{says}: {entry.subject_name}"
    return Line(entry.at, entry.actor_name, says, ". ".join(_details(entry)))


def _details(entry: Entry) -> list[str]:
    facts: dict[str, Any] = entry.facts
    told = [entry.reason.rstrip(".")] if entry.reason else []
    if (late := facts.get("days_late")) and facts.get("version") == 1:
        told.append(_("Nộp lần đầu chậm %(days)d ngày") % {"days": late})
    if names := facts.get("files"):
        told.append(_("Tệp: %(names)s") % {"names": ", ".join(names)})
    if count := facts.get("assignments"):
        told.append(_("%(count)d nhiệm vụ") % {"count": count})
    if note := facts.get("progress_note"):
        # Lines written before notes were rows tell the note before and the note after.
        told.append(note[1] if isinstance(note, list) else note)
    return told
