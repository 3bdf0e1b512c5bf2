"""Reads worth a name: who sees what, lists and boards, one case with its clock."""

from danvan.petitions.queries.boards import (
    LONG,
    Figures,
    Line,
    board,
    figures_of,
    overdue_days,
    totals,
)
from danvan.petitions.queries.cases import (
    dues_of,
    enforcement_of,
    similar,
    story_of,
    unfinished,
)
from danvan.petitions.queries.visibility import (
    bodies_of,
    entrusted_with,
    held_by,
    kept_by,
    visible_to,
)

__all__ = [
    "LONG",
    "Figures",
    "Line",
    "board",
    "bodies_of",
    "dues_of",
    "enforcement_of",
    "entrusted_with",
    "figures_of",
    "held_by",
    "kept_by",
    "overdue_days",
    "similar",
    "story_of",
    "totals",
    "unfinished",
    "visible_to",
]
