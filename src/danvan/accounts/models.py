"""An account: a name to sign in with and a password. The person behind it is organisations'."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """One sign-in. ``is_superuser`` marks the system administrator, who sees no sealed data."""


class SignInAttempt(models.Model):
    """A try to sign in that has not succeeded; see ``throttling``.

    ``key`` is a digest: people type passwords into the name field, so neither the name nor
    the address is kept in the clear.
    """

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"])]
