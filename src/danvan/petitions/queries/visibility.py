"""Who sees a petition. A confidential one only those named for it, whatever their office."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.petitions.models import Petition
from danvan.vault import queries as vault

_ACTING = (roles.HEAD, roles.DEPUTY, roles.LEADER, roles.FOCAL_OFFICER)
_KEEPING = (roles.INSPECTORATE, roles.ADMINISTRATION_OFFICE, *_ACTING)


def bodies_of(actor: Actor) -> frozenset[int]:
    """Bodies whose petitions the actor keeps."""
    return actor.scopes(*_KEEPING)


def visible_to(actor: Actor) -> QuerySet[Petition]:
    """Of bodies one keeps, of units one speaks for; denunciations by name only."""
    bodies, units = bodies_of(actor), actor.scopes(*_ACTING)
    if not bodies:
        return Petition.objects.none()
    ordinary = Q(body__in=bodies) | Q(holder__in=units)
    return _told(Petition.objects.filter(Q(ordinary, confidential=False) | _by_name(actor)))


def kept_by(actor: Actor, body: int) -> QuerySet[Petition]:
    """Every petition of one body in view of who keeps it: plain enough for an index."""
    if body not in bodies_of(actor):
        return Petition.objects.none()
    found = Petition.objects.filter(body=body)
    return found if _all_of(actor, body) else found.filter(_ordinary_or_named(actor))


def held_by(actor: Actor) -> QuerySet[Petition]:
    """What units the actor speaks for have to deal with now."""
    units = actor.scopes(*_ACTING)
    return Petition.objects.filter(_ordinary_or_named(actor), holder__in=units)


def entrusted_with(actor: Actor, petition: Petition) -> bool:
    """Whether a confidential petition is this actor's: named in the vault for it, its verifier,
    the head of the body, or of the unit that verifies. Never a system administrator."""
    if actor.has(roles.ADMINISTRATOR) or actor.id is None:
        return False
    if petition.handler_id == actor.id:
        return True
    if actor.scopes(roles.HEAD) & {petition.body_id, petition.holder_id}:
        return True
    held = vault.held_by(actor, clock.today())
    return held.filter(
        Q(sealed__isnull=True, body=petition.body_id)
        | Q(sealed__isnull=False, sealed=petition.sealed_id)
    ).exists()


def _by_name(actor: Actor) -> Q:
    """Confidential petitions of this actor (see ``entrusted_with``)."""
    if actor.has(roles.ADMINISTRATOR) or actor.id is None:
        return Q(pk__in=[])
    held = list(vault.held_by(actor, clock.today()).values_list("sealed", "body"))
    bodies = {body for sealed, body in held if not sealed} | actor.scopes(roles.HEAD)
    found = Q(handler=actor.id) | Q(body__in=bodies) | Q(holder__in=actor.scopes(roles.HEAD))
    if cases := [sealed for sealed, _body in held if sealed]:
        found |= Q(sealed__in=cases)
    return found & Q(confidential=True)


def _ordinary_or_named(actor: Actor) -> Q:
    """As two plain parts an index can serve; most people are named for nothing."""
    named = list(Petition.objects.filter(_by_name(actor)).order_by().values_list("pk", flat=True))
    return Q(confidential=False) | Q(pk__in=named) if named else Q(confidential=False)


def _all_of(actor: Actor, body: int) -> bool:
    """Whether the actor sees every petition of the body, confidential or not."""
    if actor.has(roles.ADMINISTRATOR) or actor.id is None:
        return False
    held = vault.held_by(actor, clock.today())
    return actor.has(roles.HEAD, body) or held.filter(body=body, sealed__isnull=True).exists()


def _told(found: QuerySet[Petition]) -> QuerySet[Petition]:
    return found.select_related("body", "holder", "handler")
