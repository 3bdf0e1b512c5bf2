"""``python -m danvan demo``: a city and a year, ready to be looked at."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from danvan.demo import city, environment, keeping, serving, year
from danvan.demo.sign_ins import all_sign_ins


class Command(BaseCommand):
    help = "Dựng thành phố trình diễn ở một giai đoạn của năm 2023 và mở máy chủ."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        stages = ", ".join(environment.STAGES)
        parser.add_argument("--stage", default=environment.DEFAULT, help=f"giai đoạn: {stages}")
        parser.add_argument("--serve", action="store_true", help="mở máy chủ sau khi dựng")
        parser.add_argument("--port", type=int, default=8000, help="cổng của máy chủ (8000)")
        parser.add_argument("--fresh", action="store_true", help="dựng lại từ đầu")
        parser.add_argument("--no-browser", action="store_true", help="không mở trình duyệt")

    def handle(self, *args: Any, **options: Any) -> None:
        stage, port = options["stage"], options["port"]
        self._refuse_what_cannot_be(stage, port, options["serve"])
        if options["fresh"] or not keeping.is_played(stage):
            self._make(stage)
        else:
            call_command("migrate", verbosity=0)
        self._tell(stage, port if options["serve"] else None)
        if options["serve"]:
            if serving.before_a_screen() and not options["no_browser"]:
                serving.open_browser(port)
            connections.close_all()
            serving.serve(port)

    def _refuse_what_cannot_be(self, stage: str, port: int, serve: bool) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Hãy chạy bằng: python -m danvan demo (hoặc ./run demo).")
        if stage not in environment.STAGES:
            known = ", ".join(environment.STAGES)
            raise CommandError(f"Không có giai đoạn “{stage}”. Chọn một trong: {known}.")
        if serve and (blocked := serving.what_blocks(port)):
            raise CommandError(blocked)

    def _make(self, stage: str) -> None:
        self.stdout.write(f"Đang dựng giai đoạn “{stage}” (có thể mất một phút) …")
        self.stdout.flush()
        begun = time.monotonic()
        try:
            keeping.make(stage, year.play)
        except keeping.NotOurs:
            raise CommandError(
                f"Cơ sở dữ liệu ở {keeping.note().parent} không phải của bản trình diễn nên được "
                "giữ nguyên. Hãy bỏ biến DANVAN_VAR và DATABASE_URL, hoặc chọn thư mục khác."
            ) from None
        self.stdout.write(f"Đã dựng xong sau {time.monotonic() - begun:.0f} giây.")

    def _tell(self, stage: str, port: int | None) -> None:
        day = environment.STAGES[stage]
        shown = f"{day[8:]}/{day[5:7]}/{day[:4]}"
        rows = [
            (one.username, f"{one.role}, {one.unit}".rstrip(", "), str(one.does))
            for one in all_sign_ins()
        ]
        first, second = (max(len(row[n]) for row in rows) for n in (0, 1))
        where = f"Địa chỉ:\n\n    {serving.address(port)}" if port else "Thêm --serve để mở."
        self.stdout.write(f"\nGiai đoạn “{stage}”, hôm nay là {shown}. {where}\n")
        self.stdout.write(f"\nMật khẩu chung của mọi tài khoản: {city.PASSWORD}\n")
        self.stdout.write("Công chức đầu mối: khóa của đơn vị; người đứng đầu: thêm “.truong”.\n\n")
        for username, who, does in rows:
            self.stdout.write(f"    {username:{first}}  {who:{second}}  {does}\n")
        stop = " Dừng bằng Ctrl+C." if port else ""
        self.stdout.write(f"\nNgười, số liệu, văn bản trong bản trình diễn là hư cấu.{stop}\n")
