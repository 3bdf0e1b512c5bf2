"""A head or deputy lets somebody act for them for a while, and takes it back."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already
from danvan.kernel.actions import action, record
from danvan.organisations import rules
from danvan.organisations.models import Delegation, Person, Unit


@action(
    "organisations.delegation.give",
    may=rules.may_give,
    says=gettext_lazy("ủy quyền"),
)
def give(
    unit: Unit,
    *,
    receiver: Person,
    scope: str,
    ground: str,
    start: dt.date,
    end: dt.date,
    by: Actor,
) -> Delegation:
    """From ``start`` to ``end``, both included, ``receiver`` acts for the giver in the unit.

    Raises ValidationError where it overlaps another of the same giver: two people acting for
    one at once is nobody's signature.
    """
    if end < start:
        raise ValidationError({"end": _("Ngày kết thúc không được trước ngày bắt đầu.")})
    if end < clock.today():
        raise ValidationError({"end": _("Thời hạn ủy quyền đã qua.")})
    assert by.id is not None, "only a person in post may give"
    if receiver.pk == by.id:
        raise ValidationError({"receiver": _("Không thể ủy quyền cho chính mình.")})
    mine = Delegation.objects.filter(unit=unit, giver=by.id, revoked_on__isnull=True)
    asked = {"receiver": receiver, "scope": scope, "ground": ground}
    if mine.filter(valid_from=start, valid_to=end, **asked).exists():
        raise Refused(already(_("Đã ủy quyền như vậy rồi.")))
    overlap = mine.filter(valid_from__lte=end, valid_to__gte=start).select_related("receiver")
    if other := overlap.first():
        told = {
            "name": other.receiver.name, "start": f"{other.valid_from:%d/%m/%Y}",
            "end": f"{other.valid_to:%d/%m/%Y}",
        }  # fmt: skip
        words = _("Đã ủy quyền cho %(name)s từ %(start)s đến %(end)s; thu hồi trước đã.")
        raise ValidationError({"start": words % told})
    row = Delegation.objects.create(
        unit=unit, giver_id=by.id, valid_from=start, valid_to=end, **asked
    )
    record(
        row, concerns=unit.pk, receiver=receiver.name, scope=row.get_scope_display(),
        ground=ground, since=start, until=end,
    )  # fmt: skip
    return row


@action(
    "organisations.delegation.revoke",
    may=rules.may_revoke,
    says=gettext_lazy("thu hồi ủy quyền"),
)
def revoke(delegation: Delegation, *, reason: str, by: Actor) -> Delegation:
    """From today on the receiver acts no more; what was done stays done. Raises ValidationError
    without a reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Ghi lý do thu hồi.")})
    delegation.revoked_on, delegation.revoked_why = clock.today(), reason.strip()[:300]
    delegation.save(update_fields=["revoked_on", "revoked_why"])
    record(delegation, concerns=delegation.unit_id, reason=reason, since=delegation.revoked_on)
    return delegation
