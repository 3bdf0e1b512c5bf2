"""What the pages of the second half share: where they start, and how a refusal is told."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from danvan.kernel.access import actor_of
from danvan.scoring.models import Explanation, Round, Score, Sheet
from danvan.scoring.queries import rankings, verification
from danvan.scoring.queries.sheets import visible_to


def round_or_404(request: HttpRequest, pk: int) -> Round:
    return get_object_or_404(rankings.rounds_visible_to(actor_of(request)), pk=pk)


def sheet_or_404(request: HttpRequest, pk: int) -> Sheet:
    return get_object_or_404(visible_to(actor_of(request)), pk=pk)


def score_or_404(request: HttpRequest, pk: int) -> Score:
    return get_object_or_404(verification.scores_visible_to(actor_of(request)), pk=pk)


def explanation_or_404(request: HttpRequest, pk: int) -> Explanation:
    return get_object_or_404(verification.explanations_visible_to(actor_of(request)), pk=pk)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if empty; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
