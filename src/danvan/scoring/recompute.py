"""Recomputes a published ranking from its export, with nothing but Python's standard library.

    python recompute.py ket-qua.json            prints the ranking, worked out anew
    python recompute.py ket-qua.json --check    also compares it with what was published

Of each unit only what people gave is read: the five values of every criterion, whether the
matter arose, whether the dossier was filed, and the caps that stand against it. Points,
maximum, rate, class and rank are worked out here. This file is published with the export and
shares no code with the system that ranked: that the two agree is the point.

rate = 100 × (points + bonus − deductions) ÷ applicable maximum, within 0–100, half up to
``places``. Classes: the best whose floor the rate reaches; a cap lowers it. Equal rates are told
apart by the rate over the groups of ``tie_break``; still equal, the rank is shared, and such
units stand in the order of the export. A class with a quota (% of the ranked units, rounded
down) passes the rest to the next one; units of one rank fall together.
"""

from __future__ import annotations

import json
import sys
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

FORMAT = "danvan.ranking/1"
ZERO, HUNDRED = Decimal(0), Decimal(100)
# The latest value that was given is the one that counts.
LATEST_FIRST = ("decided", "explained", "verified", "claimed")
NOT_FILED = "không nộp hồ sơ"
NOTHING_APPLIES = "không có tiêu chí nào áp dụng"


class Result(NamedTuple):
    """One unit, worked out. ``rank`` is None where ``why_not`` says why there is none."""

    name: str
    points: Decimal
    maximum: Decimal
    rate: Decimal | None
    ties: tuple[Decimal, ...]
    band: str
    why_not: str
    rank: int | None = None


def percent(points: Decimal, maximum: Decimal, places: int) -> Decimal | None:
    """Half up to ``places``, within 0–100; None where there is no maximum."""
    if maximum <= 0:
        return None
    rate = (HUNDRED * points / maximum).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return min(HUNDRED, max(ZERO, rate))


def counted(score: dict[str, Any], criterion: dict[str, Any]) -> tuple[Decimal, Decimal]:
    """The points of one line and the maximum they count against."""
    maximum = Decimal(criterion["max"])
    if not score["arises"] and criterion["not_arising"] == "exclude":
        return ZERO, ZERO
    if not score["arises"] and criterion["not_arising"] == "full":
        return maximum, maximum
    given = next((score[name] for name in LATEST_FIRST if score[name] is not None), "0")
    return Decimal(given), maximum


def worked_out(unit: dict[str, Any], block: dict[str, Any]) -> Result:
    """A unit's points, maximum, rate, class and what stands against it; not yet its rank."""
    criteria = {c["code"]: c for c in block["criteria"]}
    groups: dict[str, tuple[Decimal, Decimal]] = {}
    points = maximum = ZERO
    for score in unit["scores"]:
        criterion = criteria[score["code"]]
        got, of = counted(score, criterion)
        if criterion["kind"] == "deduction":
            points -= got
        elif criterion["kind"] == "bonus":
            points += got
        else:
            points, maximum = points + got, maximum + of
            before = groups.get(criterion["group"], (ZERO, ZERO))
            groups[criterion["group"]] = (before[0] + got, before[1] + of)
    points = max(ZERO, points)
    places = block.get("places", 2)
    rate = percent(points, maximum, places)
    ties = tuple(over(groups, codes, places) for codes in block["tie_break"])
    why_not = reason(unit, rate)
    band = "" if why_not or rate is None else class_of(rate, unit["caps"], block["bands"])
    return Result(unit["name"], points, maximum, rate, ties, band, why_not)


def over(groups: dict[str, tuple[Decimal, Decimal]], codes: list[str], places: int) -> Decimal:
    """The rate over some groups together; below every rate where none of them applies."""
    held = [groups[code] for code in codes if code in groups]
    rate = percent(sum((g[0] for g in held), ZERO), sum((g[1] for g in held), ZERO), places)
    return Decimal(-1) if rate is None else rate


def reason(unit: dict[str, Any], rate: Decimal | None) -> str:
    """Why the unit is not ranked; "" if it is."""
    if not unit["filed"]:
        return NOT_FILED
    barred = [cap["title"] for cap in unit["caps"] if not cap["ceiling"]]
    return barred[0] if barred else NOTHING_APPLIES if rate is None else ""


def class_of(rate: Decimal, caps: list[dict[str, str]], bands: list[dict[str, str]]) -> str:
    """The class of a rate, lowered to the lowest ceiling; the last band takes what is left."""
    names = [band["name"] for band in bands]
    reached = [i for i, band in enumerate(bands) if rate >= Decimal(band["floor"])]
    place = reached[0] if reached else len(bands) - 1
    return names[max([place, *(names.index(cap["ceiling"]) for cap in caps if cap["ceiling"])])]


def ranked(results: list[Result], bands: list[dict[str, Any]]) -> list[Result]:
    """Best first, equal units sharing a rank (1, 2, 2, 4); then the ones not ranked."""

    def strength(one: Result) -> tuple[Decimal, tuple[Decimal, ...]]:
        return one.rate or ZERO, one.ties

    placed: list[Result] = []
    for one in sorted((r for r in results if not r.why_not), key=strength, reverse=True):
        same = placed and strength(placed[-1]) == strength(one)
        placed.append(one._replace(rank=placed[-1].rank if same else len(placed) + 1))
    return limited(placed, bands) + [r for r in results if r.why_not]


def limited(placed: list[Result], bands: list[dict[str, Any]]) -> list[Result]:
    """Whoever stands above a class's quota takes the next class, best class first."""
    for place, band in enumerate(bands[:-1]):
        held = [one for one in placed if one.band == band["name"]]
        quota = band.get("quota")
        allowed = len(held) if quota is None else int(Decimal(quota) * len(placed) / HUNDRED)
        out = {one.rank for one in held[allowed:]}
        placed = [one._replace(band=bands[place + 1]["name"])
                  if one in held and one.rank in out else one for one in placed]  # fmt: skip
    return placed


def listing(title: str, decision: str, blocks: list[tuple[str, list[Result]]]) -> str:
    """The ranking as text: a line per unit, fields between tabs, for comparing byte by byte."""
    lines = [f"{title}\t{decision}"]
    for name, results in blocks:
        lines.append(f"[{name}]")
        for one in results:
            rank = "-" if one.rank is None else str(one.rank)
            rate = "-" if one.rate is None else f"{one.rate:.2f}"
            sums = f"{one.points:.2f}/{one.maximum:.2f}"
            lines.append("\t".join((rank, one.name, sums, rate, one.band or one.why_not)))
    return "\n".join(lines) + "\n"


def recomputed(export: dict[str, Any]) -> str:
    """The listing, worked out from the values alone."""
    if export.get("format") != FORMAT:
        raise SystemExit(f"Tệp không đúng định dạng {FORMAT}.")
    blocks = [
        (b["block"], ranked([worked_out(unit, b) for unit in b["units"]], b["bands"]))
        for b in export["blocks"]
    ]
    return listing(export["round"]["title"], export["decision"]["code"], blocks)


def published(export: dict[str, Any]) -> str:
    """The same listing, of the results as they were published."""
    blocks = []
    for block in export["blocks"]:
        results = [
            Result(
                unit["name"], Decimal(unit["points"]), Decimal(unit["maximum"]),
                None if unit["rate"] is None else Decimal(unit["rate"]), (), unit["band"],
                why_not_published(unit), unit["rank"],
            )
            for unit in block["units"]
        ]  # fmt: skip
        blocks.append((block["block"], results))
    return listing(export["round"]["title"], export["decision"]["code"], blocks)


def why_not_published(unit: dict[str, Any]) -> str:
    """The published reason in the short words of the listing."""
    return "" if unit["rank"] is not None else reason(unit, None)


def main(arguments: list[str]) -> int:
    names = [a for a in arguments if not a.startswith("-")]
    if len(names) != 1 or set(arguments) - {names[0], "--check"}:
        print(__doc__, file=sys.stderr)
        return 2
    with open(names[0], encoding="utf-8-sig") as file:
        export = json.load(file)
    text = recomputed(export)
    sys.stdout.buffer.write(text.encode("utf-8"))
    if "--check" in arguments and text != published(export):
        print("KHÁC với kết quả đã công bố.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
