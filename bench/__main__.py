"""``./run bench``: every figure in one run, on SQLite and on PostgreSQL."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile

PARTS = ("ranking", "saving")
# Asked for by name (``python -m bench digest``): they fill a database for minutes.
LONG = (
    "matrix", "digest", "search", "pages", "petitions", "floods", "attendance",
    # scoring, beside ranking and saving
    "facts", "ranking_page", "heat_map", "growth", "sheets", "verifying",
)  # fmt: skip


def figures(part: str) -> list[str]:
    """The lines of one part, on a fresh database at DATABASE_URL."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    if part == "ranking":
        from bench import ranking

        return ranking.run(connection.vendor)
    if part not in (*PARTS, *LONG):
        raise SystemExit(f"bench: {', '.join((*PARTS, *LONG))}")
    lines: list[str] = importlib.import_module(f"bench.{part}").run()
    return lines


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    if sys.argv[1:]:
        print(*figures(sys.argv[1]), sep="\n", flush=True)
        return 0
    from bench import docx, reading

    print(*reading.run(), *docx.run(), sep="\n", flush=True)
    for part in PARTS:
        command = [sys.executable, "-m", "bench", part]
        with tempfile.TemporaryDirectory() as folder:
            subprocess.check_call(command, env={**os.environ, "DANVAN_VAR": folder})
        with tempfile.TemporaryDirectory() as folder:
            server = [sys.executable, "-m", "tests.postgres", *command]
            subprocess.check_call(server, env={**os.environ, "DANVAN_VAR": folder})
    return 0


if __name__ == "__main__":
    sys.exit(main())
