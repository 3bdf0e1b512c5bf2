"""Reminds whose rung has come, then sends the mail that waits. Safe to run every 5 minutes,
on several machines at once: whoever comes second finds it done."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from danvan.assignments.models import Assignment
from danvan.chasing.actions import reminding
from danvan.kernel import mail
from danvan.kernel.access import SYSTEM
from danvan.organisations.models import Unit


class Command(BaseCommand):
    help = "Nhắc việc theo lịch và gửi thư đang chờ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--serve", action="store_true", help="Chạy mãi, mỗi lần cách nhau.")
        parser.add_argument("--every", type=int, default=300, help="Số giây giữa hai lần (300).")
        parser.add_argument(
            "--after-silence", action="store_true",
            help="Đã kiểm tra đồng hồ: nhắc dù hơn 31 ngày chưa nhắc.",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            self.once(options["after_silence"])
            if not options["serve"]:
                return
            time.sleep(options["every"])

    def once(self, after_silence: bool) -> None:
        """One walk over every body that is owed something."""
        if reminding.open_now():
            bodies = Unit.objects.filter(pk__in=Assignment.objects.order_by().values("body"))
            for body in bodies:
                if not reminding.has_work(body, after_silence=after_silence):
                    continue
                run = reminding.run(body, after_silence=after_silence, by=SYSTEM)
                told = run.refused or f"{run.reminders} lượt nhắc, {run.digests} người"
                self.stdout.write(f"{body}: {told}")
        self.stdout.write(f"Thư đã gửi: {mail.deliver()}")
