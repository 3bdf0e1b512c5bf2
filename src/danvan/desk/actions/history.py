"""Walking the chain of history and keeping the outcome in it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from danvan.desk import rules
from danvan.kernel import audit
from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record
from danvan.kernel.models import ChainHead


def verify(*, by: Actor) -> list[str]:
    """Every place where the chain does not hold; the outcome is a line of history itself."""
    head, _made = ChainHead.objects.get_or_create(pk=1)
    found: list[str] = _verify(head, list(audit.breaks()), by=by)
    return found


@action("desk.history.verify", may=rules.may_verify, says=gettext_lazy("kiểm tra chuỗi nhật ký"))
def _verify(head: ChainHead, found: list[str], *, by: Actor) -> list[str]:
    # The first walk held no lock; a line written meanwhile looks like a break at the end.
    # Only if something was found, the chain is walked again while nobody can write.
    found = list(audit.breaks()) if found else found
    record(head, whole=not found, lines=head.seq, breaks=found[:20])
    return found
