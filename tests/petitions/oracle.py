"""The statutory clock a second time, from the table of limits and the text of the law alone.

Shares no code with the product: reads the CSV by row id, its own list of days off (official
notices, written down by hand), its own counting. Written to be read beside law.md §1 and §5.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

D = dt.date
TABLE = Path(__file__).parents[2] / "src/danvan/petitions/data/petition-deadlines.csv"
HOUSE = TABLE.with_name("local-limits.csv")
ROWS = {
    row["id"]: row
    for file in (TABLE, HOUSE)
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())
}


def _span(first: D, last: D) -> set[D]:
    return {first + dt.timedelta(n) for n in range((last - first).days + 1)}


# Weekdays nobody works, by official notice of each year; 2027's Tết is not decided yet.
OFF = {
    D(2021, 1, 1), *_span(D(2021, 2, 10), D(2021, 2, 16)), D(2021, 4, 21), D(2021, 4, 30),
    D(2021, 5, 3), D(2021, 9, 2), D(2021, 9, 3),
    D(2022, 1, 3), *_span(D(2022, 1, 31), D(2022, 2, 4)), D(2022, 4, 11), D(2022, 5, 2),
    D(2022, 5, 3), D(2022, 9, 1), D(2022, 9, 2),
    D(2023, 1, 2), *_span(D(2023, 1, 20), D(2023, 1, 26)), *_span(D(2023, 4, 29), D(2023, 5, 3)),
    D(2023, 9, 1), D(2023, 9, 4),
    D(2024, 1, 1), *_span(D(2024, 2, 8), D(2024, 2, 14)), D(2024, 4, 18),
    *_span(D(2024, 4, 29), D(2024, 5, 1)), D(2024, 9, 2), D(2024, 9, 3),
    D(2025, 1, 1), *_span(D(2025, 1, 27), D(2025, 1, 31)), D(2025, 4, 7),
    *_span(D(2025, 4, 30), D(2025, 5, 2)), D(2025, 9, 1), D(2025, 9, 2),
    D(2026, 1, 1), D(2026, 1, 2), *_span(D(2026, 2, 16), D(2026, 2, 20)), D(2026, 4, 27),
    D(2026, 4, 30), D(2026, 5, 1), D(2026, 8, 31), D(2026, 9, 1), D(2026, 9, 2), D(2026, 11, 24),
}  # fmt: skip
# Saturdays worked in exchange.
MADE_UP = {D(2024, 5, 4), D(2025, 4, 26), D(2026, 1, 10), D(2026, 8, 22)}


def worked(day: D) -> bool:
    return day in MADE_UP or (day.weekday() < 5 and day not in OFF)


def last_day(row: dict[str, str], start: D, stopped: set[D]) -> D:
    """Đ147.2: from the day after; Đ148.5: on a day off it ends with the next worked day."""
    horizon = [start + dt.timedelta(n) for n in range(1, 300)]
    running = [d for d in horizon if d not in stopped]
    if row["unit"] == "working_day":
        return [d for d in running if worked(d)][int(row["value"]) - 1]
    end = running[int(row["value"]) - 1]
    if row["limit_type"] == "threshold":
        return end
    return next(d for d in [end, *horizon] if d >= end and worked(d) and d not in stopped)


def stopped_days(log: list[dict[str, Any]]) -> set[D]:
    """Days of suspension: from the decision to its last day, or the day before going on."""
    days: set[D] = set()
    latest: set[D] = set()
    for step in log:
        if step["code"] == "paused":
            latest = _span(step["on"], step["until"])
            days |= latest
        if step["code"] == "resumed":
            days -= {d for d in latest if d >= step["on"]}
    return days


def complexity(log: list[dict[str, Any]]) -> int:
    """0 plain, 1 complex, 2 especially complex: as far as it was extended."""
    found = [s["trait"] for s in log if s["code"] == "extended"]
    return 2 if "especially complex" in found else 1 if found else 0


def settle_row(case: dict[str, Any], log: list[dict[str, Any]]) -> str:
    kind, hard = case["kind"], complexity(log)
    if kind == "khieu_nai":
        tail = ("-R" if case["remote"] else "") + ("-C" if hard else "")
        tail = {"-R-C": "-RC"}.get(tail, tail)
        return f"KN-SET-{case['instance']}{tail}"
    if kind == "khieu_nai_ky_luat":
        return "KN-KL-SET" + ("-C" if hard else "")
    if kind == "to_cao":
        return ("TC-SET", "TC-SET-C", "TC-SET-SC")[hard]
    return {"kien_nghi_phan_anh": "LOCAL-ANSWER",
            "phan_anh_quy_dinh_hanh_chinh": "LOCAL-ANSWER-TTHC"}.get(kind, "")  # fmt: skip


def settled_by(case: dict[str, Any], log: list[dict[str, Any]]) -> D | None:
    """The limit of the settlement itself, over or not."""
    start = "received" if "phan_anh" in case["kind"] else "accepted"
    days = [s["on"] for s in log if s["code"] == start]
    if not days:
        return None
    return last_day(ROWS[settle_row(case, log)], days[-1], stopped_days(log))


ENDED = {"refused", "transferred", "filed", "withdrawn", "split", "joined", "closed"}


def running(case: dict[str, Any], log: list[dict[str, Any]]) -> list[tuple[D, str]]:
    """(day, stage) of every limit that runs after the last step of ``log``."""
    kind, nth, regime = case["kind"], case["instance"], case["regime"]
    latest = {s["code"]: s["on"] for s in log}
    order = {s["code"]: n for n, s in enumerate(log)}

    def since(start: str, *ends: str) -> D | None:
        if start not in order or any(order.get(e, -1) > order[start] for e in ends):
            return None
        return latest[start]

    found: list[tuple[D, str]] = []

    def add(row_ids: str, stage: str, start: D | None, stop: bool = False) -> None:
        """The earliest of the rows in force, where several may hold."""
        days = []
        for row_id in row_ids.split():
            row = ROWS[row_id]
            if start and row["regime_from"] <= regime.isoformat():
                days.append(last_day(row, start, stopped_days(log) if stop else set()))
        if days:
            found.append((min(days), stage))

    new = regime >= D(2026, 7, 1)
    taken = (*ENDED, "accepted")
    received, accepted, decided = (
        since("received", *taken), since("accepted", *ENDED, "decided"), "decided" in order,
    )  # fmt: skip
    if kind == "khieu_nai":
        both = f"KN-ACC-{nth}-OLD" + (f" KN-ACC-{nth}-NEW" if new else "")
        word = ("first", "second")[nth - 1]
        add(both, f"accept_{word}", received)
        add(settle_row(case, log), f"settle_{word}", accepted, stop=True)
        add(f"KN-DEC-{nth}", f"send_decision_{word}",
            since("decided", "sent", "closed", "withdrawn"))  # fmt: skip
        add("KN-PUB", "publish_decision", since("decided", "published", "closed", "withdrawn"))
        add("KN-SUSP", "send_suspension", since("paused", "pause_sent", "closed", "withdrawn"))
    if kind == "khieu_nai_ky_luat":
        add("KN-KL-ACC KN-ACC-1-NEW", "accept", received)
        add(settle_row(case, log), "settle", accepted, stop=True)
    if kind == "to_cao":
        first = "TC-INIT-X" if case["delegated"] else "TC-INIT"
        add(first, "initial_processing", since("received", *taken, "verifying"))
        if case.get("again"):
            add("TC-AGAIN", "review_further_denunciation", since("received", *taken, "decided"))
        if case.get("late"):
            add("TC-LATE-ASK", "overdue_superior_request",
                since("received", "asked_report", "closed", "withdrawn"))  # fmt: skip
            add("TC-LATE-RPT", "overdue_report",
                since("asked_report", "reported", "closed", "withdrawn"))  # fmt: skip
        if case["not_competent"]:
            add("TC-FWD", "forward", since("received", *taken, "decided"))
        add("TC-ACC", "notify_acceptance", since("accepted", "notified", "closed", "withdrawn"))
        add(settle_row(case, log), "settle", accepted, stop=True)
        add("TC-SUSP", "send_suspension", since("paused", "pause_sent", "closed", "withdrawn"))
        add("TC-CONC", "send_conclusion", since("decided", "sent", "closed", "withdrawn"))
        add("TC-HANDLE", "act_on_conclusion", since("decided", "acted", "closed", "withdrawn"))
        add("TC-PUB", "publish", since("decided", "published", "closed", "withdrawn"))
        if case["press"]:
            add("TC-PRESS", "reply_forwarder", since("received", "replied", "closed", "withdrawn"))
    if kind in ("kien_nghi_phan_anh", "phan_anh_quy_dinh_hanh_chinh"):
        add(settle_row(case, log), "settle", since("received", *ENDED, "decided"), stop=True)
    if kind == "phan_anh_quy_dinh_hanh_chinh" and case["not_competent"]:
        add("PAKN-FWD", "forward", since("received", *taken, "decided"))
    if case["reception"]:
        add("TD-NOTIFY", "notify_processing", since("received", *taken, "informed", "decided"))
    if case["elected"] and decided:
        add("TD-REPLY-ELECTED", "reply_elected_body",
            since("decided", "replied", "closed", "withdrawn"))  # fmt: skip
    add("TD-NOACTION", "discipline_trigger", since("received", *taken, "classified"))
    add("LOCAL-DISPUTE", "dispute", since("disputed", "closed"))
    return sorted(found)
