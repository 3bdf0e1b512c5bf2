"""(d) The ranking page of 10 000 units over HTTP: its first 200 lines, and a search by name.

Requests a second of eight clients on two workers, each page in turn with the page that does
nothing, medians of the rounds. Once as a draft, which every worker adds up when something has
changed since it last did (that first request is told apart), and once decided and frozen.
"""

from __future__ import annotations

import datetime as dt
import http.client
import statistics
import threading
import time
from typing import Any
from urllib.parse import urlencode

UNITS, SECONDS, ROUNDS = 10_000, 3.0, 3
DAY = dt.date(2023, 10, 20)


def run() -> list[str]:
    """On the migrated, empty database of this process, which keeps what is built."""
    from django.db import connection, transaction
    from django.urls import reverse

    from bench import ranking, serving
    from danvan.kernel import clock

    with clock.set_to(DAY), transaction.atomic():
        round = ranking.build(UNITS)
        user = _chairman(round)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    cookie = serving.cookie_of(user)
    page = reverse("scoring:ranking", args=[round.pk])
    asked = {
        "first 200": page,
        "search": f"{page}?{urlencode({'tim': 'bench 77'})}",
        "page 40": f"{page}?khoi=WARD&trang=40",
    }
    lines = _measured("draft", asked, cookie)
    with clock.set_to(DAY), transaction.atomic():
        _decided(round, user)
    return [*lines, *_measured("decided", asked, cookie)]


def _chairman(round: Any) -> Any:
    """The user of the head of the body."""
    from danvan.organisations.models import UnitVersion
    from tests.city import FROM, person

    body = round.programme.body
    UnitVersion.objects.create(
        unit=body, name="UBND thành phố", short_name="UBND", kind="ubnd", valid_from=FROM,
        sort_key=b"a", search_key="ubnd thanh pho",
    )  # fmt: skip
    head = person("Chủ tịch", "bench-head")
    body.posts.create(person=head, title="Chủ tịch", rank="head", valid_from=FROM)
    return head.user


def _decided(round: Any, user: Any) -> None:
    """The ranking as the deciding verb leaves it, without its ten thousand lines of history."""
    from danvan.documents.models import Document
    from danvan.kernel import clock
    from danvan.organisations.models import Person
    from danvan.scoring.actions import rankings
    from danvan.scoring.models import Ranking, Round
    from danvan.scoring.queries.drafts import draft

    paper = Document.objects.create(
        origin="issued", type="Quyết định", code="1/QĐ-UBND", issued_on=DAY, issuer_name="UBND"
    )
    decided = Ranking.objects.create(
        round=round, decision=paper, signed_by=Person.objects.get(user=user), signing_as="chair",
        decided_at=clock.now(), snapshot="{}", snapshot_sha256="0" * 64,
    )  # fmt: skip
    rankings._keep(decided, draft(round))
    Round.objects.filter(pk=round.pk).update(state="decided")


def _measured(what: str, pages: dict[str, str], cookie: str) -> list[str]:
    from django.db import connection

    from bench import serving

    asked = {"hello, world": serving.HELLO, **pages}
    with serving.server(DANVAN_TODAY=DAY.isoformat()) as port:
        started = time.perf_counter()
        _fetched(port, pages["first 200"], cookie)
        first = time.perf_counter() - started
        for path in asked.values():  # every worker has worked it out once
            _rate(port, path, cookie, 1.0)
        told: dict[str, list[float]] = {name: [] for name in asked}
        for _ in range(ROUNDS):
            for name, path in asked.items():
                told[name].append(_rate(port, path, cookie, SECONDS))
    rates = {name: statistics.median(found) for name, found in told.items()}
    head = f"(d) ranking of {UNITS} units, {what} ({connection.vendor}): "
    return [
        head + ", ".join(f"{name} {rate:.0f}/s" for name, rate in rates.items())
        + f" (at least 50; the first request after a change {first:.1f} s)"
    ]  # fmt: skip


def _fetched(port: int, path: str, cookie: str) -> None:
    from bench.serving import fetch

    status, body = fetch(http.client.HTTPConnection("127.0.0.1", port), path, cookie)
    if status != 200:
        raise RuntimeError(f"{path}: {status} {body[:200]!r}")


def _rate(port: int, path: str, cookie: str, seconds: float) -> float:
    """Answers a second of all clients together."""
    from bench.serving import CLIENTS, fetch

    until, counts = time.perf_counter() + seconds, [0] * CLIENTS

    def client(n: int) -> None:
        link = http.client.HTTPConnection("127.0.0.1", port)
        while time.perf_counter() < until:
            status, _body = fetch(link, path, cookie)
            if status != 200:
                raise RuntimeError(f"{path}: {status}")
            counts[n] += 1

    clients = [threading.Thread(target=client, args=(n,)) for n in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    return sum(counts) / seconds
