"""Fixtures every test may use. The clock stands in the seed's year unless a test moves it."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from hypothesis import settings as properties

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
# How long one example takes says how busy the machine is: no test fails by it.
properties.register_profile("danvan", deadline=None)
properties.load_profile("danvan")
ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("DANVAN_SHARED", ROOT.parent / "shared"))
SEED = SHARED / "seed" / "ke-hoach-49.txt"

needs_shared = pytest.mark.skipif(not SEED.exists(), reason=f"needs {SHARED}")


@pytest.fixture(autouse=True)
def _place(settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # A key for tests only: 32 bytes "v".
    settings.VAULT_KEYS = ["thu:dnZ2dnZ2dnZ2dnZ2dnZ2dnZ2dnZ2dnZ2dnZ2dnZ2dnY="]


@pytest.fixture(autouse=True)
def _no_chance_in_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages carry the same token of forms each time.

    A test that asks that "K2" is not on a page met, once in some forty runs, a token with "K2" in
    it.
    """
    monkeypatch.setattr(
        "django.middleware.csrf.get_random_string", lambda length, allowed_chars: "x" * length
    )


@pytest.fixture(autouse=True)
def _calendar_at_hand() -> None:
    """The days the office changed are asked for once a minute: not in the middle of a test that
    counts its queries. A test that changes them says ``calendar.forget_overlay()``."""
    from django.core.cache import cache

    cache.set("calendar-overlay", {}, timeout=None)


@pytest.fixture(autouse=True)
def _flushable(request: pytest.FixtureRequest) -> None:
    """A test that commits ends with a flush, which the guards of history would refuse.

    pytest-django runs such tests after all others, so those still meet the guards.
    """
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction"))
    if commits or {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("transactional_db")
        from django.db import connection

        from danvan.kernel import guards

        guards.remove(connection)


@pytest.fixture
def on_day() -> Iterator[object]:
    """``on_day(2023, 4, 4)`` sets today for the rest of the test."""
    from contextlib import ExitStack

    from danvan.kernel import clock

    with ExitStack() as stack:
        yield lambda *ymd: stack.enter_context(clock.set_to(dt.date(*ymd)))


@pytest.fixture
def city(db):
    from tests.city import build

    return build()


@pytest.fixture
def sign_in(city) -> Callable[..., Any]:
    """A browser of a unit's focal officer, or of any person."""

    from django.test import Client

    def make(who: Any) -> Client:
        client = Client()
        client.force_login(city.people[who].user if isinstance(who, str) else who.user)
        return client

    return make


@pytest.fixture
def administrator(city) -> Any:
    """The system administrator, a person of the administration office."""
    person = city.people["van-phong"]
    person.user.is_superuser = True
    person.user.save()
    return person


# --- every action leaves history and is refused to somebody: gathered over the whole run ---

EXERCISED: dict[str, set[str]] = {"history": set(), "refusal": set()}
# (action, what its history line says) where a code or a class of the program is shown.
CODES: set[tuple[str, str]] = set()
_CODE = re.compile(r"(?:: |→ |, )[a-z_]{4,}(?=$|;|,| →)|[{}]|\bNone\b")


def _codes(note: Any) -> list[str]:
    """Phrases of a history line that hold a code instead of words."""
    from danvan.desk import words

    facts = json.loads(json.dumps(note.facts, cls=DjangoJSONEncoder))
    told = words.changes(facts, note.subject._meta.label_lower)
    named = note.named or str(note.subject)
    return [
        *(phrase for phrase in told if _CODE.search(phrase)),
        *([named] if " object (" in named else []),
    ]


@pytest.fixture(scope="session", autouse=True)
def _gather_actions() -> Iterator[None]:
    from danvan.kernel import audit

    append, note_refusal = audit.append, audit.note_refusal

    def gathered_append(action, says, actor, notes):  # type: ignore[no-untyped-def]
        append(action, says, actor, notes)
        EXERCISED["history"].add(action)
        if not action.startswith("kernel_test."):
            CODES.update((action, told) for note in notes for told in _codes(note))

    def gathered_refusal(action, actor, subject, reason):  # type: ignore[no-untyped-def]
        note_refusal(action, actor, subject, reason)
        assert reason, f"{action}: refused without a reason"
        EXERCISED["refusal"].add(action)

    audit.append, audit.note_refusal = gathered_append, gathered_refusal
    yield
    audit.append, audit.note_refusal = append, note_refusal


def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    """The promises about all actions are asked last; transactional tests precede the browser."""
    last = ("test_every_action_was_exercised", "test_history_shows_no_code")
    items.sort(key=lambda item: item.name in last)
