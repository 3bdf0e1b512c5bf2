"""A round on its way: handed in, then put forward."""

from __future__ import annotations

import pytest

from tests.scoring.results_factory import Case, handed_in, put_forward


@pytest.fixture
def case(city, on_day) -> Case:
    on_day(2023, 10, 16)
    return handed_in(city)


@pytest.fixture
def proposed(case: Case, on_day) -> Case:
    on_day(2023, 10, 20)
    return put_forward(case)
