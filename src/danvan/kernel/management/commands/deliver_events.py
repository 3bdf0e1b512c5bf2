"""Delivers announcements that a killed process left in the outbox."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from danvan.kernel import events


class Command(BaseCommand):
    help = "Gửi tiếp các sự kiện còn chờ."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Đã gửi {events.deliver_pending()} sự kiện.")
