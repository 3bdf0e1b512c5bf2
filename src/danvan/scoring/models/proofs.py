"""Proofs: versions, who opened them, and what a nightly look found missing."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.assignments.models import Attachment
from danvan.kernel.models import StoredFile
from danvan.organisations.models import Person
from danvan.scoring.models.explanations import Explanation
from danvan.scoring.models.rounds import Round
from danvan.scoring.models.sheets import Score


class Shown(models.Model):
    """What shows a claimed point: a file, something already handed in, or an address.

    ``dated`` is the day of the document itself; ``valid_until`` its last day, if it has one.
    """

    name = models.CharField(_("tên minh chứng"), max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    address = models.URLField(_("đường dẫn"), max_length=400, blank=True)
    dated = models.DateField(_("ngày của văn bản"), null=True, blank=True)
    valid_until = models.DateField(_("có hiệu lực đến"), null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def stored(self) -> StoredFile | None:
        """The bytes, wherever they were sent; None for an address."""
        return self.attachment.file if self.attachment else self.file

    @property
    def dated_on(self) -> dt.date | None:
        """The document's day: as said here, else as said when it was handed in."""
        if self.dated is None and self.attachment:
            return self.attachment.submission.document_date
        return self.dated

    @property
    def kind(self) -> str:
        """How a browser can show it: "pdf", "image", or "" (to be saved or followed)."""
        ending = self.name.rpartition(".")[2].lower()
        if self.stored is None:
            return ""
        return {"pdf": "pdf", "png": "image", "jpg": "image", "jpeg": "image"}.get(ending, "")


class Proof(Shown):
    """The version that counts today. Earlier ones are ``versions``, kept as they were."""

    score = models.ForeignKey(Score, models.CASCADE, related_name="proofs")
    version = models.PositiveSmallIntegerField(_("bản"), default=1)
    # Sent with an explanation, after the sheet was closed.
    explanation = models.ForeignKey(
        Explanation, models.CASCADE, null=True, blank=True, related_name="proofs"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False) | Q(attachment__isnull=False) | ~Q(address=""),
                name="proof_points_at_something",
            ),
            models.UniqueConstraint(
                fields=["score", "file"], condition=Q(file__isnull=False), name="proof_file_once"
            ),
            models.UniqueConstraint(
                fields=["score", "attachment"],
                condition=Q(attachment__isnull=False),
                name="proof_attachment_once",
            ),
            models.CheckConstraint(
                condition=Q(dated__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("dated")),
                name="proof_ends_after_it_begins",
            ),
        ]


class ProofVersion(Shown):
    """An earlier version of a proof: never changed, never deleted while the proof stands."""

    proof = models.ForeignKey(Proof, models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField(_("bản"))
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("lý do thay"))

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["proof", "version"], name="one_proof_version"),
            models.CheckConstraint(condition=~Q(reason=""), name="replaced_for_a_reason"),
        ]


class ProofOpening(models.Model):
    """Somebody opened a version of a proof: the first and the last time, and how often."""

    proof = models.ForeignKey(Proof, models.CASCADE, related_name="openings")
    version = models.PositiveSmallIntegerField(_("bản"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proof", "version", "person"], name="one_opening_line_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.proof}"


class ProofScan(models.Model):
    """One look over a round: lines [sheet id, criterion code, kind], in the order found."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="proof_scans")
    at = models.DateTimeField()
    gaps = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Quét minh chứng – {self.round}"
