"""A score sheet from a table (.csv, .xlsx): read, checked, and only then written.

``read`` takes the bytes apart, ``check`` says row by row what is wrong, and what is left when
nothing is wrong is a ``Plan`` that ``actions.criteria.import_sets`` writes.
"""

from __future__ import annotations

from danvan.scoring.importing.checking import check
from danvan.scoring.importing.columns import COLUMNS
from danvan.scoring.importing.plans import Plan, PlannedSet, Problem
from danvan.scoring.importing.reading import NotATable, Row, Table, read

__all__ = [
    "COLUMNS", "NotATable", "Plan", "PlannedSet", "Problem", "Row", "Table", "check", "read",
]  # fmt: skip
