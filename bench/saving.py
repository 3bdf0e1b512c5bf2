"""(c) Whole score sheets saved per second by 8 clients, against the same rows by the bare driver.

``run()`` starts eight processes on one migrated database. Each saves sheets of its own, every
claim changed each time: first through the product's verb (permission, lock, history and all),
then as bare SQL that writes the same rows: the scores, the sheet, the line of history, the
head of the chain. Both sides count what was committed in the same number of seconds.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from decimal import Decimal
from typing import Any

CLIENTS, SECONDS, RUNS = 8, 4.0, 3


def setting_up() -> dict[str, Any]:
    """A small city with an open round and a sheet for each client; its ids."""
    from danvan.organisations.models import Unit, UnitKind, UnitVersion
    from danvan.scoring.models import Sheet
    from tests import city as small
    from tests.scoring import factory
    from vanban.text import search_key, sort_key

    city = small.build()
    for n in range(CLIENTS):
        name = f"UBND Phường {n + 20}"
        unit = city.units[f"bench-{n}"] = Unit.objects.create(key=f"bench-{n}")
        UnitVersion.objects.create(
            unit=unit, name=name, short_name=name, kind=UnitKind.WARD, parent=city.body,
            valid_from=small.FROM, sort_key=sort_key(name), search_key=search_key(name),
        )  # fmt: skip
        officer = city.people[f"bench-{n}"] = small.person(f"Người {n}", f"bench-{n}")
        unit.posts.create(person=officer, title="x", rank="head", valid_from=small.FROM)
    factory.round_for(city)
    sheets = [Sheet.objects.get(unit=city.units[f"bench-{n}"]) for n in range(CLIENTS)]
    return {
        "sheets": [s.pk for s in sheets],
        "users": [city.people[f"bench-{n}"].user_id for n in range(CLIENTS)],
    }


def by_the_verb(sheet_id: int, user_id: int, until: float) -> int:
    from danvan.accounts.models import User
    from danvan.organisations import queries
    from danvan.scoring.actions import sheets
    from danvan.scoring.actions.sheets import Claim
    from danvan.scoring.models import Criterion, Sheet

    by = queries.actor_for(User.objects.get(pk=user_id))
    sheet = Sheet.objects.get(pk=sheet_id)
    criteria = list(Criterion.objects.filter(criteria_set=sheet.criteria_set_id, kind="criterion"))
    saved = 0
    while time.time() < until:
        part = Decimal(saved % 2 + 1) / 4
        claims = {c.pk: Claim(c.max_points * part, "Số liệu của đơn vị") for c in criteria}
        sheet = sheets.save(sheet, revision=sheet.revision, claims=claims, by=by)
        saved += 1
    return saved


def by_the_driver(sheet_id: int, until: float) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, c.max_points FROM scoring_score s JOIN scoring_criterion c "
            "ON c.id = s.criterion_id WHERE s.sheet_id = %s AND c.kind = 'criterion'", [sheet_id],
        )  # fmt: skip
        scores = cursor.fetchall()
    connection.ensure_connection()
    raw = connection.connection
    mark = "?" if connection.vendor == "sqlite" else "%s"
    update = (
        f"UPDATE scoring_score SET claimed={mark}, claim_reason='x', arises={mark} WHERE id={mark}"
    )
    entry = (
        "INSERT INTO kernel_entry (seq, at, actor_id, actor_name, action, says, subject_type, "
        "subject_id, subject_name, concerns, reason, facts, previous_hash, hash) VALUES "
        f"({mark}, '2023-10-16 01:00:00+00', 1, 'x', 'bench', 'x', 'x', '1', 'x', 1, '', "
        f"{mark}, '', {mark})"
    )
    facts = json.dumps({"changed": {str(pk): ["0.25", "0.50"] for pk, _max in scores}})
    begin = "BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN"
    saved = 0
    while time.time() < until:
        cursor = raw.cursor()
        cursor.execute(begin)
        half = Decimal(saved % 2 + 1) / 4
        rows = [(str(Decimal(str(m)) * half), True, pk) for pk, m in scores]
        cursor.executemany(update, rows)
        cursor.execute(f"UPDATE scoring_sheet SET revision=revision+1 WHERE id={mark}", [sheet_id])
        cursor.execute("UPDATE kernel_chainhead SET seq=seq+1 WHERE id=1")
        cursor.execute("SELECT seq FROM kernel_chainhead WHERE id=1")
        seq = cursor.fetchone()[0]
        cursor.execute(entry, [seq, facts, f"bench-{seq}"])
        cursor.execute("COMMIT")
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


def run() -> list[str]:
    """On the migrated, empty database of this process."""
    from django.db import connection

    ids = setting_up()
    connection.close()
    verb = statistics.median(together("verb", ids) for _ in range(RUNS))
    driver = statistics.median(together("driver", ids) for _ in range(RUNS))
    return [
        f"(c) {connection.vendor}: {CLIENTS} clients save {verb:.0f} whole sheets/s through the "
        f"verb, {driver:.0f} by the bare driver: ratio {driver / max(verb, 0.01):.1f}"
    ]


if __name__ == "__main__":
    way, sheet, user = sys.argv[1:]
    print(client(way, int(sheet), int(user)))
