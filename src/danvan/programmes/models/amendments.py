"""What changes a published plan: one amending document, and what it does to each task."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.documents.models import Document
from danvan.kernel.models import StoredFile
from danvan.organisations.models import Person
from danvan.programmes.models.plans import Programme, Target, Task


class Amendment(models.Model):
    """Prepared task by task, then published with its document: from that day on it counts.

    While it is prepared it changes nothing. ``document`` is the "sửa đổi, bổ sung" in the
    register, known when it is published.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        PUBLISHED = "published", _("đã ban hành")
        DISCARDED = "discarded", _("đã bỏ")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="amendments")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="amendments")
    subject = models.CharField(_("nội dung sửa đổi"), max_length=300)
    in_force_from = models.DateField(_("có hiệu lực từ"))
    # Why it reaches back: asked where a deadline it sets had passed before it took effect.
    past_reason = models.CharField(_("lý do hồi tố"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    # The amending document it was read from, and its header as read
    # ({type, code, date, issuer, signer, signer_position, in_force_from}).
    read_from = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    read_name = models.CharField(_("tên tệp"), max_length=200, blank=True)
    read_header = models.JSONField(default=dict)

    class Meta:
        ordering = ["in_force_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(document__isnull=False, published_at__isnull=False),
                name="amendment_published_has_document",
            ),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(state="draft"), name="amendment_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class AmendmentChange(models.Model):
    """One task or target before and after. The shape of both is in programmes/amending.py.

    What is added has no row until the amendment is published; what is removed has no after.
    """

    class Kind(models.TextChoices):
        ADDED = "added", _("bổ sung")
        CHANGED = "changed", _("sửa đổi")
        REMOVED = "removed", _("bãi bỏ")

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="changes")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="changes")
    target = models.ForeignKey(Target, models.PROTECT, null=True, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "task"], condition=Q(task__isnull=False),
                name="amendment_task_once",
            ),
            models.UniqueConstraint(
                fields=["amendment", "target"], condition=Q(target__isnull=False),
                name="amendment_target_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="added", before__isnull=True, after__isnull=False)
                | Q(kind="changed", before__isnull=False, after__isnull=False)
                | Q(kind="removed", before__isnull=False, after__isnull=True),
                name="amendment_change_before_after",
            ),
            models.CheckConstraint(
                condition=Q(task__isnull=True) | Q(target__isnull=True),
                name="amendment_change_of_one",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.task or self.target or ''}"


class AmendmentProposal(models.Model):
    """One passage of the amending document and the change it was read as; counts for nothing yet.

    ``after`` has the shape of ``AmendmentChange.after``. Unread: the words say something that
    could not be told; a person settles it by hand. Aside: words that change nothing.
    """

    class Kind(models.TextChoices):
        ADDED = "added", _("bổ sung")
        CHANGED = "changed", _("sửa đổi")
        REMOVED = "removed", _("bãi bỏ")
        UNREAD = "unread", _("chưa hiểu")
        ASIDE = "aside", _("không phải thay đổi")

    class State(models.TextChoices):
        PENDING = "pending", _("chờ xem")
        CONFIRMED = "confirmed", _("đúng")
        MENDED = "mended", _("đã sửa")
        SET_ASIDE = "set_aside", _("không ghi")

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="proposals")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="+")
    target = models.ForeignKey(Target, models.PROTECT, null=True, related_name="+")
    words = models.TextField(_("nguyên văn"))
    confidence = models.DecimalField(max_digits=3, decimal_places=2)
    reason = models.CharField(max_length=300, blank=True)
    after = models.JSONField(null=True)
    state = models.CharField(max_length=9, choices=State, default=State.PENDING)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["amendment", "order"], name="amendment_proposal_order"),
            models.CheckConstraint(
                condition=Q(kind__in=["added", "changed"], after__isnull=False)
                | Q(kind__in=["removed", "unread", "aside"], after__isnull=True),
                name="amendment_proposal_after",
            ),
            models.CheckConstraint(
                condition=~Q(kind="aside") | Q(state="set_aside"), name="amendment_proposal_aside"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words[:80]}"

    @property
    def about_target(self) -> bool:
        """Of a target there is, or of one to be added."""
        return self.target_id is not None or "subject" in (self.after or {})
