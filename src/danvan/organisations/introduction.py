"""How the frame of a page introduces the person: unit and post of today."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from danvan.kernel import clock
from danvan.organisations import queries, roles
from danvan.organisations.models import Post
from danvan.organisations.models.units import in_force
from danvan.ui.navigation import Introduction


def introduce(request: HttpRequest) -> Introduction:
    """Two queries: the first post of today and the unit's name."""
    actor, today = request.actor, clock.today()  # type: ignore[attr-defined]
    post = Post.objects.filter(in_force(today), person=actor.id).order_by("valid_from").first()
    if post is None:
        return Introduction(role=_("Quản trị hệ thống") if actor.has(roles.ADMINISTRATOR) else "")
    names = queries.names_on(today, [post.unit_id])
    return Introduction(names.get(post.unit_id, ""), post.title)
