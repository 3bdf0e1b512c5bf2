"""Petitions at a province's pace: 15 000 a month for a year, board and searches over HTTP beside
the hello-world page.

``run()`` fills the migrated, empty database of this process as the verbs would have left it and
asks for each page as the inspectorate. ``PETITIONS`` in the environment makes it smaller.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import time
from functools import cache
from typing import Any
from urllib.parse import urlencode

PETITIONS, BATCH = int(os.environ.get("PETITIONS", "180000")), 2000
START = dt.date(2023, 1, 1)
TODAY = dt.date(2023, 12, 29)
KINDS = ("kien_nghi_phan_anh",) * 7 + ("khieu_nai",) * 2 + ("to_cao",)
MATTERS = ("đường hẻm ngập nước", "thu hồi đất làm đường", "tiếng ồn ban đêm", "rác thải sinh hoạt",
           "cấp giấy chứng nhận quyền sử dụng đất", "đèn đường không sáng", "lấn chiếm vỉa hè",
           "bồi thường giải phóng mặt bằng", "giá nước sạch", "an toàn trường học")  # fmt: skip
FAMILY = ("Trần", "Nguyễn", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi")
GIVEN = ("Lan", "Mận", "Hùng", "Tuyết", "Sáu", "Bảy", "Đào", "Khôi", "Thảo", "Vinh")
ASKED = ("thu hoi dat", "nguyen thi lan", "ngap nuoc", "hem 12", "1.2023.00042", "bui dao",
         "vỉa hè", "den duong", "tran van", "mat bang 7")  # fmt: skip


def fill(city: Any) -> None:
    """Petitions, their words and one sender each; one in twenty is not settled yet."""
    from django.db import connection, transaction

    from danvan.petitions.models import Content, Petition, ReceiptSeries, Sender, Step, Wording

    chance = random.Random(49)
    units = [unit.pk for unit in city.units.values()]
    hold_the_index_back()
    for first in range(0, PETITIONS, BATCH):
        rows = [_one(city.body.pk, n, units, chance) for n in range(first, first + BATCH)]
        with transaction.atomic():
            made = Petition.objects.bulk_create(rows)
            names = [f"{chance.choice(FAMILY)} Thị {chance.choice(GIVEN)}" for _ in made]
            Content.objects.bulk_create(Content(petition=p, text=p.subject * 6) for p in made)
            Step.objects.bulk_create(
                Step(petition=p, code="received", on=p.received_on, at=p.received_at) for p in made
            )
            pairs = [(p, n) for p, n in zip(made, names, strict=True) if not p.confidential]
            Sender.objects.bulk_create(Sender(petition=p, name=n) for p, n in pairs)
            known = {p.pk: n for p, n in pairs}
            Wording.objects.bulk_create(
                Wording(petition=p, body=wording(p.number, p.subject, known.get(p.pk, "")))
                for p in made
            )
    ReceiptSeries.objects.create(body=city.body, year=2023, last=PETITIONS)
    build_the_index()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def wording(number: str, *words: str) -> str:
    """As ``indexing.words_of`` makes it; the same few words are folded once."""
    return " ".join([number.replace(".", " "), *map(folded, words)]).strip()


@cache
def folded(words: str) -> str:
    from danvan.documents.words import tokens

    return tokens(words)


def hold_the_index_back() -> None:
    """Rows go in without the full-text index; it is built once over all of them."""
    from django.db import connection

    held = ("DROP TRIGGER petitions_wording_added" if connection.vendor == "sqlite"
            else "DROP INDEX petitions_wording_vector")  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(held)


def build_the_index() -> None:
    """The index as every migrate leaves it, over what is there."""
    from django.db import connection

    from danvan.petitions import indexing

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO petitions_fts(petitions_fts) VALUES ('rebuild')")
    indexing.install(connection)


def _plans() -> list[str]:
    """Whether each search is answered by the index: words that are not are told."""
    from django.db import connection

    from danvan.petitions import indexing
    from danvan.petitions.models import Petition

    told, seen = ("EXPLAIN QUERY PLAN ", "VIRTUAL TABLE INDEX"), []
    if connection.vendor != "sqlite":
        told = ("EXPLAIN ", "petitions_wording_vector")
    for words in ASKED:
        query, given = indexing.find(words, Petition.objects.order_by()).query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(told[0] + query, given)
            plan = " ".join(str(line) for line in cursor.fetchall())
        if told[1] not in plan:
            seen.append(words)
    return seen


def _one(body: int, n: int, units: list[int], chance: random.Random) -> Any:
    from django.utils import timezone

    from danvan.petitions.models import Petition

    day = START + dt.timedelta(days=n * 362 // PETITIONS)
    kind = chance.choice(KINDS)
    is_open = chance.random() < 0.05 or (TODAY - day).days < 12
    due = day + dt.timedelta(days=30)
    return Petition(
        body_id=body, holder_id=chance.choice(units), year=2023, serial=n + 1,
        number=f"{body}.2023.{n + 1:05d}", channel="web", received_on=day,
        received_at=timezone.make_aware(dt.datetime.combine(day, dt.time(9))), kind_said=kind,
        kind=kind, confidential=kind == "to_cao", eligible=True, competent=True,
        subject=f"Hẻm {n % 97}: {chance.choice(MATTERS)}",
        state="verifying" if is_open else "closed", due_on=due if is_open else None,
        due_stage="settle" if is_open else "", settle_due_on=due,
        settled_on=None if is_open else day + dt.timedelta(days=chance.randrange(5, 40)),
        closed_on=None if is_open else due, people=1 + (n % 50 == 0) * 6,
    )  # fmt: skip


def run() -> list[str]:
    """The pages over HTTP, each beside the page that does nothing; then queries and facts."""
    from django.db import connection
    from django.urls import reverse

    from bench.serving import cookie_of, measured
    from danvan.kernel import clock
    from danvan.petitions import indexing
    from tests import city as small

    with clock.set_to(TODAY):
        city = small.build()
        indexing.install(connection)
        started = time.perf_counter()
        fill(city)
        filled = time.perf_counter() - started
        listed = reverse("petitions:list")
        pages = {
            "board": reverse("petitions:board"),
            "list, first page": listed,
            "list, page 400": f"{listed}?trang=400",
            "overdue": f"{listed}?han=qua-han",
            "long-running": f"{listed}?han=keo-dai",
            "desk": "/",
            **{f"search “{words}”": f"{listed}?{urlencode({'q': words})}" for words in ASKED},
        }
        user = city.people["thanh-tra"].user
        lines = measured(pages, cookie_of(user), today=TODAY.isoformat())
        head = f"petitions, {PETITIONS} in a year ({connection.vendor}), filled in {filled:.0f} s"
        missed = _plans()
        lines.append(
            f"searches by the index: {len(ASKED) - len(missed)} of {len(ASKED)} {missed or ''}"
        )
        return [head, *(f"  {line}" for line in lines), *_counted(user, pages), _facts(city)]


def _counted(user: Any, pages: dict[str, str]) -> list[str]:
    """How many queries board, list and desk cost."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    told = []
    for name in ("board", "list, first page", "desk"):
        client.get(pages[name])
        with CaptureQueriesContext(connection) as asked:
            client.get(pages[name])
        told.append(f"{name} {len(asked)}")
    return [f"  queries: {', '.join(told)}"]


def _facts(city: Any) -> str:
    from danvan.kernel import facts
    from danvan.kernel.facts import Period

    units = [unit.pk for unit in city.units.values()]
    codes = [code for code in facts.REGISTRY if code.startswith("petitions.")]
    started = time.perf_counter()
    facts.read(codes, units, Period.year(2023))
    took = (time.perf_counter() - started) * 1000
    return f"  {len(codes)} facts of {len(units)} units over the year: {took:.0f} ms"
