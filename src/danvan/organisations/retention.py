"""How long kinds of files are kept, as rows with their document, source and how sure that is.

Only what was found with its source is a row (``data/retention.csv``). The annex of Thông tư
10/2022/TT-BNV, which has the others, was not to be had: a kind of file without a row is told by
title only (``kernel.personal.RETENTION``).
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from danvan.kernel.personal import Shelf

TABLE = Path(__file__).resolve().parent / "data" / "retention.csv"


@cache
def rows() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def shelf(code: str) -> Shelf:
    """KeyError for a code without a row."""
    row = rows()[code]
    return Shelf(int(row["years"]) if row["years"] else None, row["rule"], row["confidence"])
