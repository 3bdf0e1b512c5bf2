"""Removes bytes that no record knows, left behind by a crash."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from danvan.kernel import files


class Command(BaseCommand):
    help = "Dọn các tệp không thuộc bản ghi nào."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Đã dọn {files.sweep()} tệp.")
