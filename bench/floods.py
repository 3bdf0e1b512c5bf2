"""Floods on the public forms: how many are turned away a second beside the page that does nothing,
and that everything honest people send meanwhile is kept.

``run()`` starts the server on the migrated, empty database of this process. Every machine and
every person has an address of its own on the loopback, as behind no proxy: the limits count by
it. Kept is what the database holds at the end, compared with what was answered by a receipt.
``FLOOD_SECONDS`` in the environment makes it shorter.
"""

from __future__ import annotations

import datetime as dt
import http.client
import os
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

SECONDS = float(os.environ.get("FLOOD_SECONDS", "20"))
TODAY = dt.date(2023, 9, 4)
PEOPLE, HANDS = 40, 4
SEND, STATUS = "/cong-khai/gui-don/", "/cong-khai/tra-cuu/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Tally:
    """What was answered, by whom; locked, for many threads write."""

    refused: Counter[str] = field(default_factory=Counter)
    let_in: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    honest: list[tuple[str, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Visitor:
    """A browser of one address: keeps the cookie and the token of the forms."""

    def __init__(self, port: int, address: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, source_address=(address, 0))
        self.cookie = self.token = ""

    def get(self, path: str) -> int:
        self.line.request("GET", path, headers={"Cookie": self.cookie})
        answer = self.line.getresponse()
        page = answer.read().decode(errors="replace")
        if told := answer.getheader("Set-Cookie"):
            self.cookie = told.split(";")[0]
        found = TOKEN.search(page)
        self.token = found[1] if found else ""
        return answer.status

    def post(self, path: str, **sent: str) -> int:
        body = urlencode({**sent, "csrfmiddlewaretoken": self.token})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
        self.line.request("POST", path, body=body.encode(), headers=headers)
        answer = self.line.getresponse()
        answer.read()
        return answer.status


def petition(body: int, text: str, **more: str) -> dict[str, str]:
    return {"kind_said": "kien_nghi_phan_anh", "body": str(body), "name": "Trần Thị Lan",
            "content": text, "website": "", **more}  # fmt: skip


def run() -> list[str]:
    """A line of rates, a line of what was let in, a line of what honest people sent."""
    from django.db import connection

    from bench.serving import CLIENTS, HELLO, server

    body, draft, survey, sheet = _town()
    told = Tally()
    opinion = f"/cong-khai/lay-y-kien/{draft}/"
    asked = f"/cong-khai/khao-sat/{survey}/"
    machines: dict[str, tuple[str, dict[str, str]]] = {
        "petitions over the limit": (SEND, petition(body, "Gửi đi gửi lại.")),
        "every field filled in": (SEND, petition(body, "Quảng cáo.", website="http://x.example")),
        "receipts guessed": (STATUS, {"number": f"{body}.2023.00001", "secret": "doanbua222"}),
        "without the form's token": (SEND, petition(body, "Không mở trang.")),
        "opinions over the limit": (opinion, {"text": "Như trên."}),
        "survey sheets over the limit": (asked, sheet),
    }
    with server(DANVAN_TODAY=TODAY.isoformat()) as port:
        empty = [_empty(port, HELLO, CLIENTS)]
        seconds = _storm(port, machines, told, _people(port, body, opinion, asked, sheet, told))
        empty.append(_empty(port, HELLO, CLIENTS))
    return [f"floods on the public forms ({connection.vendor})",
            *_lines(told, seconds, sum(empty) / 2, len(machines)), _kept(told)]  # fmt: skip


def _town() -> tuple[int, int, str, dict[str, str]]:
    """A small city with an open draft and an open survey."""
    from danvan.kernel import clock
    from tests import city as small
    from tests.democracy import asking, factory_telling

    city = small.build()
    made = asking.survey(city)
    with clock.set_to(TODAY):
        factory_telling.enacted(city)
        draft = factory_telling.consultation(city)
    code = asking.surveyed(city, made).code
    return city.body.pk, draft.pk, code, asking.sheet()


def _empty(port: int, path: str, clients: int, seconds: float = 5) -> float:
    """Pages a second of the page that does nothing."""
    counted: Counter[str] = Counter()
    until = time.perf_counter() + seconds

    def client(number: int) -> None:
        visitor = Visitor(port, f"127.0.2.{number + 1}")
        while time.perf_counter() < until:
            visitor.get(path)
            counted[f"{number}"] += 1

    _together([lambda n=n: client(n) for n in range(clients)])  # type: ignore[misc]
    return counted.total() / seconds


def _storm(
    port: int, machines: dict[str, tuple[str, dict[str, str]]], told: Tally,
    people: list[Callable[[], None]],
) -> float:  # fmt: skip
    """All machines at once, until the people among them are done; the seconds it took."""
    warm = Visitor(port, "127.0.5.1")
    for path, _sent in [*machines.values()] * 3:
        warm.get(path)
    started = time.perf_counter()
    until, over = started + SECONDS, threading.Event()

    def machine(number: int, name: str, path: str, sent: dict[str, str]) -> None:
        visitor = Visitor(port, f"127.0.3.{number + 1}")
        if "token" not in name:
            visitor.get(path)
        while time.perf_counter() < until or not over.is_set():
            status = visitor.post(path, **sent)
            kind = {200: told.let_in, 403: told.refused, 422: told.refused, 429: told.refused}.get(
                status, told.broken
            )
            with told.lock:
                kind[name if kind is not told.broken else f"{name}: {status}"] += 1

    floods = [
        lambda n=n, name=name, path=path, sent=sent: machine(n, name, path, sent)  # type: ignore[misc]
        for n, (name, (path, sent)) in enumerate(machines.items())
    ]
    running = [threading.Thread(target=each) for each in floods]
    for each in running:
        each.start()
    _together(people)
    over.set()
    for each in running:
        each.join()
    return time.perf_counter() - started


def _people(
    port: int, body: int, opinion: str, asked: str, sheet: dict[str, str], told: Tally
) -> list[Callable[[], None]]:
    """``PEOPLE`` persons in ``HANDS`` threads: each sends a petition, an opinion, a sheet."""

    def person(number: int) -> None:
        visitor = Visitor(port, f"127.0.4.{number + 1}")
        words = f"Việc thật số {number:03d}: hẻm ngập nước."
        for kind, path, sent in (
            ("petition", SEND, petition(body, words)),
            ("opinion", opinion, {"text": words}),
            ("sheet", asked, sheet),
        ):
            started = time.perf_counter()
            statuses = visitor.get(path), visitor.post(path, **sent)
            with told.lock:
                told.took.append(time.perf_counter() - started)
                told.honest.append((kind, words))
                if statuses != (200, 200):
                    told.lost.append(f"{kind} {number}: answered {statuses}")

    def hand(first: int) -> None:
        for number in range(first, PEOPLE, HANDS):
            person(number)
            time.sleep(SECONDS / PEOPLE / 2)

    return [lambda first=first: hand(first) for first in range(HANDS)]  # type: ignore[misc]


def _together(work: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=each) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _lines(told: Tally, seconds: float, empty: float, machines: int) -> list[str]:
    rate = told.refused.total() / seconds
    took = sorted(told.took)
    lines = [
        f"  turned away: {rate:.0f} a second by {machines} machines in {seconds:.0f} s "
        f"({told.refused.total()} in all); the empty page {empty:.0f} a second "
        f"({empty / rate:.1f} ×)" if rate else "  nothing was turned away",
    ]  # fmt: skip
    lines += [
        f"    {name}: {count} turned away, {told.let_in[name]} let in before"
        for name, count in sorted(told.refused.items())
    ]
    if told.broken:
        lines.append(f"  neither taken nor refused: {dict(told.broken)}")
    lines.append(
        f"  honest, form and sending together: p50 {took[len(took) // 2] * 1000:.0f} ms, "
        f"p95 {took[round(0.95 * (len(took) - 1))] * 1000:.0f} ms"
    )
    return lines


def _kept(told: Tally) -> str:
    """What the database holds of what was answered by a receipt. Raises if anything is lost."""
    from danvan.democracy import models as democracy
    from danvan.petitions.models import Content, Petition

    texts = Counter(Content.objects.values_list("text", flat=True))
    opinions = Counter(democracy.DraftOpinion.objects.values_list("text", flat=True))
    lost = list(told.lost)
    for kind, words in told.honest:
        found = {"petition": texts, "opinion": opinions}.get(kind)
        if found is not None and found[words] != 1:
            lost.append(f"{kind} “{words}” is there {found[words]} times")
    sheets = sum(kind == "sheet" for kind, _words in told.honest)
    counted = sum(democracy.SurveyUnit.objects.values_list("sheets", flat=True))
    let_in = told.let_in["survey sheets over the limit"]
    if counted != sheets + let_in:
        lost.append(f"{counted} sheets counted of {sheets + let_in}")
    petitions = sum(kind == "petition" for kind, _words in told.honest)
    if Petition.objects.count() != petitions + told.let_in["petitions over the limit"]:
        lost.append(f"{Petition.objects.count()} petitions")
    if lost:
        raise RuntimeError(f"lost among the floods: {lost[:10]}")
    return f"  honest: {len(told.honest)} sent by {PEOPLE} people, every one kept once, none lost"
