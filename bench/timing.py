"""How a figure is taken: several runs, the median, on the same machine in the same minute."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any


def median_seconds(work: Callable[[], Any], runs: int = 5) -> float:
    """The median wall-clock seconds of ``runs`` runs, after one that warms up."""
    work()
    took = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        took.append(time.perf_counter() - started)
    return statistics.median(took)
