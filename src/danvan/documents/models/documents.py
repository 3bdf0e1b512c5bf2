"""Official documents, their provisions, and which provision cites which document."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.documents.clauses import said
from danvan.documents.validity import Standing, standing
from danvan.documents.words import tokens
from danvan.kernel.models import StoredFile
from danvan.organisations.models import Unit
from vanban import symbols
from vanban.text import search_key

# What a document is found by; a change of any of these is a change of the index.
INDEXED = frozenset({"type", "code", "subject", "issuer_name", "text"})
# Types that people call by name ("Luật Thực hiện dân chủ ở cơ sở"), not by symbol.
NAMED = frozenset({"Luật", "Bộ luật", "Hiến pháp"})


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
    # The symbol however it is spelt ("Số: 49 /KH-UBND" and "49/kh-ubnd" have one key).
    code_key = models.CharField(max_length=80, blank=True, db_index=True)

    class Meta:
        ordering = ["-issued_on", "code"]
        indexes = [
            models.Index(fields=["-issued_on", "code"]),
            models.Index(fields=["type"]),
            models.Index(fields=["issuer_name"]),
        ]
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
        """Keeps the search key and the wording true to the words they are made of."""
        self.search_key = self.key_of_words()
        self.code_key = symbols.key(self.code)[:80] if self.code else ""
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "search_key", "code_key"}
        super().save(*args, **kwargs)
        if fields is None or INDEXED & set(fields):
            self.index()

    def index(self) -> None:
        """Writes what the full-text index reads of this document (one query)."""
        from danvan.documents.models.wordings import Wording

        row = Wording(document=self, head=tokens(self.search_key), body=tokens(self.text))
        Wording.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["document"],
            update_fields=["head", "body"],
        )  # fmt: skip

    def text_on(self, day: dt.date) -> str:
        """The text as it read that day; the original before any amended version."""
        found = self.text_versions.filter(valid_from__lte=day).order_by("-valid_from").first()
        return found.text if found else self.text

    @property
    def short(self) -> str:
        """Type and code, or the name of a law."""
        return f"{self.type} {self.code}" if self.code else f"{self.type} {self.subject}".strip()

    @property
    def called(self) -> str:
        """As a person says it: a law by its name, anything else by its symbol."""
        named = f"{self.type} {self.subject}".strip()
        return named if self.type in NAMED and self.subject else self.short

    def key_of_words(self) -> str:
        """What the document is found under; for those who write many rows at once."""
        return search_key(f"{self.type} {self.code} {self.subject} {self.issuer_name}")

    def standing_on(self, day: dt.date) -> Standing:
        """How it stood that day, with the reason. One query unless ``acted_on`` is prefetched."""
        relations = self.acted_on.all() if self.pk else ()
        return standing(self, day, relations)

    def in_force_on(self, day: dt.date) -> bool | None:
        """Whether it was in force that day; None if that is not known."""
        return self.standing_on(day).holds

    def in_force_because(self, day: dt.date) -> str:
        """The reason of ``in_force_on``, in words."""
        return self.standing_on(day).reason


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
