"""Every address × persona has a stated outcome (access_table.py), and keeps it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from danvan.accounts.models import User
from danvan.kernel import clock
from tests.promises import world
from tests.promises.access_table import PERSONAS, TABLE


def routes() -> set[str]:
    found = set()
    for part in get_resolver().url_patterns:
        assert isinstance(part, URLResolver)
        found |= {f"{part.app_name}:{page.name}" for page in part.url_patterns}
    return found


def test_every_address_is_in_the_table() -> None:
    assert routes() == set(TABLE)


def seats(city: Any) -> dict[str, User | None]:
    admin = User.objects.create_superuser("quan-tri", password="mat-khau-thu-nghiem")
    return {
        "anonymous": None,
        "ward": city.people["phuong-1"].user,
        "other_ward": city.people["phuong-2"].user,
        "programme_office": city.people["noi-vu"].user,
        "inspectorate": city.people["thanh-tra"].user,
        "chairman": city.heads["thanh-pho"].user,
        "front": city.people["mat-tran"].user,
        "outsider": city.people["cong-an"].user,
        "administrator": admin,
    }


def outcome(method: str, url: str, user: User | None) -> int:
    """The status an empty request of this person gets; what it wrote is rolled back."""
    client = Client()
    if user is not None:
        client.force_login(user)
    with transaction.atomic():
        response = getattr(client, method)(url)
        transaction.set_rollback(True)
    return int(response.status_code)


@pytest.mark.django_db
def test_every_address_answers_each_persona_as_stated(city, settings) -> None:
    arguments = world.build(city)
    people = seats(city)
    assert list(people) == list(PERSONAS)
    wrong = []
    with clock.set_to(dt.date(2023, 10, 19)):
        for route, (method, stated) in TABLE.items():
            url = reverse(route, kwargs=arguments.get(route, {}))
            found = tuple(outcome(method, url, people[who]) for who in PERSONAS)
            if found != stated:
                wrong.append(f'    "{route}": ("{method}", {found}),')
    assert not wrong, "\n".join(wrong)
