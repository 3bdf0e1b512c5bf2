"""What a demonstration changes in its surroundings, before the settings are read.

Each stage has its own data folder and its own day in 2023, so that stages stand side by
side and "today" is the day the story has reached.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# The day on which each stage stands. The seed's dates: 27/3, 04/4, 16/10 and 20/10/2023.
STAGES = {
    "planning": "2023-03-27",
    "running": "2023-06-15",
    "scoring": "2023-10-17",
    "closed": "2023-11-01",
}
DEFAULT = "scoring"


def stage_of(arguments: Sequence[str]) -> str:
    """The stage asked for on the command line; the default if none or unknown."""
    for at, word in enumerate(arguments):
        name = word.partition("=")[2] if word.startswith("--stage=") else ""
        if word == "--stage" and at + 1 < len(arguments):
            name = arguments[at + 1]
        if name in STAGES:
            return name
    return DEFAULT


def prepare(arguments: Sequence[str]) -> None:
    """Sets the variables of one stage unless the caller set them."""
    stage = stage_of(arguments)
    os.environ.setdefault("DANVAN_VAR", str(ROOT / "var" / "demo" / stage))
    os.environ.setdefault("DANVAN_TODAY", STAGES[stage])
    os.environ.setdefault("DANVAN_DEMONSTRATION", "1")
