from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from danvan.organisations.models import Person


@pytest.fixture
def sign_in(city) -> Callable[[str | Person], Client]:
    """A browser of a unit's focal officer, or of any person."""

    def make(who: str | Person) -> Client:
        client = Client()
        client.force_login(city.people[who].user if isinstance(who, str) else who.user)
        return client

    return make


@pytest.fixture
def administrator(city) -> Person:
    """The system administrator, a person of the administration office."""
    person = city.people["van-phong"]
    person.user.is_superuser = True
    person.user.save()
    return person
