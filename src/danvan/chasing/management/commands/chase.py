"""Reminds whose rung has come, sends the mail that waits, and once a day does the night's work.

Safe to run every 5 minutes, on several machines at once: whoever comes second finds it done. The
night's work (``settings.NIGHTLY``, names of commands) is done by the first tick of the local day;
one that fails is logged, the others go on, and it is tried again the next day.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from danvan.assignments.models import Assignment
from danvan.chasing.actions import reminding
from danvan.kernel import clock, mail, throttling
from danvan.kernel.access import SYSTEM
from danvan.organisations.models import Unit

log = logging.getLogger(__name__)
# Longer than the local day, so that its count cannot end while the day still runs.
A_DAY_AND_MORE = dt.timedelta(hours=26)


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
        self.of_the_night()

    def of_the_night(self) -> None:
        """Each of the night's commands once a local day, whichever machine comes first."""
        today = f"{clock.today():%Y-%m-%d}"
        for name in settings.NIGHTLY:
            if throttling.count(f"nightly.{name}", today, times=1, within=A_DAY_AND_MORE):
                continue
            try:
                call_command(name, stdout=self.stdout, stderr=self.stderr)
            except Exception:  # whatever it was, the other work of the night is not held up
                log.exception("The night's work %s failed", name)
                self.stderr.write(f"Việc hằng đêm “{name}” bị lỗi; xem nhật ký máy chủ.")
