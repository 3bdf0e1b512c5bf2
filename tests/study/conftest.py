"""The clock stands at the hour of the session; every test of study may move it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from danvan.kernel import clock
from tests.study import factory


@pytest.fixture
def may() -> Iterator[None]:
    """10 May 2023, eight in the morning."""
    with clock.set_to(factory.AT):
        yield
