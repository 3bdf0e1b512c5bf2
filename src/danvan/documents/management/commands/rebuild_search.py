"""Makes the full-text index of the register anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from danvan.documents import searching


class Command(BaseCommand):
    help = "Lập lại chỉ mục tìm kiếm văn bản."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Đã lập chỉ mục {searching.rebuild()} văn bản.")
