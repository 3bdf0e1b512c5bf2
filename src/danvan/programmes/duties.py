"""What the programme office owes for drafts under review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.organisations import roles
from danvan.programmes import queries


def reviews(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """One line per draft under review of a body the actor serves: one query."""
    served = actor.scopes(roles.PROGRAMME_OFFICE)
    if not served:
        return
    for draft in queries.drafts_under_review(actor).filter(body__in=served):
        pending: int = draft.pending  # type: ignore[attr-defined]
        title = (
            _("Rà soát bản đọc kế hoạch “%(name)s”: còn %(count)d mục")
            if pending
            else _("Ban hành kế hoạch “%(name)s”: đã rà soát xong")
        )
        yield Duty(
            title=title % {"name": draft.file_name, "count": pending},
            url=reverse("programmes:review", args=[draft.pk]),
            kind="owed",
            why=_("Kế hoạch chỉ ban hành được khi mọi mục đã có người xem."),
            whose=_("Cơ quan thường trực chương trình"),
            group=_("Kế hoạch"),
        )
