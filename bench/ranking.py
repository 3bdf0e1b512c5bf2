"""(b) Ranking 10 000 units × 56 criteria against the same result in raw SQL on the same database.

    python bench/ranking.py [--units 10000]

``run(vendor)`` needs a migrated database of that vendor behind Django's default connection
and leaves nothing in it; as a script it makes its own SQLite file in a temporary folder.
Both sides give rank, rate and class of every unit, and are compared before they are timed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
UNITS, CRITERIA, GROUPS = 10_000, 56, 7
BATCH = 5000
BANDS = (("Tốt", 80), ("Khá", 65), ("Trung bình", 50), ("Yếu", 0))

# The same rule by hand: sums, applicable maximum, rate half up, ties by group, bands.
RAW = """
WITH line AS (
  SELECT s.sheet_id, g.code AS grp,
    CASE WHEN coalesce(s.arises_verified, s.arises) THEN
      coalesce(s.decided, s.explained, s.verified, s.claimed, 0)
    WHEN c.when_not_arising = 'exclude' THEN 0
    WHEN c.when_not_arising = 'full' THEN c.max_points
    ELSE coalesce(s.decided, s.explained, s.verified, s.claimed, 0) END AS points,
    CASE WHEN NOT coalesce(s.arises_verified, s.arises) AND c.when_not_arising = 'exclude'
      THEN 0 ELSE c.max_points END AS maximum
  FROM scoring_score s
  JOIN scoring_criterion c ON c.id = s.criterion_id
  JOIN scoring_criteriagroup g ON g.id = c.group_id
), total AS (
  SELECT sheet_id, sum(points) AS points, sum(maximum) AS maximum,
    sum(CASE WHEN grp IN ('G2', 'G4') THEN points ELSE 0 END) AS p24,
    sum(CASE WHEN grp IN ('G2', 'G4') THEN maximum ELSE 0 END) AS m24,
    sum(CASE WHEN grp = 'G5' THEN points ELSE 0 END) AS p5,
    sum(CASE WHEN grp = 'G5' THEN maximum ELSE 0 END) AS m5
  FROM line GROUP BY sheet_id
), rated AS (
  SELECT h.unit_id, {cent_rate} AS rate, {cent_24} AS t1, {cent_5} AS t2
  FROM total t JOIN scoring_sheet h ON h.id = t.sheet_id WHERE h.round_id = %s
)
SELECT unit_id, rank() OVER (ORDER BY rate DESC, t1 DESC, t2 DESC), rate,
  (SELECT b.name FROM scoring_band b WHERE b.floor <= rate ORDER BY b.floor DESC LIMIT 1)
FROM rated ORDER BY 2, 1
"""


# Values vary from 40 to 100 % of the maximum; every eleventh matter did not arise.
SCORES = """
INSERT INTO scoring_score (sheet_id, criterion_id, arises, arises_verified, claimed, verified,
  verified_at, computed_said, claim_reason, verify_reason)
SELECT sheet, criterion, arises, arises, points, points, given, '', '', ''
FROM (
  SELECT h.id AS sheet, c.id AS criterion, {at} AS given,
    ((h.id + c."order") % 11 <> 0 OR c.when_not_arising = 'zero') AS arises,
    round(c.max_points * (40 + (h.id * 7 + c."order" * 13) % 61) / 100.0, 2) AS points
  FROM scoring_sheet h CROSS JOIN scoring_criterion c
  WHERE h.round_id = {round} AND c.criteria_set_id = {held}
) made
"""


def run(vendor: str = "sqlite", units: int = UNITS) -> list[str]:
    """The figure as a line to print."""
    told = measure(vendor, units)
    return [
        "(b) ranking {units} units × {criteria} criteria on {vendor}: {seconds:.2f} s, "
        "raw SQL {raw_seconds:.2f} s, ratio {ratio:.2f}, {queries} queries".format(**told)
    ]


def measure(vendor: str, units: int = UNITS) -> dict[str, Any]:
    """Builds the round, ranks it both ways; median seconds, ratio and number of queries."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from bench.timing import interleaved
    from danvan.scoring.queries.drafts import draft

    if connection.vendor != vendor:
        raise ValueError(f"the default database is {connection.vendor}, not {vendor}")
    with transaction.atomic():
        round = build(units)
        with CaptureQueriesContext(connection) as seen:
            ours = ranked(draft(round))
        raw = by_hand(round.pk)
        if ours != raw:
            raise AssertionError(difference(ours, raw))
        works = {"ours": lambda: draft(round), "raw": lambda: by_hand(round.pk)}
        took = interleaved(works, runs=9)
        mine, theirs = took["ours"], took["raw"]
        transaction.set_rollback(True)
    return {
        "vendor": vendor, "units": units, "criteria": CRITERIA, "queries": len(seen),
        "seconds": mine, "raw_seconds": theirs, "ratio": mine / theirs,
    }  # fmt: skip


def ranked(drafted: Any) -> list[tuple[int, int, Decimal, str]]:
    lines = [line for lines in drafted.blocks.values() for line in lines]
    return sorted(((x.unit, x.rank, x.rate, x.raw_band) for x in lines), key=lambda x: (x[1], x[0]))


def by_hand(round: int) -> list[tuple[int, int, Decimal, str]]:
    from django.db import connection

    def cents(points: str, maximum: str) -> str:
        if connection.vendor == "postgresql":
            return f"CASE WHEN {maximum} > 0 THEN round(100 * {points} / {maximum}, 2) ELSE -1 END"
        # SQLite has no decimals: whole hundredths in integers, half up by hand.
        p, m = f"CAST(round({points} * 100) AS INT)", f"CAST(round({maximum} * 100) AS INT)"
        return f"CASE WHEN {maximum} > 0 THEN (20000 * {p} + {m}) / (2 * {m}) / 100.0 ELSE -1 END"

    sql = RAW.format(
        cent_rate=cents("t.points", "t.maximum"), cent_24=cents("t.p24", "t.m24"),
        cent_5=cents("t.p5", "t.m5"),
    )  # fmt: skip
    cent = Decimal("0.01")
    with connection.cursor() as cursor:
        cursor.execute(sql, [round])
        rows = cursor.fetchall()
    return [(u, rank, Decimal(str(rate)).quantize(cent), band) for u, rank, rate, band in rows]


def difference(ours: list[Any], raw: list[Any]) -> str:
    pairs = [(a, b) for a, b in zip(ours, raw, strict=False) if a != b]
    return f"{len(ours)} and {len(raw)} lines, first differing: {pairs[:3]}"


def build(units: int) -> Any:
    """One block, one score sheet, ``units`` verified sheets; values vary, some do not arise."""
    from django.db import connection

    from danvan.documents.models import Document
    from danvan.organisations.models import Unit, UnitVersion
    from danvan.programmes.models import Programme
    from danvan.scoring.models import CriteriaSet, Criterion, Round, RoundBlock, Sheet

    first, now = dt.date(2020, 1, 1), dt.datetime(2023, 10, 20, tzinfo=dt.UTC)
    plan = Document.objects.create(origin="received", type="Kế hoạch", code="bench/KH-UBND")
    body = Unit.objects.create(key="bench-body")
    programme = Programme.objects.create(
        body=body, year=2023, title="bench", plan=plan, published_at=now
    )
    round = Round.objects.create(
        programme=programme, title="bench", period_from=dt.date(2023, 1, 1),
        period_to=dt.date(2023, 12, 31), dossier_due=dt.date(2023, 10, 15),
        verify_due=dt.date(2023, 10, 18), explain_from=dt.date(2023, 10, 18),
        explain_to=dt.date(2023, 10, 19), decide_due=dt.date(2023, 10, 20), state="settled",
    )  # fmt: skip
    held = CriteriaSet.objects.create(
        title="bench", block="WARD", enacted_by=plan, valid_from=first
    )
    RoundBlock.objects.create(round=round, block="WARD", criteria_set=held)
    for order, (name, floor) in enumerate(BANDS):
        held.bands.create(name=name, floor=floor, order=order)
    groups = [
        held.groups.create(code=f"G{n}", title=f"G{n}", max_points=100, order=n)
        for n in range(1, GROUPS + 1)
    ]
    policies = ("exclude", "full", "zero")
    Criterion.objects.bulk_create(
        Criterion(
            criteria_set=held, group=groups[n % GROUPS], code=f"C{n}", title=f"C{n}", order=n,
            max_points=Decimal(n % 5 + 1), method="ratio", owner_role="programme_office",
            when_not_arising=policies[n % 3],
        )
        for n in range(CRITERIA)
    )  # fmt: skip
    made = Unit.objects.bulk_create(
        (Unit(key=f"bench-{n}") for n in range(units)), batch_size=BATCH
    )
    UnitVersion.objects.bulk_create(
        (
            UnitVersion(unit=u, name=u.key, short_name=u.key, kind="ubnd_xa", parent=body,
                        valid_from=first, sort_key=u.key.encode(), search_key=u.key)
            for u in made
        ),
        batch_size=BATCH,
    )  # fmt: skip
    Sheet.objects.bulk_create(
        (
            Sheet(round=round, unit=u, block="WARD", criteria_set=held, state="settled",
                  submitted_at=now, days_late=0)
            for u in made
        ),
        batch_size=BATCH,
    )  # fmt: skip
    with connection.cursor() as cursor:
        at = "CAST(%s AS timestamptz)" if connection.vendor == "postgresql" else "%s"
        # The modulo signs are doubled: the driver reads a single one as a place-holder.
        sql = SCORES.replace("%", "%%").format(at=at, round="%s", held="%s")
        cursor.execute(sql, [now, round.pk, held.pk])
        # What autovacuum does by itself after a filling; this one is never committed.
        cursor.execute("ANALYZE")
    return round


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=UNITS)
    units = parser.parse_args().units
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DANVAN_VAR"] = folder
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        print(*run(connection.vendor, units), sep="\n")


if __name__ == "__main__":
    main()
