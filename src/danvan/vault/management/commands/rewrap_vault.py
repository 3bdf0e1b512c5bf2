"""After a new vault key: wraps the keys of all sealed records again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from danvan.vault import keys
from danvan.vault.actions.keeping import rewrap


class Command(BaseCommand):
    help = "Bọc lại khóa của các hồ sơ mật bằng khóa mới nhất trong DANVAN_VAULT_KEY."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = rewrap()
        except (keys.NoKey, keys.Tampered) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Đã bọc lại {done} hồ sơ.")
