"""How often one place may ask for what: figures of ours, for want of a rule."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from danvan.kernel import throttling

HOUR = dt.timedelta(hours=1)
# Behind one address of a ward's office a whole street may sit; behind a number, one person.
LIMITS = {"send": 10, "status": 60, "number": 15, "dispute": 10, "survey": 60}


def waiting(request: HttpRequest, purpose: str) -> str:
    """Counts one more for the place; how long to wait, in words, or nothing."""
    try:
        hold_back(request, purpose)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def hold_back(request: HttpRequest, purpose: str, who: str = "") -> None:
    """Counts one more for the place (or for ``who``). Raises ValidationError with the wait."""
    wait = throttling.count(
        f"portal.{purpose}", who or throttling.place_of(request), times=LIMITS[purpose], within=HOUR
    )
    if wait:
        minutes = -(-wait // 60)
        raise ValidationError(_("Gửi quá nhiều lần. Hãy thử lại sau %d phút.") % minutes)
