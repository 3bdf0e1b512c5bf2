"""A person's dates as iCalendar (RFC 5545): one all-day event per duty, with alarms.

All-day events carry a date and no time, so no time zone can shift them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

LIMIT = 75  # octets a line may have before it is folded (§3.1)
# Alarms at 8 in the morning, a week and a day before.
ALARMS = ("-P6DT16H", "-PT16H")


@dataclass(frozen=True, slots=True)
class Event:
    """One duty. ``uid`` stays the same while the date moves, so that calendars move it too."""

    uid: str
    day: dt.date
    title: str
    text: str
    url: str
    done: bool = False


def calendar(name: str, events: Iterable[Event], stamp: dt.datetime) -> bytes:
    """The whole feed; UTF-8, CRLF, folded."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//danvan//lich nhac viec//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def _event(event: Event, stamp: dt.datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{stamp.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.day + dt.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(event.title)}",
        f"DESCRIPTION:{escaped(event.text)}",
        f"URL:{event.url}",
        "TRANSP:TRANSPARENT",
    ]
    for trigger in () if event.done else ALARMS:
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(event.title)}",
                  f"TRIGGER:{trigger}", "END:VALARM"]  # fmt: skip
    return [*lines, "END:VEVENT"]


def escaped(text: str) -> str:
    """TEXT values (§3.3.11): backslash, semicolon, comma and line breaks."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n")):
        text = text.replace(plain, written)
    return text.replace("\n", "\\n").replace("\r", "")


def folded(line: str) -> str:
    """Lines of at most 75 octets, never cutting a character in two (§3.1)."""
    parts: list[str] = []
    size, part = 0, ""
    for char in line:
        octets = len(char.encode())
        if size + octets > LIMIT - (1 if parts else 0):
            parts.append(part)
            size, part = 0, ""
        part += char
        size += octets
    return "\r\n ".join([*parts, part])
