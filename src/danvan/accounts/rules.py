"""Who may do what with an account."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.accounts import demonstration
from danvan.accounts.models import User
from danvan.kernel.access import ALLOWED, Actor, Decision, refuse


def may_change_password(actor: Actor, user: User) -> Decision:
    """Whose account it is shows in the old password, which the verb asks for."""
    if demonstration.is_offered(user.username):
        return refuse(_("Tài khoản trình diễn dùng chung nên không đổi được mật khẩu."))
    if not user.is_active:
        return refuse(_("Tài khoản này đã bị khóa."))
    return ALLOWED
