"""Traces of reading: pages seen, answers given. Forgotten when they are no longer needed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from danvan.study.models.campaigns import Campaign, StudyText
from danvan.study.models.roster import Learner


class PageSeen(models.Model):
    """A page (from 1) that a learner said to have read, and when."""

    text = models.ForeignKey(StudyText, models.CASCADE, related_name="seen")
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="seen")
    page = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "learner", "page"], name="page_seen_once"),
        ]


class QuizTry(models.Model):
    """One try at the questions of a campaign: question → choice, and how many were right."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="tries")
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    answers = models.JSONField(default=dict)
    right = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField()
    passed = models.BooleanField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(right__lte=F("of")), name="quiz_right_of_all"),
        ]
