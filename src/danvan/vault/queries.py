"""What may be read of the vault: numbers, who holds, and the log of openings. Never a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from danvan.kernel import clock
from danvan.kernel.access import Actor
from danvan.organisations import roles
from danvan.organisations.models import Person, Post, RoleHolding, Unit
from danvan.organisations.models.units import in_force
from danvan.vault.models import Holder, Opening, RedactedCopy, Sealed


def held_by(actor: Actor, day: dt.date) -> QuerySet[Holder]:
    """What the actor holds that day by name; a delegate holds nothing of another's."""
    if actor.id is None or actor.has(roles.ADMINISTRATOR):
        return Holder.objects.none()
    return standing(day).filter(person=actor.id)


def standing(day: dt.date) -> QuerySet[Holder]:
    """Holders named for that day and not taken back."""
    return Holder.objects.filter(in_force(day), ended_at__isnull=True)


def holds(actor: Actor, day: dt.date, *, body: Unit, role: str) -> bool:
    """Whether the actor has this work for every case of the body."""
    return held_by(actor, day).filter(body=body, sealed__isnull=True, role=role).exists()


def role_in(actor: Actor, sealed: Sealed, day: dt.date) -> str:
    """In which work the actor may open this one ("" if in none)."""
    of_case = Q(sealed=sealed) | Q(sealed__isnull=True, body=sealed.body_id)
    return held_by(actor, day).filter(of_case).values_list("role", flat=True).first() or ""


def takes_in_for(actor: Actor) -> set[int]:
    """Bodies whose denunciations the actor takes in today."""
    held = held_by(actor, clock.today()).filter(sealed__isnull=True, role=Holder.Role.INTAKE)
    return set(held.values_list("body", flat=True))


def led_by(actor: Actor, day: dt.date) -> set[int]:
    """Units the actor is the head of by own post: an acting delegate is not."""
    posts = Post.objects.filter(in_force(day), person=actor.id, rank=Post.Rank.HEAD)
    return set(posts.values_list("unit", flat=True)) if actor.id else set()


def audits_for(actor: Actor, day: dt.date) -> set[int]:
    """Bodies whose log of openings the actor reads: as the head of their inspectorate."""
    if actor.has(roles.ADMINISTRATOR):
        return set()
    held = RoleHolding.objects.filter(
        in_force(day), role=roles.INSPECTORATE, holder__in=led_by(actor, day)
    )
    return set(held.values_list("body", flat=True))


def appoints_for(actor: Actor, day: dt.date) -> set[int]:
    """Bodies whose holders the actor names: own body, or as head of its inspectorate."""
    return led_by(actor, day) | audits_for(actor, day)


def openings_visible_to(actor: Actor) -> QuerySet[Opening]:
    """The whole log for the head of the inspectorate. What that head opened, and every opening
    where no inspectorate is, the head of the body reads."""
    today = clock.today()
    audited, led = audits_for(actor, today), led_by(actor, today)
    if actor.has(roles.ADMINISTRATOR):
        return Opening.objects.none()
    inspectorates = RoleHolding.objects.filter(
        Q(in_force(today, "holder__posts__"), holder__posts__rank=Post.Rank.HEAD),
        in_force(today), role=roles.INSPECTORATE, body__in=led,
    )  # fmt: skip
    heads = dict(inspectorates.values_list("body", "holder__posts__person"))
    own = Q(body__in=led - set(heads)) | Q(body__in=set(heads), person_id__in=heads.values())
    return Opening.objects.filter(Q(body__in=audited) | own).select_related("sealed", "seen")


def visible_to(actor: Actor) -> QuerySet[Sealed]:
    """Numbers, for those who hold, name holders or audit; nobody else knows of them here."""
    today = clock.today()
    held = list(held_by(actor, today).values_list("sealed", "body"))
    cases = {sealed for sealed, _body in held if sealed}
    bodies = {body for sealed, body in held if not sealed}
    if not actor.has(roles.ADMINISTRATOR):
        bodies |= appoints_for(actor, today)
    found = Sealed.objects.filter(Q(pk__in=cases) | Q(body__in=bodies))
    return found.defer("ciphertext", "wrapped_key").select_related("body", "sealed_by")


def holders_visible_to(actor: Actor) -> QuerySet[Holder]:
    """Who holds: for those who name them and those who hold."""
    today = clock.today()
    bodies = set(held_by(actor, today).values_list("body", flat=True))
    if not actor.has(roles.ADMINISTRATOR):
        bodies |= appoints_for(actor, today)
    return Holder.objects.filter(body__in=bodies).select_related("person", "sealed", "body")


def redacted(sealed: Iterable[int]) -> dict[int, RedactedCopy]:
    """Sealed id → its newest copy for verifiers, for the page of the case. One query."""
    found: dict[int, RedactedCopy] = {}
    for copy in RedactedCopy.objects.filter(sealed__in=list(sealed)).order_by("made_at", "pk"):
        found[copy.sealed_id] = copy
    return found


def possible_holders(body: Unit, day: dt.date) -> QuerySet[Person]:
    """People in post in the body or directly under it, without system administrators."""
    posts = Post.objects.filter(in_force(day)).filter(
        Q(unit=body) | Q(in_force(day, "unit__versions__"), unit__versions__parent=body)
    )
    people = Person.objects.filter(pk__in=posts.values("person"))
    return people.exclude(user__is_superuser=True)
