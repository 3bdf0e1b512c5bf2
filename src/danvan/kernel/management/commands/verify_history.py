"""Walks the chain of history and says whether it holds. Exit code 1 if it does not."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from danvan.kernel import audit
from danvan.kernel.models import Entry


class Command(BaseCommand):
    help = "Kiểm tra chuỗi băm của nhật ký."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(audit.breaks())
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            raise CommandError(f"Chuỗi nhật ký bị đứt ở {len(found)} chỗ.")
        self.stdout.write(f"Chuỗi nhật ký nguyên vẹn: {Entry.objects.count()} dòng.")
