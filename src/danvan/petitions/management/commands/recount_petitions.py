"""Counts every open petition's lawful day anew; run nightly by the timer (``chase``).

A day off that was added, a limit that was set, move what was counted before. Safe to run again.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from danvan.petitions.actions.steps import recount_all


class Command(BaseCommand):
    help = "Tính lại hạn luật định của mọi đơn chưa xong."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Đã tính lại: {recount_all()} đơn đổi hạn.")
