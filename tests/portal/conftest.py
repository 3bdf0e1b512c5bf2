from __future__ import annotations

import pytest
from django.test import Client

from tests.city import City
from tests.petitions import factory


@pytest.fixture
def town(city: City, on_day, settings) -> City:
    """The small city on a Monday of 2023, with a key for its vault."""
    settings.VAULT_KEYS = factory.VAULT_KEYS
    on_day(2023, 5, 8)
    return city


@pytest.fixture
def visitor() -> Client:
    """Somebody without an account, in a browser that checks nothing."""
    return Client()
