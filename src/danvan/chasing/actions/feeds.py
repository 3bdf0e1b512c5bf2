"""Making and revoking a person's calendar address."""

from __future__ import annotations

import hashlib
import secrets

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.chasing import rules
from danvan.chasing.models import Feed
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already
from danvan.kernel.actions import action, record
from danvan.organisations.models import Person


@action("chasing.feed.make", may=rules.may_keep_feed, says=gettext_lazy("tạo địa chỉ lịch"))
def make(person: Person, *, by: Actor) -> str:
    """A new secret address; one that was there stops working. Returns the token, once."""
    Feed.objects.filter(person=person, revoked_at=None).update(revoked_at=clock.now())
    token = secrets.token_urlsafe(32)
    feed = Feed.objects.create(person=person, token_sha256=fingerprint(token), made_at=clock.now())
    record(feed)
    return token


@action("chasing.feed.revoke", may=rules.may_revoke_feed, says=gettext_lazy("thu hồi địa chỉ lịch"))
def revoke(feed: Feed, *, by: Actor) -> Feed:
    """The address stops working now."""
    if feed.revoked_at is not None:
        raise Refused(already(_("Địa chỉ lịch này đã thu hồi.")))
    feed.revoked_at = clock.now()
    feed.save(update_fields=["revoked_at"])
    record(feed)
    return feed


def fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
