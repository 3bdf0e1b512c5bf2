"""Points as the database hands them over fast and exact: whole hundredths.

SQLite keeps decimals as binary numbers, and turning each into a Decimal takes longer than the
query that reads it. Points have two decimals; of their hundredths there are a few thousand.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache


def asked(expression: str) -> str:
    """The SQL that asks for ``expression`` in hundredths."""
    return f"CAST(round({expression} * 100) AS bigint)"


@cache
def points(hundredths: int) -> Decimal:
    """The points they are."""
    return Decimal(hundredths).scaleb(-2)
