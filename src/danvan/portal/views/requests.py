"""What views of the portal share: pages with a form, and an error in words."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.views.decorators.http import require_http_methods

from danvan.kernel.access import Refused

both = require_http_methods(["GET", "HEAD", "POST"])


def said(error: Refused | ValidationError) -> str:
    """The reason, in words for whoever asked."""
    return error.decision.reason if isinstance(error, Refused) else " ".join(error.messages)
