"""A plan being read in: what was found, and what a person decided of each finding."""

from __future__ import annotations

import hashlib
import json

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.documents.models import Document
from danvan.kernel.models import StoredFile
from danvan.organisations.models import Person, Unit


class Draft(models.Model):
    """One uploaded file and its reading. ``text`` and ``provisions`` are as compiled."""

    class State(models.TextChoices):
        REVIEW = "review", _("đang rà soát")
        PUBLISHED = "published", _("đã ban hành")
        KEPT = "kept", _("đã ghi nhận làm căn cứ")
        DISCARDED = "discarded", _("đã bỏ")

    body = models.ForeignKey(Unit, models.PROTECT, related_name="drafts")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    file_name = models.CharField(_("tên tệp"), max_length=200)
    text = models.TextField()
    # [{marker, path, depth, heading, parent, text, start, end}], in order.
    provisions = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.REVIEW)
    read_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField()
    year = models.PositiveSmallIntegerField(_("năm"))
    # A plan of the level above, read in by ``body`` as the ground of its own: it gives nobody
    # here a duty; once kept it is ``document`` in the register.
    of_superior = models.BooleanField(default=False)
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="+")
    # What this plan takes up again and carries out.
    previous = models.ForeignKey(
        "programmes.Programme", models.PROTECT, null=True, blank=True, related_name="+"
    )
    superior = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )

    class Meta:
        ordering = ["-read_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="kept", of_superior=True, document__isnull=False)
                | ~Q(state="kept") & Q(document__isnull=True),
                name="draft_kept_is_of_superior",
            ),
            models.CheckConstraint(
                condition=~Q(state="published", of_superior=True),
                name="draft_of_superior_is_not_published",
            ),
            # The same file twice, or a second click: one draft.
            models.UniqueConstraint(
                fields=["body", "file"], condition=Q(state="review"), name="one_draft_per_file"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class Finding(models.Model):
    """One thing found. ``found`` is the compiler's, ``settled`` the person's; both are kept.

    The shape of both by kind is in programmes/shapes.py.
    """

    class Kind(models.TextChoices):
        HEADER = "header", _("thể thức")
        TASK = "task", _("nhiệm vụ")
        TARGET = "target", _("chỉ tiêu")
        CITATION = "citation", _("văn bản viện dẫn")

    class State(models.TextChoices):
        PENDING = "pending", _("chờ xem")
        ACCEPTED = "accepted", _("đúng")
        CORRECTED = "corrected", _("đã sửa")
        STRUCK = "struck", _("đã bỏ")

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=10, choices=Kind)
    order = models.PositiveIntegerField()
    provision = models.PositiveIntegerField(null=True)  # index into Draft.provisions
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    confidence = models.DecimalField(max_digits=3, decimal_places=2)
    reason = models.CharField(max_length=300, blank=True)
    found = models.JSONField()
    settled = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    strike_reason = models.CharField(_("lý do bỏ"), max_length=300, blank=True)

    class Meta:
        ordering = ["kind", "order"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "kind", "order"], name="finding_order"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.order + 1}"

    @property
    def value(self) -> dict:  # type: ignore[type-arg]
        """What counts: the person's version if there is one."""
        return self.settled if self.settled is not None else self.found

    @property
    def added(self) -> bool:
        """Whether a person added it: the compiler had found nothing."""
        return not self.found

    @property
    def mark(self) -> str:
        """Changes whenever somebody settles the finding anew: sent along to notice a colleague."""
        seen = json.dumps([self.state, self.settled, self.strike_reason], sort_keys=True)
        return hashlib.sha256(seen.encode()).hexdigest()[:12]
