"""Dates and limits as they are written in administration, as data.

A date is only read where the words name one day of one year. Everything else stays a *rule*,
word for word ("trước ngày 15 hằng tháng", "Quý IV năm 2025"); ``last_day`` tells the end of
a named month, quarter or year. Days are calendar days; nothing here knows working days.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from vanban.model import DueWording

# 04/4/2023, 30.7.2021, 15-11-2025
NUMERIC = r"(?P<d>\d{1,2})\s?[/.\-]\s?(?P<m>\d{1,2})\s?[/.\-]\s?(?P<y>(?:19|20)\d{2})"
# 27 tháng 3 năm 2023, 15 tháng 11/2025
WORDED = r"(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d\s?\d?)(?:\s+năm\s+|\s?/\s?|,\s+)(?P<y>(?:19|20)\d{2})"
_DATE = re.compile(
    rf"(?:{NUMERIC})"
    rf"|(?:{WORDED.replace('<d>', '<d2>').replace('<m>', '<m2>').replace('<y>', '<y2>')})"
)


def day(year: int, month: int, number: int) -> dt.date | None:
    """The date, or ``None`` where the calendar has no such day (scans yield 31/2)."""
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def _from_match(match: re.Match[str]) -> dt.date | None:
    parts = [match["d"], match["m"], match["y"]]
    if parts[0] is None:
        parts = [match["d2"], match["m2"], match["y2"]]
    d, m, y = (int(part.replace(" ", "")) for part in parts)
    return day(y, m, d)


def find_date(text: str, start: int = 0) -> tuple[dt.date, int, int] | None:
    """The first full date in ``text`` from ``start``, with its place."""
    for match in _DATE.finditer(text, start):
        found = _from_match(match)
        if found:
            return found, match.start(), match.end()
    return None


def parse_date(text: str) -> dt.date | None:
    """The date when the whole text is one: "04/4/2023", "27 tháng 3 năm 2023"."""
    match = _DATE.fullmatch(re.sub(r"^\s*ngày\s*", "", text.strip(), flags=re.IGNORECASE))
    return _from_match(match) if match else None


_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = re.compile(r"qu[ýí]\s+(IV|I{1,3}|[1-4])\b\D{0,6}((?:19|20)\d{2})", re.IGNORECASE)
_MONTH = re.compile(r"tháng\s+(\d{1,2})\s*(?:/|năm|-)\s*((?:19|20)\d{2})", re.IGNORECASE)
_YEAR = re.compile(r"năm\s+((?:19|20)\d{2})", re.IGNORECASE)


def last_day(rule: str) -> dt.date | None:
    """The last day of the period a rule names: "Quý III năm 2026" → 2026-09-30."""
    if match := _QUARTER.search(rule):
        month, year = 3 * _QUARTERS[match[1].upper()], int(match[2])
    elif match := _MONTH.search(rule):
        month, year = int(match[1]), int(match[2])
    elif match := _YEAR.search(rule):
        month, year = 12, int(match[1])
    else:
        return None
    if not 1 <= month <= 12:
        return None
    return dt.date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit found in a sentence: its place, how it is worded and the day, if it names one."""

    start: int
    end: int
    text: str
    wording: DueWording
    date: dt.date | None
    kind: str  # "date", "rule", "period", "recurrent", "relative"


_D = r"\d{1,2}"
_Y = r"(?:19|20)\d{2}"
_EACH = r"(?:h[àằ]ng|mỗi|từng)\s+(?:năm|tháng|quý|tuần|ngày)"
# 15/11/2025 · 15/11 · 15 tháng 11 năm 2025 · 15 tháng 11 · 25 tháng cuối quý · 15
_DAY = (
    rf"{_D}\s?[/.\-]\s?{_D}(?:\s?[/.\-]\s?{_Y})?"
    rf"|{_D}\s+tháng\s+{_D}(?:(?:\s+năm\s+|\s?/\s?){_Y})?"
    rf"|{_D}\s+(?:của\s+)?tháng\s+(?:cuối(?:\s+cùng)?(?:\s+của)?\s+quý|cuối\s+(?:mỗi\s+)?quý"
    rf"|đầu\s+quý"
    rf"|sau|trước|tiếp\s+theo|báo\s+cáo|liền\s+kề)(?:\s+(?:của\s+)?(?:mỗi\s+)?quý)?"
    rf"|{_D}(?!\d|\s?[%/.]\s?\d|\s+(?:ngày|giờ|tháng|năm|người|đơn))"
)
_MQY = (
    rf"tháng\s+{_D}\s?(?:/|-|năm|,\s?năm)\s?{_Y}|tháng\s+{_D}(?!\s?[/\d])"
    rf"|qu[ýí]\s+(?:IV|I{{1,3}}|[1-4])(?:\s?[/\-]?\s?(?:năm\s+)?{_Y})?|năm\s+{_Y}|{_D}/{_Y}"
)
_TAIL = (
    rf"(?:\s*\(?(?:của\s+)?(?:{_EACH}|năm\s+sau|cùng\s+năm|năm\s+{_Y}|năm\s+liền\s+kề"
    rf"|năm\s+báo\s+cáo)\)?)?"
)
_HOUR = r"(?:\d{1,2}\s?(?:giờ|h|g)\s?(?:\d{2})?(?:\s?phút)?\s*,?\s*(?:00,?\s*)?)?"

_LEAD = {
    "by": r"(?:chậm\s+nhất|muộn\s+nhất|hạn\s+cuối|hạn\s+chót)(?:\s+là|\s+vào|\s+đến|\s+trong"
    r"|\s+trước)*",
    "before": r"(?:xong\s+|hoàn\s+thành\s+)?trước",
    "on": r"vào",
    "until": r"(?:đến\s+hết|hết|đến)",
    "in": r"(?:xong\s+)?trong",
}
_LEADS = "|".join(f"(?P<{name}>{_LEAD[name]})" for name in ("by", "before", "on"))
# chậm nhất ngày 04/4/2023 · trước ngày 15 hằng tháng · trước ngày 01/6 và 15/11 hằng năm
_FIXED = re.compile(
    rf"\b(?P<lead>{_LEADS})"
    rf"\s+{_HOUR}(?:(?:các\s+)?ngày\s+(?:mùng\s+|mồng\s+)?(?P<day>(?:{_DAY})(?:(?:,|\s+và"
    rf"|\s+hoặc)\s+(?:ngày\s+)?(?:{_DAY}))*)"
    rf"|(?P<bare>{_D}/{_D}(?:/{_Y})?(?!\d)(?:(?:,|\s+và)\s+{_D}/{_D}(?!\d))*)"
    rf"|(?P<mqy>(?:cuối\s+)?(?:{_MQY})))"
    rf"{_TAIL}",
    re.IGNORECASE,
)
# hoàn thành trong năm 2025 · xong trong tháng 12/2025 · trong quý I/2026
_WITHIN = re.compile(rf"\b(?P<lead>(?:xong\s+|hoàn\s+thành\s+)?trong)\s+(?:{_MQY})", re.IGNORECASE)
# trong thời hạn 05 ngày làm việc kể từ ngày nhận đơn · sau 10 ngày · trong vòng 24 giờ
_RELATIVE = re.compile(
    r"\b(?:(?:chậm\s+nhất|muộn\s+nhất)\s+(?:là\s+)?(?:trong\s+)?(?:thời\s+hạn\s+|vòng\s+|sau\s+)?"
    r"|trong\s+(?:thời\s+hạn|vòng)\s+(?:tối\s+đa\s+|không\s+quá\s+)?|sau\s+(?!khi)|không\s+quá\s+)"
    r"(?:\d{1,3}(?:\s?-\s?\d{1,3})?)\s*(?:\([^)]{1,20}\)\s*)?(?:ngày(?:\s+làm\s+việc)?"
    r"|giờ(?:\s+làm\s+việc)?|tháng|tuần)\b"
    r"(?:,?\s+(?:kể\s+)?từ\s+(?:ngày|khi|thời\s+điểm)[^.;:()]{0,80}|\s+sau\s+khi[^.;:()]{0,80}"
    r"|\s+trước\s+(?:ngày|khi)[^.;:()]{0,60})?",
    re.IGNORECASE,
)
# định kỳ hằng năm · định kỳ 06 tháng, hằng năm · định kỳ và đột xuất · hằng quý
_RECURRENT = re.compile(
    rf"\b(?:định\s+kỳ(?:\s+(?:và|hoặc)\s+đột\s+xuất)?(?:\s*,?\s*(?:và\s+)?(?:\(?(?:{_EACH}"
    rf"|0?[136]\s+tháng(?:\s+(?:đầu\s+năm|một\s+lần|/\s?lần))?|0?9\s+tháng|quý|năm"
    rf"|đột\s+xuất)\)?))*"
    rf"|{_EACH}(?:(?:,|\s+và)\s+(?:{_EACH}|(?:định\s+kỳ|đột\s+xuất)))*)",
    re.IGNORECASE,
)
# từ ngày 01/12/2025 đến ngày 14/12/2025 · từ tháng 12/2025 đến quý I/2026
_PERIOD = re.compile(
    rf"\btừ\s+(?:{_HOUR}(?:ngày\s+)?(?:{_DAY})|{_MQY})\s*(?:đến|tới|-|–)\s*(?:hết\s+)?"
    rf"(?P<end>{_HOUR}(?:ngày\s+)?(?:{_DAY})|{_MQY})",
    re.IGNORECASE,
)


def _wording(match: re.Match[str]) -> DueWording:
    if match["by"]:
        return "by"
    return "before" if match["before"] else "on"


def find_limits(text: str) -> list[Limit]:
    """All limits written in a sentence, leftmost first, none overlapping.

    A day without a year stays a rule: "trước ngày 15/11" says every year or this one only to
    a reader who knows the rest.
    """
    found: list[Limit] = []
    for match in _PERIOD.finditer(text):
        end = find_date(match["end"])
        found.append(
            Limit(match.start(), match.end(), match.group(), "period", end and end[0], "period")
        )
    for match in _FIXED.finditer(text):
        dated = find_date(match.group())
        several = dated and find_date(match.group(), dated[2])
        date = dated[0] if dated and not several else None
        found.append(
            Limit(
                match.start(),
                match.end(),
                match.group().rstrip(),
                _wording(match),
                date,
                "date" if date else "rule",
            )
        )
    for regex, wording, kind in (
        (_RELATIVE, "within", "relative"),
        (_WITHIN, "within", "rule"),
        (_RECURRENT, "period", "recurrent"),
    ):
        for match in regex.finditer(text):
            found.append(
                Limit(match.start(), match.end(), match.group().rstrip(" ,"), wording, None, kind)  # type: ignore[arg-type]
            )
    found.sort(key=lambda limit: (limit.start, -limit.end))
    kept: list[Limit] = []
    for limit in found:
        if kept and limit.start < kept[-1].end:
            continue
        last = kept[-1] if kept else None
        between = text[last.end : limit.start] if last else "x"
        if (
            last
            and between.strip(" ,(") == ""
            and len(between) < 5
            and (last.kind == "recurrent") != (limit.kind == "recurrent")
        ):
            # "hằng năm (trước ngày 15 tháng 11)", "định kỳ trước ngày 15/6": one limit
            core = limit if last.kind == "recurrent" else last
            stop = limit.end + (text[limit.end : limit.end + 1] == ")" and "(" in between)
            kept[-1] = Limit(
                last.start, stop, text[last.start : stop], core.wording, core.date, core.kind
            )
            continue
        kept.append(limit)
    return kept
