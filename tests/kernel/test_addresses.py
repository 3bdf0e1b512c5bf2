"""One pattern of an address serves many rows."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse

from danvan.kernel import addresses, facts


@pytest.mark.parametrize("name,key", [
    ("assignments:detail", 7), ("organisations:unit", "phuong-1"), ("scoring:gate", 12),
])  # fmt: skip
def test_the_same_address_as_asked_one_by_one(name, key):
    assert addresses.of_each(name)(key) == reverse(name, args=[key])


def test_a_page_that_is_not_there_is_told():
    with pytest.raises(NoReverseMatch):
        addresses.of_each("assignments:khong-co")


def test_few_subjects_are_named_and_many_are_picked_from_all():
    few = facts.among("unit", range(facts.NAMED))
    assert few.children == [("unit__in", range(facts.NAMED))]
    assert not facts.among("unit", range(facts.NAMED + 1))
