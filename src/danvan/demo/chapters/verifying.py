"""How the three offices work through the sheets that come in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from danvan.demo import city, marks, story
from danvan.demo.agenda import Agenda, at, later
from danvan.demo.story import UnitYear
from danvan.kernel import clock
from danvan.organisations import roles
from danvan.scoring.actions import verification
from danvan.scoring.models import Criterion, Score

OFFICE_NAMES = {
    roles.PROGRAMME_OFFICE: "Phòng Nội vụ",
    roles.INSPECTORATE: "Thanh tra thành phố",
    roles.ADMINISTRATION_OFFICE: "Văn phòng HĐND và UBND thành phố",
}
# Verified in the first days, of the sheets in by then: share of what each office has before it.
QUICK = {"noi-vu": 0.38, "thanh-tra": 0.55, "van-phong": 0.93}
# Points an office takes off beside the criteria: (unit, code) → points, why.
DEDUCTED = {
    ("ban-quan-ly-du-an", "D2"): (
        Decimal("0.50"), "Đã đôn đốc nộp kế hoạch hai lần (nhật ký nhiệm vụ tháng 4/2023).",
    ),
}  # fmt: skip
STAFF = {
    "noi-vu": ("noi-vu", "noi-vu.2", "noi-vu.3", "noi-vu.4", "noi-vu.5"),
    "thanh-tra": ("thanh-tra", "thanh-tra.2", "thanh-tra.3"),
    "van-phong": ("van-phong", "van-phong.2", "van-phong.3"),
}
SLOW_FROM = dt.date(2023, 10, 17)


def take_up(agenda: Agenda, year: UnitYear) -> None:
    """After a sheet came in: each office's part at once, or days later where it is slow."""
    order = [y.key for y in sorted_by_dossier()]
    place = order.index(year.key) / len(order)
    scores = Score.objects.filter(sheet__unit__key=year.key).exclude(verifier=None)
    for office, share in QUICK.items():
        part = list(scores.filter(verifier__key=office).order_by("criterion__order"))
        quick = len(part) if place < share else 0
        # The sheet on the border is half done when the day of the stage comes.
        if abs(place - share) < 0.5 / len(order):
            quick = len(part) // 2
        plan(agenda, office, year, part[:quick], soon())
        plan(agenda, office, year, part[quick:], at_last(year))


def sorted_by_dossier() -> list[UnitYear]:
    """In the order in which the sheets come in."""
    found = [year for year in story.YEARS if year.dossier is not None]
    return sorted(found, key=lambda year: (year.dossier or 0, len(year.key) % 2))


def soon() -> dt.datetime:
    """The next morning; for what comes in on the last day, the same afternoon."""
    tomorrow = later(clock.today(), 1)
    return at(tomorrow, 8) if tomorrow < SLOW_FROM else at(clock.today(), 15)


def at_last(year: UnitYear) -> dt.datetime:
    """The 17th or the 18th; what came in later still, on the spot."""
    usual = at(SLOW_FROM, 8, 30) if len(year.key) % 2 else at(later(SLOW_FROM, 1), 7, 30)
    return max(usual, at(clock.today(), 15))


def plan(
    agenda: Agenda, office: str, year: UnitYear, part: list[Score], start: dt.datetime
) -> None:
    """One score after another, by one person of the office."""
    staff = STAFF[office]
    who = staff[sum(map(ord, year.key)) % len(staff)]
    moment = start + dt.timedelta(minutes=sum(map(ord, year.key)) % 60)
    for number, score in enumerate(part):
        minutes = dt.timedelta(minutes=3 * number)
        agenda.at(moment + minutes, verify, score, year, who)


def verify(score: Score, year: UnitYear, who: str) -> None:
    score = Score.objects.select_related("sheet__unit", "criterion").get(pk=score.pk)
    mark = found(score, year)
    verification.verify(
        score, points=mark.points, reason=mark.reason, arises=mark.arises, by=city.actor(who)
    )


def found(score: Score, year: UnitYear) -> marks.Mark:
    if score.criterion.kind == Criterion.Kind.CRITERION:
        return marks.finding(score, year.quality)
    points, reason = DEDUCTED.get((year.key, score.criterion.code), (score.claimed, ""))
    return marks.Mark(points or Decimal(0), reason)
