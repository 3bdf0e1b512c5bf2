"""One pattern of an address serves many rows; a figure leads where its reader may go."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from danvan.kernel import addresses, facts
from danvan.kernel.access import Actor, Hold
from danvan.petitions.queries import bodies_of


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


def test_a_figure_leads_only_those_whom_its_page_opens_to() -> None:
    ward, office = Actor(1, "Phường"), Actor(2, "Nội vụ", frozenset({Hold("petitions_keeper", 5)}))
    rows = f"{reverse('petitions:list')}?giu=5"
    addresses.opens("petitions:list", lambda actor: actor.holds)
    try:
        assert addresses.open_to(office, rows)
        assert not addresses.open_to(ward, rows)
    finally:
        addresses.opens("petitions:list", bodies_of)
    # Nothing was told of these: the page itself decides.
    assert addresses.open_to(ward, reverse("assignments:detail", args=[1]))
    assert addresses.open_to(ward, "/khong/co/trang/nay/")


@pytest.mark.django_db
def test_who_keeps_no_petitions_reads_the_figure_without_a_link(city) -> None:
    rows = reverse("petitions:list")
    request = RequestFactory().get("/")
    for actor, linked in ((city.actor("noi-vu"), True), (Actor(7, "Người theo dõi"), False)):
        request.actor = actor  # type: ignore[attr-defined]
        shown = Template("{% source url words %}").render(
            Context({"request": request, "url": rows, "words": "3/4 <đơn>"})
        )
        assert "3/4 &lt;đơn&gt;" in shown
        assert (f'href="{rows}"' in shown) == linked == bool(bodies_of(actor))
