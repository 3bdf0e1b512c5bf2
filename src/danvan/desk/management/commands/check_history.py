"""Walks the chain of history, keeps the outcome in it, exit code 1 if it does not hold.

For a nightly timer; ``verify_history`` does the same walk and writes nothing.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from danvan.desk.actions.history import verify
from danvan.kernel.access import SYSTEM


class Command(BaseCommand):
    help = "Kiểm tra chuỗi nhật ký và ghi kết quả vào nhật ký."

    def handle(self, *args: Any, **options: Any) -> None:
        found = verify(by=SYSTEM)
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            raise CommandError(f"Chuỗi nhật ký bị đứt ở {len(found)} chỗ.")
        self.stdout.write("Chuỗi nhật ký nguyên vẹn.")
