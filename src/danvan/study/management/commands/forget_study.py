"""``python -m danvan forget_study``: forgets traces of reading whose time has run out.

Meant for every night. Campaigns that are closed and past their day only; again is no error.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from danvan.kernel import clock
from danvan.kernel.access import SYSTEM
from danvan.study.actions import campaigns
from danvan.study.actions import learners as giving
from danvan.study.models import Campaign


class Command(BaseCommand):
    help = "Xóa dấu vết đọc đã hết thời hạn giữ, và mã của người đã thôi giữ chức vụ."

    def handle(self, *args: Any, **options: Any) -> None:
        due = Campaign.objects.filter(
            state=Campaign.State.CLOSED, forgotten_at=None, keep_until__lt=clock.today()
        )
        for campaign in due:
            campaigns.forget(campaign, by=SYSTEM)
        codes = giving.withdraw_codes()
        self.stdout.write(f"Đã xóa dấu vết của {len(due)} đợt học, {codes} mã cá nhân.")
