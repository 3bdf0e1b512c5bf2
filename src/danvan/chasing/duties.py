"""For the desk: what one was told and has not looked at, and who of the programme is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from danvan.chasing import queries
from danvan.kernel.access import Actor
from danvan.kernel.duties import Duty
from danvan.organisations import roles


def duties_of(actor: Actor, today: dt.date) -> Iterator[Duty]:
    """One query, and two for an administrator."""
    unread = queries.notices_of(actor).filter(read_at=None).count()
    if unread:
        yield Duty(
            title=_("%d thông báo nhắc việc chưa xem") % unread,
            url=reverse("chasing:notices"),
            kind="watch",
            why=_("Hệ thống nhắc theo lịch nhắc của cơ quan thường trực."),
            group=_("Nhắc việc"),
        )
    if actor.has(roles.ADMINISTRATOR):
        yield from _for_the_administrator()


def _for_the_administrator() -> Iterator[Duty]:
    """A clock that is not to be trusted, and mail nobody knows to have gone out."""
    if troubled := queries.mails_in_trouble().count():
        yield Duty(
            title=_("%d thư nhắc việc không gửi được hoặc không rõ đã gửi chưa") % troubled,
            url=reverse("chasing:outbox"),
            kind="waiting",
            why=_("Hệ thống không tự gửi lại để không ai nhận hai lần; quản trị quyết định."),
            group=_("Nhắc việc"),
        )
    for run in queries.stopped_runs():
        yield Duty(
            title=_("Nhắc việc đang dừng: %s") % run.refused,
            url=reverse("chasing:ladder", args=[run.body_id]),
            kind="waiting",
            why=_("Kiểm tra đồng hồ máy chủ, rồi chạy “chase --after-silence”."),
            group=_("Nhắc việc"),
        )
