"""April 2023: two years of two indices, each with the year before. SAMPLE figures, and said so:
nothing here was published by anybody.
"""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

from danvan.demo import city, story
from danvan.demo.agenda import Agenda, at
from danvan.indices.actions import editions, results
from danvan.indices.actions.results import Figures
from danvan.organisations.models import Unit

ENACTED = dt.date(2023, 1, 9)
YEARS = {2021: dt.date(2022, 4, 20), 2022: dt.date(2023, 4, 20)}
SOURCE = "Số liệu minh họa, không phải kết quả do cơ quan có thẩm quyền công bố"
# Code → what the body has in the two years, and how far a unit's figure spreads around its own.
SERIES = {"par": (("85.42", "87.16"), 18), "sipas": (("86.90", "88.35"), 10)}
LEAST = 62
BANDS = ((Decimal(90), "Xuất sắc"), (Decimal(80), "Tốt"), (Decimal(65), "Khá"))


def plan(agenda: Agenda) -> None:
    """The definitions, then each year's figures on one day (those of 2021 entered late)."""
    agenda.at(at(ENACTED, 9), enact)
    for number, (code, year) in enumerate((c, y) for c in SERIES for y in YEARS):
        agenda.at(at(dt.date(2023, 4, 20), 9, 10 * number), enter, code, year)


def enact() -> None:
    editions.enact(city.body(), rows=editions.shipped(), by=city.actor("van-phong"))


def enter(code: str, year: int) -> None:
    by = city.actor("van-phong")
    edition = editions.open_edition(
        city.body(), code=code, year=year, source=SOURCE, published_on=YEARS[year],
        illustrative=True, by=by,
    )  # fmt: skip
    values = {y.key: sample(code, year, y.key, y.quality) for y in story.YEARS if y.quality}
    units = dict(Unit.objects.filter(key__in=values).values_list("key", "pk"))
    ranked = sorted(values.values(), reverse=True)
    own = Decimal(SERIES[code][0][year - min(YEARS)])
    rows = [(city.body().pk, Figures(own, Decimal(100), note=SOURCE))]
    rows += [
        (units[key], Figures(value, Decimal(100), ranked.index(value) + 1, len(ranked),
                             band(value), SOURCE))
        for key, value in values.items()
    ]  # fmt: skip
    results.enter(edition, rows=rows, by=by)


def sample(code: str, year: int, key: str, quality: float) -> Decimal:
    """Made up: always the same for unit and year; most units gain a little, some lose."""
    spread, chance = SERIES[code][1], random.Random(f"{code} {key}")
    first = LEAST + quality * 30 + chance.uniform(-spread / 6, spread / 6)
    moved = chance.uniform(-1.5, 3.5) if year == max(YEARS) else 0.0
    return Decimal(str(round(min(98.0, first + moved), 2)))


def band(value: Decimal) -> str:
    return next((name for least, name in BANDS if value >= least), "Trung bình")
