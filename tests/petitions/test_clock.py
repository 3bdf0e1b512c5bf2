"""The statutory clock: worked checks of the law, and ten thousand cases against the oracle."""

from __future__ import annotations

import csv
import datetime as dt
import random
from typing import Any

import pytest

from danvan.kernel.calendar import Calendar
from danvan.petitions import clock, deadlines, stages
from danvan.petitions.deadlines import Rule
from danvan.petitions.stages import Happened, Story
from tests.conftest import SHARED, needs_shared
from tests.petitions import oracle

D = dt.date
# The swap the holidays package does not know (12729/VPCP-KGVX, 25/12/2025).
CALENDAR = Calendar({D(2026, 1, 2): "off", D(2026, 1, 10): "work"})


def rule(value: int, unit: str, **changed: Any) -> Rule:
    given = {"limit_type": "max", "traits": frozenset(), **changed}
    return Rule(code="X", kind="khieu_nai", stage="accept_first", value=value, unit=unit,
                start_event="", since=D(2000, 1, 1), until=None, legal_ref="Luật thử",
                confidence="A", **given)  # fmt: skip


def day_of(start: D, value: int, unit: str, **more: Any) -> D:
    found = clock.due([rule(value, unit)], "khieu_nai", "accept_first", start, regime=start,
                      calendar=CALENDAR, **more)  # fmt: skip
    assert found
    return found.day


@pytest.mark.parametrize(
    ("start", "value", "unit", "due"),
    [
        (D(2026, 11, 23), 5, "working_day", D(2026, 12, 1)),
        (D(2026, 2, 13), 5, "working_day", D(2026, 2, 27)),
        (D(2023, 4, 27), 3, "working_day", D(2023, 5, 5)),
        (D(2025, 12, 31), 3, "working_day", D(2026, 1, 7)),
        (D(2025, 12, 31), 7, "working_day", D(2026, 1, 12)),
        (D(2023, 3, 30), 30, "day", D(2023, 5, 4)),
        (D(2026, 2, 10), 10, "day", D(2026, 2, 23)),
        (D(2026, 2, 10), 7, "working_day", D(2026, 2, 26)),
        (D(2024, 1, 31), 1, "month", D(2024, 2, 29)),
        (D(2023, 11, 21), 12, "month", D(2024, 11, 21)),
    ],
)
def test_row_34_worked_checks(start: D, value: int, unit: str, due: D) -> None:
    assert day_of(start, value, unit) == due


def test_row_34_a_pause_is_not_counted() -> None:
    pause = [(D(2023, 6, 5), D(2023, 6, 9))]
    assert day_of(D(2023, 6, 1), 10, "day") == D(2023, 6, 12)
    assert day_of(D(2023, 6, 1), 10, "day", pauses=pause) == D(2023, 6, 16)
    assert day_of(D(2023, 6, 1), 5, "working_day", pauses=pause) == D(2023, 6, 15)
    # Over before it began, or begun after the end: nothing changes.
    assert day_of(D(2023, 6, 10), 5, "day", pauses=pause) == D(2023, 6, 15)


def test_row_34_the_earlier_of_two_competing_limits_is_warned_of() -> None:
    for received, day, code in (
        (D(2026, 7, 1), D(2026, 7, 10), "KN-ACC-1-NEW"),
        # Quốc khánh: the ten days of the law end before the seven working days of the decree.
        (D(2026, 8, 24), D(2026, 9, 3), "KN-ACC-1-OLD"),
    ):
        found = clock.due(deadlines.shipped(), "khieu_nai", "accept_first", received,
                          regime=received, calendar=CALENDAR)  # fmt: skip
        assert found and (found.day, found.rule.code) == (day, code)
        assert "chưa rõ quy định nào thay" in found.warnings[0]
    before = clock.due(deadlines.shipped(), "khieu_nai", "accept_first", D(2026, 6, 30),
                       regime=D(2026, 6, 30), calendar=CALENDAR)  # fmt: skip
    assert before and before.rule.code == "KN-ACC-1-OLD"
    assert before.warnings == ()


def test_row_34_every_sentence_of_the_computation_is_told() -> None:
    start = D(2023, 3, 30)
    found = clock.due([rule(30, "day")], "khieu_nai", "accept_first", start, regime=start,
                      calendar=CALENDAR, counted_from="ngày nhận đơn")  # fmt: skip
    assert found
    told = " ".join(found.why)
    for piece in ("30 ngày từ ngày nhận đơn 30/03/2023", "Điều 147.2", "Ngày cuối 29/04/2023",
                  "04/05/2023", "Điều 148.5", "Luật thử"):  # fmt: skip
        assert piece in told
    tet = clock.due([rule(5, "working_day")], "khieu_nai", "accept_first", D(2026, 2, 13),
                    regime=D(2026, 2, 13), calendar=CALENDAR)  # fmt: skip
    assert tet and "16/02/2026" in " ".join(tet.why)


def test_row_34_doubtful_rows_warn_and_never_block() -> None:
    for confidence, told in (("B", "bản không chính thức"), ("C", "nguồn thứ cấp")):
        doubtful = [
            Rule("X", "khieu_nai", "accept_first", frozenset(), "max", 3, "day", "", D(2000, 1, 1),
                 None, "NĐ thử", confidence)
        ]  # fmt: skip
        found = clock.due(doubtful, "khieu_nai", "accept_first", D(2023, 6, 1),
                          regime=D(2023, 6, 1), calendar=CALENDAR)  # fmt: skip
        assert found and told in found.warnings[0]


def test_row_34_what_must_come_before_an_event() -> None:
    before = rule(5, "working_day", limit_type="min_before")
    assert clock.before(before, D(2023, 5, 8), CALENDAR) == D(2023, 4, 26)


def test_row_34_a_rule_of_the_house_lies_over_the_shipped_one() -> None:
    own = Rule("LOCAL-ANSWER", "kien_nghi_phan_anh", "settle", frozenset(), "max", 5,
               "working_day", "", D(2023, 6, 1), None, "QĐ 12", "L", body=1)  # fmt: skip
    rules = deadlines.laid_over(deadlines.shipped(), [own])
    for day, value in ((D(2023, 5, 31), 15), (D(2023, 6, 1), 5)):
        found = deadlines.pick(rules, "kien_nghi_phan_anh", "settle", day, frozenset(), "max")
        assert found and found.value == value


@needs_shared
def test_the_shipped_table_is_the_shared_one() -> None:
    def rows(text: str) -> list[dict[str, str]]:
        return list(csv.DictReader(text.splitlines()))

    shared = rows((SHARED / "facts/petition-deadlines.csv").read_text(encoding="utf-8"))
    ours = rows(oracle.TABLE.read_text(encoding="utf-8"))
    assert [{k: v for k, v in row.items() if k != "competes_with"} for row in ours] == shared
    assert len(shared) == 67


def test_row_34_both_calendars_agree_on_every_day_of_six_years() -> None:
    day = D(2021, 1, 1)
    wrong = []
    while day <= D(2026, 12, 31):
        if CALENDAR.is_working_day(day) != oracle.worked(day):
            wrong.append(day)
        day += dt.timedelta(1)
    assert wrong == []


# --- ten thousand cases ---

TRICKY = (D(2021, 2, 8), D(2022, 1, 27), D(2023, 1, 17), D(2023, 4, 26), D(2024, 2, 5),
          D(2024, 4, 26), D(2025, 1, 22), D(2025, 4, 23), D(2025, 8, 27), D(2025, 12, 29),
          D(2026, 2, 10), D(2026, 6, 25), D(2026, 8, 17), D(2026, 8, 27))  # fmt: skip
PATHS = {
    "khieu_nai": ("accepted", "extended", "paused", "resumed", "decided", "sent", "published",
                  "closed", "disputed"),
    "khieu_nai_ky_luat": ("accepted", "extended", "decided", "closed", "disputed"),
    "to_cao": ("asked_report", "reported", "accepted", "notified", "extended", "paused",
               "pause_sent", "resumed", "decided", "sent", "acted", "published", "closed",
               "disputed"),
    "kien_nghi_phan_anh": ("accepted", "decided", "replied", "closed", "disputed"),
    "phan_anh_quy_dinh_hanh_chinh": ("accepted", "decided", "closed", "disputed"),
}  # fmt: skip


def made_up(chance: random.Random) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A case and its log: any kind, traits and path, days near Tết, swaps and 1/7/2026 often."""
    if chance.random() < 0.5:
        day = chance.choice(TRICKY) + dt.timedelta(chance.randint(0, 6))
    else:
        day = D(2021, 1, 4) + dt.timedelta(chance.randint(0, 2060))
    kind = chance.choice(tuple(PATHS))
    flags = {name: chance.random() < 0.3 for name in
             ("remote", "delegated", "reception", "not_competent", "elected", "press", "again",
              "late")}  # fmt: skip
    if flags["elected"]:
        flags["press"] = False
    shift = chance.choice((0, 0, 0, 400, -400))
    case = {"kind": kind, "instance": chance.choice((1, 2)) if kind == "khieu_nai" else 1,
            "received_on": day, "regime": day + dt.timedelta(shift), **flags}  # fmt: skip
    log = [{"code": "received", "on": day}]
    if chance.random() < 0.2:
        log.append({"code": chance.choice(("refused", "filed", "transferred", "informed")),
                    "on": day})  # fmt: skip
        return case, log
    if chance.random() < 0.8:
        log.append({"code": "classified", "on": day})
    length = chance.randint(0, len(PATHS[kind]))
    for code in PATHS[kind][:length]:
        day += dt.timedelta(chance.choice((0, 1, 2, 3, 5, 8)))
        step: dict[str, Any] = {"code": code, "on": day}
        skipped = ("extended", "paused", "resumed", "pause_sent", "notified", "sent",
                   "asked_report", "reported")  # fmt: skip
        if code in skipped and chance.random() < 0.4:
            continue
        if code == "extended":
            step["trait"] = "complex"
        if code == "paused":
            step["until"] = day + dt.timedelta(chance.randint(0, 40))
        log.append(step)
        if code == "extended" and kind == "to_cao" and chance.random() < 0.5:
            log.append({"code": "extended", "on": day, "trait": "especially complex"})
    return case, log


def story(case: dict[str, Any], log: list[dict[str, Any]]) -> Story:
    """The same log as the product reads it."""
    names = ("remote", "delegated", "reception", "not_competent", "elected", "press", "again",
             "late")  # fmt: skip
    return Story(
        case["kind"], case["instance"], case["regime"], frozenset(t for t in names if case[t]),
        tuple(Happened(s["code"], s["on"], s.get("until"), s.get("trait", "")) for s in log),
    )  # fmt: skip


def test_row_34_ten_thousand_cases_from_their_log_agree_with_the_oracle() -> None:
    chance, rules = random.Random(49), deadlines.shipped()
    seen: dict[str, int] = {}
    for _case in range(10_000):
        case, log = made_up(chance)
        expected, read = oracle.running(case, log), story(case, log)
        dues = stages.open_dues(read, rules, CALENDAR)
        assert [(due.day, due.stage) for due in dues] == expected, (case, log)
        settling = stages.settling_due(read, rules, CALENDAR)
        assert (settling.day if settling else None) == oracle.settled_by(case, log), (case, log)
        for _day, stage in expected:
            seen[stage] = seen.get(stage, 0) + 1
    # No stage of the table is met by chance only.
    assert set(seen) == {s.code for s in stages.STAGES}
    assert min(seen.values()) > 20
