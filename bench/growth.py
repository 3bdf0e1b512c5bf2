"""(f) The cost of a ranking as the number of units grows: 1 000, 10 000, 100 000.

``BIGGEST`` in the environment makes the last one smaller. Each size is built, ranked and rolled
back; seconds per thousand units should stay what they are. On SQLite, which works inside this
process, they are seconds of the processor: what else the machine does falls out.
"""

from __future__ import annotations

import os
import time

from bench.timing import median_seconds

SIZES = (1_000, 10_000, int(os.environ.get("BIGGEST", "100000")))


def run() -> list[str]:
    from django.db import connection, transaction

    from bench import ranking
    from danvan.scoring.queries.drafts import draft

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    per_thousand = []
    for units in SIZES:
        with transaction.atomic():
            round = ranking.build(units)
            runs = 3 if units < 50_000 else 1
            took = median_seconds(lambda round=round: draft(round), runs, clock)
            transaction.set_rollback(True)
        per_thousand.append(took / units * 1000)
    pairs = zip(SIZES, per_thousand, strict=True)
    told = ", ".join(f"of {units} units {each * 1000:.0f} ms" for units, each in pairs)
    return [
        f"(f) ranking, for every thousand units ({connection.vendor}): {told}: "
        f"{per_thousand[-1] / per_thousand[0]:.2f} × from the smallest to the biggest"
    ]
