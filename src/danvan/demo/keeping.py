"""A stage that was played is kept; one that was broken off is thrown away and played again.

A file beside the database says which: "playing running" while it is made, then "played
running". Data without that file is somebody's own and is never touched.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from danvan.kernel import guards


class NotOurs(Exception):
    """The data folder holds data that no demonstration made."""


def note() -> Path:
    """Beside the uploaded files, which lie in the data folder of the installation."""
    return Path(settings.MEDIA_ROOT).parent / "demonstration"


def is_played(stage: str) -> bool:
    """Whether the data folder holds this stage, whole."""
    return _said() == f"played {stage}" and bool(_tables())


def make(stage: str, play: Callable[[str], None]) -> None:
    """Plays ``stage`` into an empty database. Raises NotOurs rather than empty a foreign one."""
    if not _said() and _tables():
        raise NotOurs
    throw_away()
    note().parent.mkdir(parents=True, exist_ok=True)
    note().write_text(f"playing {stage}", encoding="utf-8")
    call_command("migrate", verbosity=0)
    play(stage)
    note().write_text(f"played {stage}", encoding="utf-8")


def throw_away() -> None:
    """Removes the database's content, the files and the note."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and Path(name).exists():
        _remove_sqlite(name)
    elif _tables():
        # The database keeps history append-only: the guards step aside for the demonstration's own.
        guards.remove(connection)
        call_command("flush", interactive=False, verbosity=0)
        guards.install(connection)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    note().unlink(missing_ok=True)


def _remove_sqlite(name: str) -> None:
    """The file itself, with what SQLite keeps beside it: also half-migrated tables go."""
    connections.close_all()
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(name + suffix).unlink(missing_ok=True)


def _said() -> str:
    return note().read_text(encoding="utf-8").strip() if note().exists() else ""


def _tables() -> list[str]:
    """The tables there are; none in a fresh database."""
    return connection.introspection.table_names()
