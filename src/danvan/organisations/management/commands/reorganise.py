"""Once a day: reorganisations whose day has come take effect (their duties pass on)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from danvan.kernel import clock
from danvan.organisations.actions.reorganisations import take_effect_on


class Command(BaseCommand):
    help = "Cho các đợt sắp xếp đơn vị đến ngày có hiệu lực. Chạy lại không sao."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Có hiệu lực: {take_effect_on(clock.today())} đợt sắp xếp.")
