"""Who keeps the series of indices. Reading is everybody's who works here."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.indices.models import Edition, Result
from danvan.kernel.access import ALLOWED, SYSTEM, Actor, Decision, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit

KEEPING = (roles.PROGRAMME_OFFICE, roles.ADMINISTRATION_OFFICE)


def may_keep(actor: Actor, body: Unit) -> Decision:
    """The programme office, and the administration office, which owns administrative reform."""
    if actor is SYSTEM or body.pk in actor.scopes(*KEEPING):
        return ALLOWED
    return refuse(
        _("Chỉ cơ quan thường trực chương trình hoặc văn phòng mới nhập, đính chính chỉ số.")
    )


def may_enter(actor: Actor, edition: Edition) -> Decision:
    return may_keep(actor, edition.body)


def may_correct(actor: Actor, result: Result) -> Decision:
    return may_keep(actor, result.edition.body)
