"""How a figure is taken: several runs, the median, on the same machine in the same minute."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any


def median_seconds(
    work: Callable[[], Any], runs: int = 5, clock: Callable[[], float] = time.perf_counter
) -> float:
    """The median seconds of ``runs`` runs by ``clock``, after one that warms up."""
    return interleaved({"": work}, runs, clock)[""]


def interleaved(
    works: Mapping[str, Callable[[], Any]],
    runs: int = 5,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """Name → median seconds, of the wall's clock if no other is given. The works take turns, so
    that a slow minute of the machine falls on all of them; each runs once before, to warm up."""
    for work in works.values():
        work()
    took: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            started = clock()
            work()
            took[name].append(clock() - started)
    return {name: statistics.median(times) for name, times in took.items()}
