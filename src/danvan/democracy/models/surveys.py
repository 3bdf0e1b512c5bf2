"""Satisfaction surveys that keep counts and nothing else.

A sheet is never stored: each answer raises a count. A one-time token is deleted when it is
used, so nothing can join who was given one to what was answered, not even the order.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Person, Unit
from danvan.organisations.models.units import Dated


class Questionnaire(Dated):
    """Short questions in force between two days."""

    code = models.SlugField(_("mã"), max_length=40)
    title = models.CharField(_("tên"), max_length=300)
    source = models.CharField(_("nguồn"), max_length=300)

    class Meta(Dated.Meta):
        ordering = ["code", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["code", "valid_from"], name="survey_questionnaire_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question with its options. Free text is not asked for: a handwriting gives itself away.

    ``options``: [[value, words], …]; ``satisfied``: the values that count as satisfied.
    The one that is ``overall`` gives a unit's rate and its margin of error.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="questions")
    order = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    text = models.CharField(_("câu hỏi"), max_length=300)
    options = models.JSONField()
    satisfied = models.JSONField(default=list)
    overall = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "code"], name="survey_question_once"),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=Q(overall=True),
                name="survey_one_overall_question",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Survey(models.Model):
    """One survey of some units between two days: who asks, how people were chosen."""

    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="surveys")
    title = models.CharField(_("tên đợt khảo sát"), max_length=300)
    surveyor = models.CharField(_("đơn vị khảo sát"), max_length=200)
    sampling = models.TextField(_("cách chọn mẫu"))
    opens_on = models.DateField(_("từ ngày"))
    closes_on = models.DateField(_("đến hết ngày"))
    minimum = models.PositiveIntegerField(_("cỡ mẫu tối thiểu"))
    settled_on = models.DateField(_("ngày chốt kết quả"), null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-closes_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True) | Q(settled_on__gt=F("closes_on")),
                name="survey_settled_after_it_closed",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on"), minimum__gte=5), name="survey_days_and_n"
            ),
            models.CheckConstraint(condition=~Q(sampling=""), name="survey_says_its_sampling"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self, day: dt.date) -> bool:
        """Whether sheets are taken over the network that day."""
        return self.settled_on is None and self.opens_on <= day <= self.closes_on


class SurveyUnit(models.Model):
    """The unit asked about. ``code`` is public (on its QR); ``population``: people it served.

    ``by_token``: only with a one-time token; else anybody once, slowed down. ``sheets`` counts
    what came over the network, ``issued`` the tokens ever handed out.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    code = models.CharField(max_length=16, unique=True)
    by_token = models.BooleanField(_("chỉ nhận phiếu có mã"))
    population = models.PositiveIntegerField(_("số người được phục vụ"), null=True)
    sheets = models.PositiveIntegerField(default=0)
    issued = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "unit"], name="one_line_per_unit_surveyed"),
            models.CheckConstraint(
                condition=Q(population__isnull=True) | Q(population__gte=1),
                name="survey_population_some",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Điểm khảo sát %s") % self.code)


class SurveyToken(models.Model):
    """A one-time token that was not used yet: only its digest. Used means deleted."""

    surveyed = models.ForeignKey(SurveyUnit, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)


class PaperBatch(models.Model):
    """Paper sheets typed in together. A wrong batch is withdrawn with a reason, never changed."""

    surveyed = models.ForeignKey(SurveyUnit, models.PROTECT, related_name="batches")
    sheets = models.PositiveIntegerField(_("số phiếu"))
    kept_where = models.CharField(_("phiếu giấy lưu ở đâu"), max_length=300)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_why = models.CharField(_("lý do rút"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(sheets__gte=1), name="batch_has_sheets"),
        ]


class Tally(models.Model):
    """How often an option was chosen: over the network (no batch) or in a batch of paper."""

    surveyed = models.ForeignKey(SurveyUnit, models.PROTECT, related_name="tallies")
    batch = models.ForeignKey(PaperBatch, models.PROTECT, null=True, related_name="tallies")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    option = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "question", "option"], name="one_tally_per_batch_and_option"
            ),
            models.UniqueConstraint(
                fields=["surveyed", "question", "option"],
                condition=Q(batch__isnull=True),
                name="one_tally_per_option",
            ),
        ]
