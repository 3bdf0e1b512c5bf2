"""Changing a password."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.accounts import rules
from danvan.accounts.models import User
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record


@action(
    "accounts.password.change",
    may=rules.may_change_password,
    says=gettext_lazy("đổi mật khẩu"),
)
def change(user: User, *, old: str, new: str, by: Actor) -> User:
    """Sets ``new`` if ``old`` is right. History tells that it happened, never the words."""
    if not user.check_password(old):
        raise Refused(refuse(_("Mật khẩu hiện tại không đúng.")))
    user.set_password(new)
    user.save(update_fields=["password"])
    record(user)
    return user
