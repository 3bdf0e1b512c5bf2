"""Dates and limits as they are written in administration, as data.

A date is only read where the words name one day of one year. Everything else stays a *rule*,
word for word ("trước ngày 15 hằng tháng", "Quý IV năm 2025"); ``last_day`` tells the end of
a named month, quarter or year. Days are calendar days; nothing here knows working days.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from vanban.model import DueWording
from vanban.text import Anycase

# 04/4/2023, 30.7.2021, 15-11-2025
NUMERIC = r"(?P<d>\d{1,2})\s?[/.\-]\s?(?P<m>\d{1,2})\s?[/.\-]\s?(?P<y>(?:19|20)\d{2})"
# 27 tháng 3 năm 2023, 15 tháng 11/2025
WORDED = r"(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d\s?\d?)(?:\s+năm\s+|\s?/\s?|,\s+)(?P<y>(?:19|20)\d{2})"
# not "tháng 5 - 6/2024", "quý 3-4/2024": two months, two quarters
_DATE = re.compile(
    rf"(?:(?<!háng )(?<!uý )(?<!uí ){NUMERIC})"
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
    kind: str  # "date", "rule", "period", "recurrent", "relative", "until"


_D = r"\d{1,2}"
_Y = r"(?:19|20)\d{2}"
_EACH = r"(?:h[àằ]ng|mỗi|từng)\s+(?:năm|tháng|quý|tuần|ngày)"
# 15/11/2025 · 15/11 · 15 tháng 11 năm 2025 · 15 tháng 11 · 25 tháng cuối quý · 15
_DAY = (
    rf"{_D}\s?[/.\-]\s?{_D}(?:\s?[/.\-]\s?{_Y})?"
    rf"|{_D}\s+tháng\s+{_D}(?:(?:\s+năm\s+|\s?/\s?){_Y})?"
    rf"|{_D}\s+(?:của\s+)?tháng\s+(?:cuối(?:\s+cùng)?(?:\s+của)?\s+quý|cuối\s+(?:mỗi\s+)?quý"
    rf"|cuối(?:\s+của)?\s+kỳ(?:\s+báo\s+cáo)?|đầu(?:\s+của)?\s+(?:quý|kỳ)(?:\s+(?:sau|tiếp\s+theo))?"
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
# tháng 4 và tháng 8 năm 2026 · quý I, quý III
_SEVERAL = rf"(?:{_MQY})(?:(?:,|\s+và|\s+hoặc)\s+(?:{_MQY}))*"
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
_FIXED = Anycase(
    rf"\b(?P<lead>{_LEADS})"
    rf"\s+{_HOUR}(?:(?:các\s+)?ngày\s+(?:mùng\s+|mồng\s+)?(?P<day>(?:{_DAY})(?:(?:,|\s+và"
    rf"|\s+hoặc)\s+(?:ngày\s+)?(?:{_DAY}))*)"
    rf"|(?P<bare>{_D}/{_D}(?:/{_Y})?(?!\d)(?:(?:,|\s+và)\s+{_D}/{_D}(?!\d))*)"
    rf"|(?P<mqy>(?:cuối\s+|đầu\s+)?{_SEVERAL})"
    # vào tuần cuối cùng của tháng thứ 3 trong quý
    rf"|(?P<part>(?:tuần|tháng)\s+(?:đầu|cuối|thứ\s+\w+)(?:\s+cùng|\s+tiên)?"
    rf"(?:\s+(?:của|trong)?\s*(?:mỗi\s+|h[àằ]ng\s+)?(?:tháng|quý|năm)(?:\s+(?:thứ\s+\w+|cuối))?)+))"
    rf"{_TAIL}",
    opens=("chậm", "muộn", "hạn", "xong", "hoàn", "trước", "vào"),
)
# hoàn thành trong năm 2025 · xong trong tháng 12/2025 · trong quý I/2026
_WITHIN = Anycase(
    rf"\b(?P<lead>(?:xong\s+|hoàn\s+thành\s+)?trong)\s+{_SEVERAL}",
    opens=("xong", "hoàn", "trong"),
)
# trong thời hạn 05 ngày làm việc kể từ ngày nhận đơn · sau 10 ngày · trong vòng 24 giờ ·
# trước 03 ngày tổ chức hội nghị · trong 24-48 giờ sau khi nước rút (bare "trong" only so)
_RELATIVE = Anycase(
    r"\b(?:(?:chậm\s+nhất|muộn\s+nhất)\s+(?:là\s+)?(?:trong\s+)?(?:thời\s+hạn\s+|vòng\s+|sau\s+)?"
    r"|trong\s+(?:thời\s+(?:hạn|gian)|vòng)\s+(?:tối\s+đa\s+|không\s+quá\s+)?|sau\s+(?!khi)"
    r"|trước\s+(?:ít\s+nhất\s+)?(?=\d{1,3}\s+(?:ngày|giờ|tháng)\b)|không\s+quá\s+"
    r"|trong\s+(?=\d{1,3}(?:\s?-\s?\d{1,3})?\s+(?:ngày|giờ)(?:\s+làm\s+việc)?,?\s+(?:kể|từ|sau)\b))"
    r"(?:\d{1,3}(?:\s?-\s?\d{1,3})?)\s*(?:\([^)]{1,20}\)\s*)?(?:ngày(?:\s+làm\s+việc)?"
    r"|giờ(?:\s+làm\s+việc)?|tháng|tuần)\b"
    r"(?:,?\s+(?:kể\s+)?từ\s+(?:ngày|khi|thời\s+điểm)[^.;:()]{0,80}|\s+sau\s+khi[^.;:()]{0,80}"
    r"|\s+trước\s+(?:ngày|khi)[^.;:()]{0,60}"
    r"|\s+(?:so\s+với|khi|tổ\s+chức|diễn\s+ra|làm\s+việc)[^.,;:()]{0,60})?",
    opens=("chậm", "muộn", "trong", "sau", "không", "trước"),
)
# the day of each, in brackets: "hằng tháng (ngày 25)"
_WHICH_DAY = rf"(?:\s*\(ngày\s+(?:{_DAY})\))?"
_KINDS = (
    r"0?[136]\s+tháng(?:\s+(?:đầu\s+năm|một\s+lần|/\s?lần))?|0?9\s+tháng|quý|năm(?!\s+(?:\d|học))"
)
# định kỳ hằng năm · định kỳ 06 tháng, hằng năm · định kỳ và đột xuất · hằng quý ·
# ngày 15 hằng tháng
_RECURRENT = Anycase(
    rf"\b(?:ngày\s+(?:mùng\s+|mồng\s+)?(?:{_DAY})\s+(?:của\s+)?(?={_EACH}))?"
    rf"(?:định\s+kỳ(?:\s+(?:và|hoặc)\s+đột\s+xuất)?(?:\s*,?\s*(?:và\s+)?(?:\(?(?:{_EACH}"
    rf"|{_KINDS}|đột\s+xuất)\)?{_WHICH_DAY}))*"
    rf"|{_EACH}{_WHICH_DAY}(?:(?:,|\s+và)\s+(?:{_EACH}|{_KINDS}|định\s+kỳ|đột\s+xuất){_WHICH_DAY})*)",
    opens=("định", "hàng", "hằng", "mỗi", "từng", "ngày"),
)
# từ ngày 01/12/2025 đến ngày 14/12/2025 · từ tháng 12/2025 đến quý I/2026
_PERIOD = Anycase(
    rf"\btừ\s+(?:{_HOUR}(?:ngày\s+)?(?:{_DAY})|{_MQY})\s*(?:đến|tới|-|–)\s*(?:hết\s+)?"
    rf"(?P<end>{_HOUR}(?:ngày\s+)?(?:{_DAY})|{_MQY})(?P<again>\s+(?:của\s+)?{_EACH})?",
    opens=("từ",),
)


def _wording(match: re.Match[str]) -> DueWording:
    if match["by"]:
        return "by"
    return "before" if match["before"] else "on"


@lru_cache(maxsize=256)
def find_limits(text: str) -> tuple[Limit, ...]:
    """All limits written in a sentence, leftmost first, none overlapping.

    A day without a year stays a rule: "trước ngày 15/11" says every year or this one only to
    a reader who knows the rest.
    """
    found = sorted(_every_limit(text), key=lambda limit: (limit.start, -limit.end))
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
    return tuple(kept)


# đến hết ngày 31/12/2025 · hết tháng 6/2026
_UNTIL = Anycase(
    rf"\b(?:đến\s+)?(?:trước\s+)?hết\s+(?:ngày\s+(?:{_DAY})|tháng\s+{_D}(?:\s?/\s?|\s+năm\s+){_Y}"
    rf"|qu[ýí]\s+(?:IV|I{{1,3}}|[1-4])(?:\s?/\s?|\s+năm\s+){_Y})",
    opens=("đến", "hết"),
)
_OF_A_KIND: tuple[tuple[Anycase, DueWording, str], ...] = (
    (_RELATIVE, "within", "relative"),
    (_WITHIN, "within", "rule"),
    (_RECURRENT, "period", "recurrent"),
)


def _every_limit(text: str) -> Iterator[Limit]:
    """What each pattern finds, overlaps and all."""
    for match in _PERIOD.finditer(text):
        end = find_date(text[match.start("end") : match.end("end")])
        written = text[match.start() : match.end()]
        kind = "rule" if match["again"] else "period"
        yield Limit(match.start(), match.end(), written, "period", end and end[0], kind)
    for match in _FIXED.finditer(text):
        written = text[match.start() : match.end()]
        dated = find_date(written)
        several = dated and find_date(written, dated[2])
        date = dated[0] if dated and not several else None
        kind = "date" if date else "rule"
        yield Limit(match.start(), match.end(), written.rstrip(), _wording(match), date, kind)
    for match in _UNTIL.finditer(text):
        written = text[match.start() : match.end()]
        dated = find_date(written)
        yield Limit(match.start(), match.end(), written, "by", dated and dated[0], "until")
    for regex, wording, kind in _OF_A_KIND:
        for match in regex.finditer(text):
            written = text[match.start() : match.end()].rstrip(" ,")
            yield Limit(match.start(), match.end(), written, wording, None, kind)
