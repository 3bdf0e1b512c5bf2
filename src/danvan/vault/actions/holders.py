"""Naming who may open, and ending it."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, refuse
from danvan.kernel.actions import action, record
from danvan.organisations.models import Person, Unit
from danvan.vault import queries, rules
from danvan.vault.models import Holder, Sealed


@action("vault.holder.appoint", may=rules.may_appoint, says=gettext_lazy("phân công người giữ"))
def appoint_holder(
    body: Unit,
    *,
    person: Person,
    role: str,
    basis: str,
    sealed: Sealed | None = None,
    until: dt.date | None = None,
    by: Actor,
) -> Holder:
    """From today, for every case of the body or for ``sealed`` only. Never an administrator."""
    today = clock.today()
    if person.user is not None and person.user.is_superuser:
        raise Refused(refuse(_("Quản trị hệ thống không được giữ hồ sơ mật.")))
    if not basis.strip():
        raise Refused(refuse(_("Ghi văn bản phân công.")))
    if until is not None and until < today:
        raise Refused(refuse(_("Ngày kết thúc không được trước hôm nay.")))
    if sealed is not None and sealed.body_id != body.pk:
        raise Refused(refuse(_("Hồ sơ này không thuộc cơ quan.")))
    standing = queries.standing(today).filter(body=body, person=person, role=role, sealed=sealed)
    if standing.exists():
        raise Refused(already(_("Người này đang được phân công việc đó rồi.")))
    holder = Holder.objects.create(
        body=body, sealed=sealed, person=person, role=role, basis=basis.strip(),
        valid_from=today, valid_to=until, appointed_by_id=by.id,
    )  # fmt: skip
    record(
        holder, concerns=body.pk, person=person.name, kind=str(holder.get_role_display()),
        basis=holder.basis, until=until,
    )  # fmt: skip
    return holder


@action("vault.holder.end", may=rules.may_end, says=gettext_lazy("thôi phân công người giữ"))
def end_holder(holder: Holder, *, reason: str, by: Actor) -> Holder:
    """At once, not at midnight. What was opened until then stays in the log."""
    if not reason.strip():
        raise Refused(refuse(_("Phải ghi lý do thôi phân công.")))
    holder.ended_at = clock.now()
    holder.save(update_fields=["ended_at"])
    record(holder, concerns=holder.body_id, reason=reason.strip(), person=holder.person.name)
    return holder
