"""The words of a document: as amended from a day on, and folded for searching."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from danvan.documents.models.documents import Document


class TextVersion(models.Model):
    """A document's text as it read from ``valid_from`` on. The original is Document.text."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="text_versions")
    valid_from = models.DateField(_("áp dụng từ ngày"))
    amended_by = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("toàn văn"))
    source = models.CharField(_("nguồn"), max_length=300)
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "valid_from"], name="text_version_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document.short} ({self.valid_from:%d/%m/%Y})"


class Wording(models.Model):
    """What the full-text index reads: tokens without marks, in the order of the words.

    The database keeps the index itself true to this table (``documents.indexing``).
    """

    document = models.OneToOneField(
        Document, models.CASCADE, primary_key=True, related_name="wording"
    )
    head = models.TextField()
    body = models.TextField()
