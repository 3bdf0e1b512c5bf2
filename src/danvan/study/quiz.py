"""Which questions of the bank a learner is asked: the same ones until they try again."""

from __future__ import annotations

import hashlib

from django.db.models import Q

from danvan.study.models import Campaign, Learner, Question


def bank(campaign: Campaign) -> list[Question]:
    """Questions in use about the campaign's documents, and those about none."""
    documents = campaign.texts.values("document")
    held = Question.objects.filter(body=campaign.body_id, withdrawn_at__isnull=True)
    return list(held.filter(Q(document__isnull=True) | Q(document__in=documents)))


def drawn(campaign: Campaign, learner: Learner) -> list[Question]:
    """``quiz_size`` questions, drawn by learner and number of tries: no state, no luck twice."""
    tries = campaign.tries.filter(learner=learner).count()

    def place(question: Question) -> str:
        mark = f"{campaign.pk}:{learner.who}:{tries}:{question.pk}"
        return hashlib.sha256(mark.encode()).hexdigest()

    return sorted(bank(campaign), key=place)[: campaign.quiz_size]
