"""(g) Ten thousand score sheets written as .docx by the command, killed on the way and resumed.

``SHEETS`` in the environment makes it fewer. The database is committed, because the command is a
process of its own; it is killed with SIGKILL once a tenth of the files stands, then run again to
the end. Every file is then opened, and the first run's files must be the same bytes as before.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

SHEETS = int(os.environ.get("SHEETS", "10000"))


def run() -> list[str]:
    from django.db import connection, transaction

    from bench import ranking

    with transaction.atomic():
        round = ranking.build(SHEETS)
    connection.close()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.perf_counter()
        first = _killed(round, folder)
        second = subprocess.run(_command(round, folder), capture_output=True, text=True, check=True)
        took = time.perf_counter() - started
        size = _checked(folder, first)
    told = second.stdout.strip().splitlines()[-1]
    return [
        f"(g) {SHEETS} score sheets of {ranking.CRITERIA} criteria ({connection.vendor}): "
        f"{took:.0f} s in two runs, {SHEETS / took:.0f} a second, {size / SHEETS / 1000:.0f} kB "
        f"each; killed after {len(first)}, all of them whole; then: {told}"
    ]


def _command(round: Any, folder: Path) -> list[str]:
    return [sys.executable, "-m", "danvan", "write_sheets", str(round.pk), str(folder)]


def _killed(round: Any, folder: Path) -> dict[str, bytes]:
    """The files that stand after a kill: name → bytes."""
    running = subprocess.Popen(_command(round, folder), stdout=subprocess.DEVNULL)
    while len(list(folder.glob("*.docx"))) < SHEETS // 10:
        if running.poll() is not None:
            raise RuntimeError("the command ended before it was killed")
        time.sleep(0.05)
    running.kill()
    running.wait()
    return {path.name: path.read_bytes() for path in folder.glob("*.docx")}


def _checked(folder: Path, first: dict[str, bytes]) -> int:
    """Bytes of all files. Raises if one is missing, not whole, or was written twice."""
    files = list(folder.iterdir())
    if len(files) != SHEETS:
        raise RuntimeError(f"{len(files)} files, not {SHEETS}")
    for path in files:
        with zipfile.ZipFile(path) as held:
            if held.testzip() is not None:
                raise RuntimeError(f"{path.name} is damaged")
    if any((folder / name).read_bytes() != data for name, data in first.items()):
        raise RuntimeError("the second run wrote a file anew")
    return sum(path.stat().st_size for path in files)
