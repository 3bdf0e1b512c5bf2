"""Giving a draft up."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record
from danvan.programmes import rules
from danvan.programmes.models import Draft


@action("programmes.draft.discard", may=rules.may_discard, says=gettext_lazy("bỏ bản đọc kế hoạch"))
def discard(draft: Draft, *, reason: str, by: Actor) -> Draft:
    """Nothing is deleted: file, findings and history stay, and the file may be sent again."""
    if not reason.strip():
        raise ValidationError({"reason": _("Ghi lý do bỏ bản đọc.")})
    draft.state = Draft.State.DISCARDED
    draft.save(update_fields=["state"])
    record(draft, concerns=draft.body_id, reason=reason.strip(), state=["review", draft.state])
    return draft
