"""A secret address under which a person's dates can be read by a calendar program."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Person
from danvan.ui import written


class Feed(models.Model):
    """Only the SHA-256 of the token is kept: whoever reads the database cannot use it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="calendar_feeds")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(revoked_at__isnull=True),
                name="one_open_feed_per_person",
            )
        ]

    def __str__(self) -> str:
        return str(_("Lịch cá nhân tạo lúc %s") % written.moment(self.made_at))
