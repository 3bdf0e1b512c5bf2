"""Pages over HTTP: gunicorn with two workers, eight clients, beside a page that does nothing.

The server is a process of its own on the database of this one, so what the caller wrote must
be committed. All clients ask for one address at a time, and the addresses take turns, so that
a slow minute of the machine falls on all and none waits behind another's work.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

CLIENTS, WORKERS = 8, 2
HELLO = "/bench-hello/"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def server(**more: str) -> Iterator[int]:
    """The port of the product while it runs; ``more`` are environment variables."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "config.wsgi:application", "--workers", str(WORKERS),
        "--bind", f"127.0.0.1:{port}", "--log-level", "error",
    ]  # fmt: skip
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings", **more}
    running = subprocess.Popen(command, env=env)
    try:
        _wait_for(port)
        yield port
    finally:
        running.terminate()
        running.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            status, _body = fetch(http.client.HTTPConnection("127.0.0.1", port), HELLO, "")
            assert status == 200
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not come up")


def fetch(
    to: http.client.HTTPConnection, path: str, cookie: str, form: str | None = None
) -> tuple[int, bytes]:
    """One request on a kept connection; with ``form`` (urlencoded) a POST."""
    headers = {"Cookie": cookie} if cookie else {}
    if form is None:
        to.request("GET", path, headers=headers)
    else:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        to.request("POST", path, body=form.encode(), headers=headers)
    answer = to.getresponse()
    return answer.status, answer.read()


def cookie_of(user: Any) -> str:
    """A session signed in as ``user``, as the browser would send it."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def measured(
    pages: Mapping[str, str], cookie: str, *, rounds: int = 10, today: str = ""
) -> list[str]:
    """One line for the empty page and one for each of ``pages`` (name → address): p50, p95."""
    took: dict[str, list[float]] = defaultdict(list)
    failed: list[str] = []
    asked = {"hello, world": HELLO, **pages}

    together = threading.Barrier(CLIENTS)

    def client(port: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for round_number in range(rounds + 1):
            for name, path in asked.items():
                together.wait(600)
                started = time.perf_counter()
                status, _body = fetch(connection, path, cookie)
                if status != 200:
                    failed.append(f"{name}: {status}")
                elif round_number:  # the first warms up
                    took[name].append(time.perf_counter() - started)

    with server(DANVAN_TODAY=today) as port:
        clients = [threading.Thread(target=client, args=(port,)) for _ in range(CLIENTS)]
        for one in clients:
            one.start()
        for one in clients:
            one.join()
    if failed:
        raise RuntimeError(f"not every answer was a page: {sorted(set(failed))}")
    empty = statistics.median(took["hello, world"])
    return [_line(name, times, empty) for name, times in took.items()]


def _line(name: str, times: list[float], empty: float) -> str:
    times = sorted(times)
    p50, p95 = statistics.median(times), times[round(0.95 * (len(times) - 1))]
    return (
        f"{name}: p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, "
        f"{p50 / empty:.1f} × the empty page ({CLIENTS} clients, {len(times)} requests)"
    )
