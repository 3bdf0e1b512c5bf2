"""``python -m danvan.demo.opening HOST PORT``: opens a browser once the server answers."""

from __future__ import annotations

import socket
import sys
import time
import webbrowser

PATIENCE = 30  # seconds


def open_when_it_answers(host: str, port: int) -> bool:
    """Whether the server answered in time."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with socket.create_connection((host, port), timeout=1):
                return webbrowser.open(f"http://{host}:{port}/")
        except OSError:
            time.sleep(0.3)
    return False


if __name__ == "__main__":
    open_when_it_answers(sys.argv[1], int(sys.argv[2]))
