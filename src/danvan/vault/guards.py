"""The database itself keeps the log of openings append-only (cf. ``kernel.guards``)."""

from __future__ import annotations

from typing import Any

from django.db import connections

from danvan.kernel import guards


def after_migrate(using: str = "default", **_told: Any) -> None:
    """Hears that ``migrate`` is done."""
    taken = "id = NEW.id OR seq = NEW.seq OR hash = NEW.hash"
    guards.keep(connections[using], "vault_opening", taken)
