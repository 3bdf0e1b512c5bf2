"""How a figure is taken: several runs, the median, on the same machine in the same minute."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any


def median_seconds(work: Callable[[], Any], runs: int = 5) -> float:
    """The median wall-clock seconds of ``runs`` runs, after one that warms up."""
    return interleaved({"": work}, runs)[""]


def interleaved(works: Mapping[str, Callable[[], Any]], runs: int = 5) -> dict[str, float]:
    """Name → median wall-clock seconds. The works take turns, so that a slow minute of the
    machine falls on all of them; each is run once before, to warm up."""
    for work in works.values():
        work()
    took: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            started = time.perf_counter()
            work()
            took[name].append(time.perf_counter() - started)
    return {name: statistics.median(times) for name, times in took.items()}
