"""Formulas of criteria: the language of ``kernel.formulas``, where M is the criterion's maximum.

Grammar and its source: domain notes on scoring, §7.
"""

from __future__ import annotations

from danvan.kernel.formulas import (
    FormulaError,
    Node,
    Outcome,
    Status,
    compared,
    compute,
    names_in,
    parse,
)
from danvan.ui.formula_words import said, worded

__all__ = [
    "FormulaError",
    "Node",
    "Outcome",
    "Status",
    "compared",
    "compute",
    "names_in",
    "parse",
    "said",
    "worded",
]
