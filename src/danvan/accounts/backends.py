"""Who is behind a session: Django's own way, with the question every page asks worded once."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from danvan.accounts.models import User
from danvan.kernel import statements


class Backend(ModelBackend):
    """Django's, reading the account by a statement that is not worded anew for each page."""

    def get_user(self, user_id: Any) -> User | None:
        try:
            user = statements.read(User, user_id)
        except User.DoesNotExist:
            return None
        return user if self.user_can_authenticate(user) else None
