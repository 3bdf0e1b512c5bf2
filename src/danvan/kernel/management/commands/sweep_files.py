"""Removes what nobody needs: bytes no record knows, counts of floods that are over."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from danvan.kernel import files, throttling


class Command(BaseCommand):
    help = "Dọn các tệp không thuộc bản ghi nào và các lượt đếm đã hết giờ."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Đã dọn {files.sweep()} tệp, {throttling.forget_ended()} lượt đếm.")
