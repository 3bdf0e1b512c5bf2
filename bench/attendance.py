"""A hall checks in: 2 000 people, each with a phone of their own, against gunicorn (2 workers).

``run()`` fills a migrated, empty database. Every person opens the address on the wall, types
their personal code and sends it; one in ten sends it again from another phone, one in twenty
scans a picture that is too old. All as fast as 16 clients can: the line says how many times
faster than the ten minutes a hall takes. Then what the database holds is counted: nothing
lost, nobody twice.
"""

from __future__ import annotations

import datetime as dt
import http.client
import os
import re
import threading
import time
from collections import Counter
from typing import Any
from urllib.parse import urlencode

from bench import serving

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "2000"))
CLIENTS, HALL_SECONDS = 16, 600
FIELD = re.compile(r'name="(csrfmiddlewaretoken|arrived)" value="([^"]+)"')


def setting_up() -> tuple[Any, list[str]]:
    """A running session of a campaign of the whole city, and everybody's personal code."""
    from danvan.kernel import clock
    from danvan.organisations.models import Person, Post
    from danvan.study.actions import campaigns, learners, sessions
    from tests import city as small

    city = small.build()
    unit, office = city.units["phuong-1"], city.actor("noi-vu")
    people = Person.objects.bulk_create(
        Person(name=f"Cán bộ {n}", sort_key=f"{n:05d}".encode()) for n in range(PEOPLE - 2)
    )
    Post.objects.bulk_create(
        Post(person=p, unit=unit, title="Chuyên viên", rank="officer", valid_from=small.FROM)
        for p in people
    )
    day, now = clock.today(), clock.now()
    campaign = campaigns.draft(
        city.body, title="Đợt học", basis="Kế hoạch", way="attend", units=[unit.pk],
        due_on=day, keep_until=day, by=office,
    )  # fmt: skip
    campaigns.open_campaign(campaign, by=office)
    held = sessions.hold(
        campaign, organiser=city.units["noi-vu"], kind="conference", title="Hội nghị",
        place="Hội trường", starts_at=now, ends_at=now + dt.timedelta(hours=3), by=office,
    )  # fmt: skip
    sessions.start(held, by=office)
    return held, [code for _name, code in learners.give_codes(unit, by=office)]


class Phone:
    """A browser with its own cookies on a kept connection; remembers how long answers took."""

    def __init__(self, connection: http.client.HTTPConnection, took: list[float]) -> None:
        self.connection, self.took, self.cookies = connection, took, dict[str, str]()

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())}
        started = time.perf_counter()
        if form is None:
            self.connection.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            self.connection.request("POST", path, body=urlencode(form), headers=headers)
        answer = self.connection.getresponse()
        body = answer.read().decode()
        self.took.append(time.perf_counter() - started)
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _sign, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, body

    def check_in(self, path: str, code: str) -> int:
        status, body = self.ask(path)
        if status != 200:
            return status
        return self.ask(path, {**dict(FIELD.findall(body)), "code": code})[0]


def run() -> list[str]:
    """One line of speed, one of what was counted. Raises if a person was lost or doubled."""
    from django.db import connection
    from django.urls import reverse

    from danvan.kernel import clock
    from danvan.study import codes
    from danvan.study.models import Attendance

    held, given = setting_up()
    connection.close()
    took: list[float] = []
    told: Counter[str] = Counter()
    waiting, lock = list(enumerate(given)), threading.Lock()

    def address(ago: int = 0) -> str:
        at = clock.now() - dt.timedelta(seconds=ago)
        return reverse("study:check_in", args=[held.pk, codes.on_the_wall(held, at)])

    def client(port: int) -> None:
        link = http.client.HTTPConnection("127.0.0.1", port)
        while True:
            with lock:
                if not waiting:
                    return
                number, code = waiting.pop()
            outcomes = [f"first {Phone(link, took).check_in(address(), code)}"]
            if number % 10 == 0:
                outcomes.append(f"again {Phone(link, took).check_in(address(), code)}")
            if number % 20 == 0:
                outcomes.append(f"old picture {Phone(link, took).check_in(address(300), code)}")
            with lock:
                told.update(outcomes)

    with serving.server() as port:
        started = time.perf_counter()
        clients = [threading.Thread(target=client, args=(port,)) for _ in range(CLIENTS)]
        for one in clients:
            one.start()
        for one in clients:
            one.join()
        seconds = time.perf_counter() - started
    counted = list(Attendance.objects.filter(session=held).values_list("learner_id", flat=True))
    if sorted(set(counted)) != sorted(counted) or len(counted) != len(given):
        raise RuntimeError(f"{len(given)} people, {len(counted)} rows, {told}")
    times = sorted(took)
    p50, p95 = times[len(times) // 2], times[round(0.95 * (len(times) - 1))]
    spare = HALL_SECONDS / seconds * len(given) / 2000
    return [
        f"attendance ({connection.vendor}): {len(given)} people in {seconds:.0f} s, "
        f"{len(times) / seconds:.0f} requests/s, p50 {p50 * 1000:.0f} ms, "
        f"p95 {p95 * 1000:.0f} ms ({CLIENTS} clients, {serving.WORKERS} workers); a hall of "
        f"2 000 takes {HALL_SECONDS} s, {spare:.1f} times as long",
        f"nothing lost, nobody twice: {dict(sorted(told.items()))}",
    ]
