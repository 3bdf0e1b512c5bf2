"""Every score sheet of a round as a .docx in a folder; a run that was stopped goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from danvan.scoring import sheet_files
from danvan.scoring.models import Round

WIDTH = 30  # characters of the bar


class Command(BaseCommand):
    help = "Ghi mọi phiếu chấm điểm của một đợt thành tệp .docx; dừng giữa chừng thì chạy lại."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", type=int, help="số của đợt chấm (trong địa chỉ của trang)")
        parser.add_argument("folder", type=Path, help="thư mục để ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        round = Round.objects.select_related("programme").filter(pk=options["round"]).first()
        if round is None:
            raise CommandError(f"Không có đợt chấm số {options['round']}.")
        done, shown = sheet_files.Done(0, 0, 0), -1
        for done in sheet_files.write(round, options["folder"]):
            percent = 100 * done.standing // done.of if done.of else 100
            if percent != shown:
                shown = percent
                self.stdout.write(f"\r{bar(percent)} {done.standing}/{done.of}", ending="")
                self.stdout.flush()
        self.stdout.write(f"\nĐã có {done.standing}/{done.of} phiếu, lần này ghi {done.made}.")


def bar(percent: int) -> str:
    full = WIDTH * percent // 100
    return f"[{'#' * full}{'.' * (WIDTH - full)}] {percent} %"
