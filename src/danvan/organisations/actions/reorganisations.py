"""One act per reorganisation: drafted with its resolution, enacted whole, taken back in time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock, events
from danvan.kernel.access import SYSTEM, Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.kernel.imports.touches import Changed, Touches, put_back
from danvan.kernel.models import StoredFile
from danvan.organisations import naming, rules
from danvan.organisations.events import UnitsReorganised
from danvan.organisations.models import (
    Appointment,
    Delegation,
    Post,
    Reorganisation,
    RoleHolding,
    Succession,
    Unit,
    UnitAlias,
    UnitCode,
    UnitVersion,
)
from danvan.organisations.models.units import in_force
from danvan.organisations.reorganising import plan as plans
from danvan.organisations.reorganising.plan import ONE_DAY, Plan
from vanban.text import search_key

_RULES = {
    Reorganisation.Form.MERGE: Reorganisation.Rule.MERGED_INTO,
    Reorganisation.Form.SPLIT: Reorganisation.Rule.SPLIT,
    Reorganisation.Form.ABOLISH: Reorganisation.Rule.MERGED_INTO,
}
State = Reorganisation.State


def draft(
    form: str,
    plan: Plan,
    *,
    effective_on: dt.date,
    code: str,
    signed_on: dt.date,
    subject: str,
    file: StoredFile | None = None,
    file_name: str = "",
    corrects: Reorganisation | None = None,
    by: Actor,
) -> Reorganisation:
    """Keeps what was decided, to be looked at. Raises ValidationError if it cannot be written."""
    if not (decision := rules.may_keep_units(by, None)):
        raise Refused(decision)
    _sound(plan, effective_on)
    return Reorganisation.objects.create(
        form=form, effective_on=effective_on,
        rule=_RULES.get(Reorganisation.Form(form), Reorganisation.Rule.STAY),
        code=code, signed_on=signed_on, subject=subject, file=file, file_name=file_name,
        plan=plan.as_data(), made_by=by.name, made_at=clock.now(), corrects=corrects,
    )  # fmt: skip


@action(
    "organisations.reorganisation.enact",
    may=rules.may_enact,
    says=gettext_lazy("ghi nhận sắp xếp đơn vị"),
)
def enact(it: Reorganisation, *, by: Actor) -> Reorganisation:
    """Writes the whole plan, or nothing. Takes effect at once if its day has come.

    Raises ValidationError if the units changed meanwhile so that the plan no longer fits.
    """
    plan, day = Plan.from_data(it.plan), it.effective_on
    _sound(plan, day)
    touches = Touches()
    keys = plan.keys
    of = Q(unit__key__in=keys)
    with touches.watch(
        Unit.objects.filter(key__in=keys),
        *(model.objects.filter(of) for model in (UnitVersion, UnitCode, UnitAlias)),
        Post.objects.filter(of),
        RoleHolding.objects.filter(Q(holder__key__in=keys) | Q(body__key__in=keys)),
        Appointment.objects.filter(of),
        Delegation.objects.filter(of),
        Succession.objects.filter(Q(predecessor__key__in=keys) | Q(successor__key__in=keys)),
    ):
        units = _write(it, plan)
    it.touched, it.state, it.enacted_at = touches.told(), State.ENACTED, clock.now()
    it.save(update_fields=["touched", "state", "enacted_at"])
    for unit in units.values():
        record(unit, concerns=unit.pk, reason=it.ground, on=day)
    record(it, on=day, reason=it.ground)
    if day <= clock.today():
        take_effect(it, by=by)
    return it


@action(
    "organisations.reorganisation.take_effect",
    may=rules.may_take_effect,
    says=gettext_lazy("sắp xếp đơn vị có hiệu lực"),
)
def take_effect(it: Reorganisation, *, by: Actor) -> None:
    """The day has come: from here on it is corrected, not taken back. Announces it."""
    it.state = State.IN_FORCE
    it.save(update_fields=["state"])
    events.announce(UnitsReorganised(it.pk))  # type: ignore[call-arg]
    record(it, on=it.effective_on, reason=it.ground)


def take_effect_on(day: dt.date) -> int:
    """Those whose day has come by ``day``; returns how many. Again does nothing."""
    waiting = Reorganisation.objects.filter(state=State.ENACTED, effective_on__lte=day)
    due = list(waiting.order_by("effective_on", "pk"))
    for it in due:
        take_effect(it, by=SYSTEM)
    return len(due)


@action(
    "organisations.reorganisation.withdraw",
    may=rules.may_withdraw,
    says=gettext_lazy("rút sắp xếp đơn vị"),
)
def withdraw(it: Reorganisation, *, reason: str, by: Actor) -> Reorganisation:
    """Before the day: everything as it was. Refused without a reason, or if what it wrote
    changed since."""
    if not reason.strip():
        raise Refused(refuse(_("Ghi lý do rút đợt sắp xếp.")))
    try:
        put_back(it.touched)
    except Changed as changed:
        raise Refused(refuse(_("Không rút được: %(why)s") % {"why": changed})) from None
    it.state = State.WITHDRAWN
    it.save(update_fields=["state"])
    record(it, reason=reason, on=it.effective_on)
    return it


def _sound(plan: Plan, day: dt.date) -> None:
    if found := plans.faults(plan, day):
        raise ValidationError(found)


def _write(it: Reorganisation, plan: Plan) -> dict[str, Unit]:
    day, last = it.effective_on, it.effective_on - ONE_DAY
    units = {u.key: u for u in Unit.objects.filter(key__in=plan.keys | plan.parents)}
    for one in plan.begins:
        units[one.key] = Unit.objects.create(key=one.key, source=it.ground[:300])
    for one in plan.begins:
        _version(units, one.key, one, day, it.ground)
        if one.code:
            UnitCode.objects.create(
                unit=units[one.key], scheme="GSO", code=one.code, valid_from=day
            )
    for change in plan.changes:
        running = units[change.unit].versions.filter(in_force(last))
        running.update(valid_to=last, ended_by=it.ground)
        _version(units, change.unit, change, day, it.ground)
    for take in plan.takes:
        Succession.objects.create(
            predecessor=units[take.predecessor], successor=units[take.successor], on=day,
            whole=take.whole, principal=take.principal, resolution=it.ground, reorganisation=it,
        )  # fmt: skip
    for old, heir in plan.heirs.items():
        _pass_on(units[old], units[heir], plan, it)
    for key in plan.ends:
        _end(units[key], last, it.ground)
    return {key: units[key] for key in sorted(plan.keys)}


def _version(units: dict[str, Unit], key: str, one: Any, day: dt.date, basis: str) -> None:
    UnitVersion.objects.create(
        unit=units[key], name=one.name, short_name=naming.short(one.name), kind=one.kind,
        parent=units.get(one.parent), valid_from=day, basis=basis[:200], **naming.keys(one.name),
    )  # fmt: skip
    for text in naming.spellings(one.name):
        UnitAlias.objects.get_or_create(
            unit=units[key], key=search_key(text)[:120], defaults={"text": text[:120]}
        )


def _pass_on(old: Unit, heir: Unit, plan: Plan, it: Reorganisation) -> None:
    """Officers and roles go with the unit; who is there already is not written twice."""
    day, last = it.effective_on, it.effective_on - ONE_DAY
    there = set(heir.posts.filter(in_force(day)).values_list("person_id", "title"))
    for post in old.posts.filter(in_force(last), rank=Post.Rank.OFFICER):
        if (post.person_id, post.title) not in there:
            Post.objects.create(
                person_id=post.person_id, unit=heir, title=post.title, rank=post.rank,
                valid_from=day,
            )  # fmt: skip
    for held in old.roles_held.filter(in_force(last)).select_related("body"):
        if held.body.key not in plan.ends:
            RoleHolding.objects.get_or_create(
                role=held.role, body=held.body, holder=heir, valid_from=day,
                defaults={"basis": it.ground[:200]},
            )  # fmt: skip


def _end(unit: Unit, last: dt.date, ground: str) -> None:
    running = Q(valid_from__lte=last) & (Q(valid_to__isnull=True) | Q(valid_to__gt=last))
    unit.versions.filter(running).update(ended_by=ground)
    for related in (
        "versions", "codes", "posts", "appointments", "roles_held", "roles_served_by",
        "delegations",
    ):  # fmt: skip
        getattr(unit, related).filter(running).update(valid_to=last)
