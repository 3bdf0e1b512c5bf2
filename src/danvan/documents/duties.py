"""What the register lays on a desk: clauses to look at again, documents to acknowledge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from danvan.documents import queries
from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.ui import written


def reviews(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """One line per changed document, however many clauses cite it. One query."""
    for cited, count, since in queries.reviews_by_document(actor, today):
        told = {"n": count, "document": cited.called}
        yield Duty(
            title=ngettext(
                "Rà soát %(n)d chỗ viện dẫn %(document)s",
                "Rà soát %(n)d chỗ viện dẫn %(document)s",
                count,
            )
            % told,
            url=f"{reverse('documents:reviews')}?van_ban={cited.pk}",
            kind="waiting",
            why=_("Hiệu lực của văn bản được viện dẫn thay đổi từ %s.") % written.day(since),
            group=_("Rà soát căn cứ"),
        )


def to_acknowledge(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """Documents sent to the actor's units that nobody there has acknowledged. One query."""
    for addressee in queries.to_acknowledge(actor):
        yield Duty(
            title=_("Xác nhận đã nhận %s") % addressee.document.short,
            url=reverse("documents:receipt", args=[addressee.pk]),
            kind="owed",
            why=_("Văn bản được gửi đến đơn vị theo nơi nhận."),
            group=_("Văn bản đến"),
        )
