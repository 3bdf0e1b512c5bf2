"""The database itself keeps acknowledgements as they were given: rows are only ever added."""

from __future__ import annotations

from typing import Any

from django.db import connections

from danvan.kernel import guards


def after_migrate(using: str = "default", **_told: Any) -> None:
    """Hears that ``migrate`` (or a flush) is done."""
    guards.keep(connections[using], "study_acknowledgement")
