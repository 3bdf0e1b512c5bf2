"""Formulas kept as data: a small language, read and computed without ``eval``.

    M                          the most a result may be; given by whoever computes, no reading
    + - * /  < <= > >= = !=    arithmetic and comparison; ``and``, ``or``
    A if condition else B      one or the other
    R(a, b)                    min(1, a ÷ b)
    L(x, lo, hi)               0 below lo, 1 from hi, straight between
    S(x; 0: M; <=5: M/2; else: 0)        the first case that holds; x may be left out
    min(a, …)  max(a, …)

Numbers are exact (fractions) until the last step, which rounds half up to two decimals. A
name without a reading makes the result *not yet known*; nothing to divide by means that the
matter *did not arise*.
"""

from __future__ import annotations

from danvan.kernel.formulas.computing import Outcome, Status, compute, evaluate
from danvan.kernel.formulas.grammar import FormulaError, Node, compared, names_in, parse

__all__ = [
    "FormulaError",
    "Node",
    "Outcome",
    "Status",
    "compared",
    "compute",
    "evaluate",
    "names_in",
    "parse",
]
