"""The door of accounts in the person's menu: changing the password."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.kernel.access import Actor
from danvan.kernel.links import Link


def in_the_menu(_actor: Actor, _subject: Any) -> Iterator[Link]:
    yield Link(reverse("accounts:password"), _("Đổi mật khẩu"), "key")
