"""Who plans, registers and records disclosures."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.democracy.models import Disclosure, DisclosureItem, DisclosurePlan, Posting
from danvan.democracy.rules.telling import acts_for
from danvan.kernel.access import Actor, Decision, all_of, already, refuse
from danvan.organisations.models import Unit


def may_plan(actor: Actor, unit: Unit) -> Decision:
    return acts_for(actor, unit.pk)


def may_change_plan(actor: Actor, plan: DisclosurePlan) -> Decision:
    return acts_for(actor, plan.unit_id)


def may_register(actor: Actor, item: DisclosureItem) -> Decision:
    return acts_for(actor, item.plan.unit_id)


def may_post(actor: Actor, disclosure: Disclosure) -> Decision:
    """Not once something newer stands in its place."""
    held = acts_for(actor, disclosure.item.plan.unit_id)
    if held and disclosure.replaced_by.exists():
        return refuse(_("Nội dung này đã được thay bằng lần công khai mới; ghi ở lần mới."))
    return held


def may_replace(actor: Actor, disclosure: Disclosure) -> Decision:
    held = acts_for(actor, disclosure.item.plan.unit_id)
    if held and disclosure.replaced_by.exists():
        return already(_("Nội dung này đã được công khai lại."))
    return held


def may_correct(actor: Actor, posting: Posting) -> Decision:
    return acts_for(actor, posting.disclosure.item.plan.unit_id)


def may_take_down(actor: Actor, posting: Posting) -> Decision:
    held = acts_for(actor, posting.disclosure.item.plan.unit_id)
    down = already(_("Đã ghi ngày gỡ; muốn sửa thì đính chính.")) if posting.posted_to else held
    return all_of(held, down)
