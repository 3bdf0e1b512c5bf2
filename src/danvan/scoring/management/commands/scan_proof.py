"""Looks over every round that takes sheets for points nothing proves; for the night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from danvan.scoring.actions.proof_watch import scan_all


class Command(BaseCommand):
    help = "Quét minh chứng của các đợt chấm đang mở: điểm chưa có minh chứng, minh chứng quá hạn."

    def handle(self, *args: Any, **options: Any) -> None:
        scans = scan_all()
        for made in scans:
            self.stdout.write(f"{made.round}: {len(made.gaps)} mục cần bổ sung minh chứng.")
        if not scans:
            self.stdout.write("Không có đợt chấm điểm nào đang mở.")
