"""(c) Whole score sheets of 56 criteria saved by 8 clients, beside the bare upsert of their rows.

``run()`` on a migrated, empty database. First in processes: each client saves a sheet of its own
again and again, every claim changed, through the product's verb (permission, lock, history and
all), then as one upsert of the same rows by the database's driver, which does nothing else. Then
over HTTP: the sheet's form sent to the product, and the same form sent to a view that reads the
boxes and does only the upsert. Both take turns; the median of the rounds counts.
"""

from __future__ import annotations

import http.client
import statistics
import subprocess
import sys
import threading
import time
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from bench.upsert import statement

CLIENTS, SECONDS, RUNS = 8, 4.0, 3
CRITERIA = 56
DAY = "2023-10-12"


def setting_up() -> dict[str, Any]:
    """A small city with an open round and a sheet of 56 criteria for each client; its ids."""
    from django.test import override_settings

    # Nobody signs in with a password here; making them would take longer than the rest.
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        return _set_up()


def _set_up() -> dict[str, Any]:
    from danvan.organisations.models import Unit, UnitKind, UnitVersion
    from danvan.scoring.models import Criterion, Score, Sheet
    from tests import city as small
    from tests.scoring import factory
    from vanban.text import search_key, sort_key

    city = small.build()
    for n in range(CLIENTS):
        name = f"UBND Phường {n + 20}"
        unit = city.units[f"client-{n}"] = Unit.objects.create(key=f"client-{n}")
        UnitVersion.objects.create(
            unit=unit, name=name, short_name=name, kind=UnitKind.WARD, parent=city.body,
            valid_from=small.FROM, sort_key=sort_key(name), search_key=search_key(name),
        )  # fmt: skip
        officer = city.people[f"client-{n}"] = small.person(f"Người {n}", f"client-{n}")
        unit.posts.create(person=officer, title="x", rank="head", valid_from=small.FROM)
    factory.round_for(city)
    sheets = [Sheet.objects.get(unit=city.units[f"client-{n}"]) for n in range(CLIENTS)]
    held = sheets[0].criteria_set
    group = held.groups.first()
    missing = CRITERIA - held.criteria.count()
    more = Criterion.objects.bulk_create(
        Criterion(
            criteria_set=held, group=group, code=f"X{n}", title=f"Tiêu chí X{n}", method="manual",
            max_points=Decimal(4), owner_role="programme_office", order=200 + n,
        )
        for n in range(missing)
    )  # fmt: skip
    Score.objects.bulk_create(Score(sheet=s, criterion=c) for s in sheets for c in more)
    return {
        "sheets": [s.pk for s in sheets],
        "users": [city.people[f"client-{n}"].user_id for n in range(CLIENTS)],
    }


def by_the_verb(sheet_id: int, user_id: int, until: float) -> int:
    from danvan.accounts.models import User
    from danvan.organisations import queries
    from danvan.scoring.actions import sheets
    from danvan.scoring.actions.sheets import Claim
    from danvan.scoring.models import Criterion, Sheet

    by = queries.actor_for(User.objects.get(pk=user_id))
    sheet = Sheet.objects.get(pk=sheet_id)
    criteria = Criterion.objects.filter(criteria_set=sheet.criteria_set_id)
    limits = list(criteria.exclude(method="superior_only").values_list("pk", "max_points"))
    saved = 0
    while time.time() < until:
        # Another value each time, also of the criterion that gives least.
        part = Decimal(sheet.revision % 2 + 1) / 4
        claims = {pk: Claim(most * part, "Số liệu của đơn vị") for pk, most in limits}
        sheet = sheets.save(sheet, revision=sheet.revision, claims=claims, by=by)
        saved += 1
    return saved


def by_the_driver(sheet_id: int, until: float) -> int:
    """One statement a saving, committed by itself."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, s.criterion_id, c.max_points FROM scoring_score s JOIN "
            "scoring_criterion c ON c.id = s.criterion_id WHERE s.sheet_id = %s "
            "AND c.method <> 'superior_only'",
            [sheet_id],
        )  # fmt: skip
        scores = cursor.fetchall()
    raw, saved = connection.connection, 0
    sql = statement(connection.vendor, len(scores))
    cursor = raw.cursor()
    while time.time() < until:
        half = Decimal(saved % 2 + 1) / 4
        rows = [
            value
            for pk, criterion, most in scores
            for value in (pk, sheet_id, criterion, str(Decimal(str(most)) * half), "Số liệu")
        ]
        cursor.execute(sql, rows)
        raw.commit()
        saved += 1
    return saved


def client(way: str, sheet: int, user: int) -> int:
    """Says when it is ready, waits for the word, then saves for SECONDS."""
    import django

    django.setup()
    from django.db import connection

    connection.ensure_connection()
    print("ready", flush=True)
    sys.stdin.readline()
    until = time.time() + SECONDS
    return by_the_verb(sheet, user, until) if way == "verb" else by_the_driver(sheet, until)


def together(way: str, ids: dict[str, Any]) -> float:
    """Saves per second of all clients at once."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.saving", way, str(s), str(u)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for s, u in zip(ids["sheets"], ids["users"], strict=True)
    ]  # fmt: skip
    for each in running:
        assert each.stdout and each.stdout.readline().strip() == "ready"
    for each in running:
        assert each.stdin
        each.stdin.write("go\n")
        each.stdin.flush()
    return sum(int(each.communicate()[0]) for each in running) / SECONDS


# --- over HTTP -------------------------------------------------------------------------------


class Unit:
    """A browser with the sheet's form open; sends it back with every box changed."""

    def __init__(self, port: int, sheet: int, cookie: str) -> None:
        from django.urls import reverse

        self.link = http.client.HTTPConnection("127.0.0.1", port)
        self.cookie, self.page = cookie, reverse("scoring:sheet", args=[sheet])
        self.bare = f"/bench-upsert/{sheet}/"
        self.form, self.limits = self._opened(sheet)
        self.revision = int(self.form["revision"])
        name, most = next(iter(self.limits.items()))
        stood = Decimal(self.form.get(name, "0").replace(",", ".") or 0)
        self.half = stood == (most / 2).quantize(Decimal("0.01"))
        self._with_token()

    def _with_token(self) -> None:
        """What keeps other sites' forms out, as the page hands it to the browser."""
        from django.conf import settings
        from django.utils.crypto import get_random_string

        token = get_random_string(32)
        self.cookie += f"; {settings.CSRF_COOKIE_NAME}={token}"
        self.form["csrfmiddlewaretoken"] = token

    def _opened(self, sheet: int) -> tuple[dict[str, str], dict[str, Decimal]]:
        """The fields as the page sends them when nothing was typed, and each box's maximum."""
        from danvan.scoring.forms.sheets import SheetForm
        from danvan.scoring.models import Sheet
        from danvan.scoring.queries.sheets import to_claim

        held = Sheet.objects.get(pk=sheet)
        scores = to_claim(held)
        form = SheetForm(scores=scores, initial={"revision": held.revision})
        shown = {}
        for name, field in form.fields.items():
            if name.startswith("files_"):
                continue
            value = form[name].value()
            if field.show_hidden_initial:
                shown[form[name].html_initial_name] = "" if value in (None, False) else str(value)
            if value not in (None, False):
                shown[name] = str(value)
        limits = {f"claimed_{s.criterion_id}": s.max_points for s in scores}
        return shown, {name: most for name, most in limits.items() if name in form.fields}

    def filled(self) -> str:
        """The form with another value in every box than stood there, as it was opened."""
        self.half = not self.half
        for name, most in self.limits.items():
            self.form[f"initial-{name}"] = self.form[name]
            self.form[name] = f"{most / (2 if self.half else 4):.2f}".replace(".", ",")
        self.form["revision"] = str(self.revision)
        return urlencode(self.form)

    def send(self, way: str) -> None:
        from bench.serving import fetch

        status, body = fetch(self.link, self.page if way == "form" else self.bare,
                             self.cookie, self.filled())  # fmt: skip
        if status != 302:
            raise RuntimeError(f"{way}: {status} {body.decode()[-1500:]}")
        self.revision += way == "form"


def over_http(ids: dict[str, Any]) -> tuple[float, float]:
    """Forms a second through the product, and through the view that does only the upsert."""
    from bench import serving
    from danvan.accounts.models import User

    users = {u.pk: u for u in User.objects.filter(pk__in=ids["users"])}
    cookies = [serving.cookie_of(users[pk]) for pk in ids["users"]]
    told: dict[str, list[float]] = {"form": [], "bare": []}
    with serving.server(DANVAN_TODAY=DAY) as port:
        for way in ("form", "bare") * (RUNS + 1):
            # Opened anew each time: the bare view leaves other values than the form knows.
            units = [Unit(port, s, c) for s, c in zip(ids["sheets"], cookies, strict=True)]
            told[way].append(_sent(units, way))
    # The first of each warms up.
    return statistics.median(told["form"][1:]), statistics.median(told["bare"][1:])


def _sent(units: list[Unit], way: str) -> float:
    until, counts, failed = time.time() + SECONDS, [0] * len(units), list[Exception]()

    def go(n: int) -> None:
        try:
            while time.time() < until:
                units[n].send(way)
                counts[n] += 1
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=go, args=(n,)) for n in range(len(units))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return sum(counts) / SECONDS


def run() -> list[str]:
    """On the migrated, empty database of this process."""
    from django.db import connection

    ids = setting_up()
    connection.close()
    told: dict[str, list[float]] = {"verb": [], "driver": []}
    for _ in range(RUNS):
        for way, taken in told.items():
            taken.append(together(way, ids))
    verb, driver = statistics.median(told["verb"]), statistics.median(told["driver"])
    form, bare = over_http(ids)
    head = f"(c) {connection.vendor}: {CLIENTS} clients, sheets of {CRITERIA} criteria"
    return [
        f"{head}: {verb:.0f} saved a second through the verb, {driver:.0f} by one bare upsert "
        f"each: {verb / driver:.2f} of it (at least 0.25)",
        f"{head}, over HTTP: {form:.0f} a second with the form, {bare:.0f} by a view that does "
        f"only the upsert: {form / bare:.2f} of it (at least 0.35)",
    ]


if __name__ == "__main__":
    way, sheet, user = sys.argv[1:]
    print(client(way, int(sheet), int(user)))
