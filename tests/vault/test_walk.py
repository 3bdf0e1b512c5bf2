"""Row 35: a made-up denouncer is sealed; then everything that can be read is read.

Every address as every persona, every file it gives, every row of every table, every line of the
log and every statement sent to the database: the name is nowhere, but on the opening page of
who is named.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from danvan.kernel import clock
from danvan.petitions import public
from danvan.petitions.actions import intake, reception_book
from danvan.vault.models import Opening, Sealed
from tests.promises import world
from tests.promises.access_table import TABLE
from tests.promises.test_access import seats
from tests.vault.factory import TELLING, TEXT, WORDS

pytestmark = pytest.mark.django_db


def pieces(data: bytes) -> Iterator[str]:
    """A body as text; the parts of a zip (.docx, .xlsx) one by one."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                yield name
                yield from pieces(packed.read(name))
        return
    for coding in ("utf-8", "utf-16-le", "latin-1"):
        yield data.decode(coding, errors="ignore")


def told(texts: Iterator[str] | list[str]) -> list[str]:
    return sorted({piece for text in texts for piece in TELLING if piece in text})


def rows() -> Iterator[tuple[str, str]]:
    """(table, cell) of the whole database, as text and as bytes."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for cell in row:
                    if isinstance(cell, memoryview | bytes):
                        yield from ((table, text) for text in pieces(bytes(cell)))
                    elif cell is not None:
                        yield table, str(cell)


def brought_in_every_way(city: Any) -> None:
    """The same person at the counter, over the web, and in the book of reception."""
    sender = intake.Person(WORDS["name"], WORDS["address"], WORDS["phone"], WORDS["email"])
    inspector, today = city.actor("thanh-tra"), dt.date(2023, 10, 19)
    given = {"subject": "Thu tiền không biên lai", "text": TEXT, "channel": "in_person"}
    intake.receive(
        city.body, brought=intake.Brought(kind_said="to_cao", senders=[sender], **given),
        by=inspector,
    )  # fmt: skip
    public.receive(
        body=city.body, kind_said="to_cao", name=WORDS["name"], address=WORDS["address"],
        phone=WORDS["phone"], email=WORDS["email"], content=TEXT,
    )  # fmt: skip
    known = Sealed.objects.latest("pk")
    reception_book.write(
        city.body, on=today, kind="to_cao", content="Thu tiền", sealed=known, by=inspector
    )


def body_of(response: Any) -> bytes:
    data = b"".join(response.streaming_content) if response.streaming else response.content
    return data + repr(dict(response.headers)).encode()


def test_row_35_the_denouncer_is_found_nowhere(city, caplog, settings) -> None:
    caplog.set_level(logging.DEBUG)
    leaks: list[Any] = []
    asked = 0

    def statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """What a database's own log would show."""
        for each in (params or {}).values() if isinstance(params, dict) else params or ():
            held = list(pieces(each)) if isinstance(each, bytes) else [str(each)]
            if found := told([sql, *held]):
                leaks.append(("database", sql[:200], found))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(statement), clock.set_to(dt.date(2023, 10, 19)):
        arguments = world.build(city)
        brought_in_every_way(city)
        people = seats(city)
        for who, user in people.items():
            client = Client(raise_request_exception=False)
            if user is not None:
                client.force_login(user)
            for route, (method, _stated) in TABLE.items():
                url = reverse(route, kwargs=arguments.get(route, {}))
                if route == "accounts:sign_out":
                    continue
                response = getattr(client, method)(url)
                asked += 1
                if found := told(list(pieces(body_of(response)))):
                    leaks.append((who, method, url, found))
    assert asked > 1000
    assert leaks == []
    assert {table for table, cell in rows() if told([cell])} == set()
    sessions = [repr(s.get_decoded()) for s in Session.objects.all()]
    assert sessions and told(sessions) == []
    files = [p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()]
    assert files and told([t for p in files for t in (p.name, *pieces(p.read_bytes()))]) == []
    assert "Not Found" in caplog.text
    assert told([caplog.text]) == []
    assert Opening.objects.count() == 1  # the walk itself opened nothing
    the_one_page_that_shows_it(city)


def the_one_page_that_shows_it(city: Any) -> None:
    """The opening page of the named holder, and what searching finds of it afterwards."""
    client = Client()
    client.force_login(city.people["thanh-tra"].user)
    it = Sealed.objects.earliest("pk")
    response = client.post(reverse("vault:open", args=[it.pk]), {"reason": "Mời làm việc"})
    text = response.content.decode()
    assert all(value in text for value in WORDS.values())
    assert "no-store" in response.headers["Cache-Control"]
    for route in ("documents:index", "desk:history", "assignments:all"):
        for piece in TELLING:
            found = client.get(reverse(route), {"q": piece}).content.decode()
            # The search box itself repeats what was typed; nothing else does.
            assert TEXT[:40] not in found
    assert {table for table, cell in rows() if told([cell])} == set()


def test_row_35_an_error_page_and_its_log_tell_nothing(city, caplog, monkeypatch) -> None:
    """The disk fills up while the identity is being sealed: no frame of it is written out."""
    from danvan.vault import keys
    from tests.vault import factory

    factory.appoint(city)

    def broken(*_args: Any) -> bytes:
        raise OSError("disk full")

    monkeypatch.setattr(keys, "wrap", broken)
    client = Client(raise_request_exception=False)
    client.force_login(city.people["thanh-tra"].user)
    response = client.post(
        reverse("vault:seal"), {"body": city.body.pk, "mode": "here", **WORDS, "text": TEXT}
    )
    assert response.status_code == 500
    assert told([response.content.decode()]) == []
    assert "disk full" in caplog.text
    assert told([caplog.text]) == []
    assert not Sealed.objects.exists()
