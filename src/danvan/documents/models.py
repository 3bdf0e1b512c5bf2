"""Official documents, their provisions, and which provision cites which document."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.documents.clauses import said
from danvan.kernel.models import StoredFile
from danvan.organisations.models import Unit
from vanban.text import search_key


class Document(models.Model):
    """An official document. ``code`` is number and symbol together ("49/KH-UBND").

    One known only by citation has no text and no file; a law cited by name has no code.
    """

    class Origin(models.TextChoices):
        RECEIVED = "received", _("nhập vào")
        ISSUED = "issued", _("ban hành")
        CITED = "cited", _("được viện dẫn")

    origin = models.CharField(_("nguồn gốc"), max_length=8, choices=Origin)
    type = models.CharField(_("tên loại"), max_length=80)
    code = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)
    subject = models.TextField(_("trích yếu"), blank=True)
    issuer_name = models.CharField(_("cơ quan ban hành"), max_length=200, blank=True)
    issuer = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    in_force_from = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    in_force_to = models.DateField(_("hết hiệu lực sau ngày"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaces"
    )
    # Where what is said of its validity comes from, and how sure that is.
    validity_source = models.CharField(_("nguồn về hiệu lực"), max_length=300, blank=True)
    signer = models.CharField(_("người ký"), max_length=120, blank=True)
    signer_position = models.CharField(_("chức vụ người ký"), max_length=120, blank=True)
    recipients = models.JSONField(_("nơi nhận"), default=list, blank=True)
    text = models.TextField(_("toàn văn"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(_("tên tệp"), max_length=200, blank=True)
    search_key = models.TextField(blank=True)

    class Meta:
        ordering = ["-issued_on", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "issued_on", "issuer_name"],
                condition=~Q(code=""),
                name="document_known_once",
            ),
        ]

    def __str__(self) -> str:
        name = f"{self.type} {self.code}" if self.code else f"{self.type} {self.subject}".strip()
        return f"{name} ngày {self.issued_on:%d/%m/%Y}" if self.issued_on else name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the search key true to the words it is made of."""
        self.search_key = self.key_of_words()
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "search_key"}
        super().save(*args, **kwargs)

    @property
    def short(self) -> str:
        """Type and code, or the name of a law."""
        return f"{self.type} {self.code}" if self.code else f"{self.type} {self.subject}".strip()

    def key_of_words(self) -> str:
        """What the document is found under; for those who write many rows at once."""
        return search_key(f"{self.type} {self.code} {self.subject} {self.issuer_name}")

    def in_force_on(self, day: dt.date) -> bool | None:
        """Whether it was in force that day; None if that is not known."""
        start = self.in_force_from or self.issued_on
        if self.in_force_to is not None and day > self.in_force_to:
            return False
        if start is not None and day < start:
            return False
        return True if self.in_force_from or self.in_force_to else None


class Provision(models.Model):
    """A node of a document's text. ``path`` reads "IV.2.a"; spans index ``Document.text``."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="provisions")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    order = models.PositiveIntegerField()
    marker = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=120, blank=True)
    depth = models.PositiveSmallIntegerField()
    heading = models.BooleanField(default=False)
    text = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["document", "order"], name="provision_order"),
        ]

    def __str__(self) -> str:
        return said(self.path) if self.path else self.text[:60]


class Citation(models.Model):
    """A place where a document's text cites another document."""

    provision = models.ForeignKey(
        Provision, models.CASCADE, null=True, blank=True, related_name="citations"
    )
    document = models.ForeignKey(Document, models.CASCADE, related_name="citations_made")
    cited = models.ForeignKey(Document, models.PROTECT, related_name="cited_at")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["start"]


class NumberSeries(models.Model):
    """The running number of a body's documents in a year (Nghị định 30/2020, Điều 15).

    One row per body, year and series, locked while a number is taken: none twice, no gap.
    """

    body = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "series"], name="number_series_once"),
        ]
