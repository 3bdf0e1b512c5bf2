"""Publishing opens what the plan asks of each addressed unit, once."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from danvan.assignments.actions.opening import open_all, open_for_programme
from danvan.assignments.models import Assignment
from danvan.kernel import audit
from danvan.kernel.access import SYSTEM, Refused
from danvan.kernel.models import Entry, Refusal
from danvan.organisations.models import Unit
from tests.assignments import factory

pytestmark = pytest.mark.django_db


def test_row_21_lead_and_coordinating_units_each_get_theirs(city, programme):
    roles = dict(
        Assignment.objects.filter(task=factory.task(programme, "law")).values_list(
            "unit__key", "role"
        )
    )
    assert roles == {"tu-phap": "lead", "phuong-1": "coordinate", "phuong-2": "coordinate"}


def test_row_21_a_unit_named_twice_leads(city, on_day):
    made = factory.programme(city)
    law = factory.task(made, "law")
    law.parties.get(role="coordinate").units.add(city.units["tu-phap"])
    both = law.parties.create(role="all", written="các đơn vị")
    both.units.set([city.units["tu-phap"], city.units["phuong-1"]])
    open_for_programme(SimpleNamespace(programme=made.pk))
    assert factory.of(made, city, "tu-phap", "law").role == "lead"
    assert factory.of(made, city, "phuong-1", "law").role == "all"


def test_row_15_every_addressed_unit_owes_its_plan_by_the_written_day(city, programme):
    plans = Assignment.objects.filter(task=factory.task(programme, "plan"))
    assert set(plans.values_list("unit__key", flat=True)) == set(factory.EVERYONE)
    assert set(plans.values_list("due_on", "first_due_on", "state")) == {
        (factory.PLAN_DUE, factory.PLAN_DUE, "open")
    }


def test_a_redelivered_event_opens_nothing_twice(city, programme):
    before, lines = Assignment.objects.count(), Entry.objects.count()
    open_for_programme(SimpleNamespace(programme=programme.pk))
    open_all(programme, by=SYSTEM)
    assert Assignment.objects.count() == before
    assert Entry.objects.filter(concerns__isnull=False).count() == lines


def test_opening_leaves_a_line_for_each_unit_to_read(city, programme):
    lines = Entry.objects.filter(action="assignments.programme.open")
    assert set(lines.values_list("concerns", flat=True)) == {
        city.units[key].pk for key in factory.EVERYONE
    }
    assert lines.get(concerns=city.units["phuong-1"].pk).facts == {"assignments": 4}
    assert not list(audit.breaks())


def test_nobody_opens_by_hand(city, programme):
    with pytest.raises(Refused, match="ban hành kế hoạch"):
        open_all(programme, by=city.actor("noi-vu"))
    assert Refusal.objects.get().action == "assignments.programme.open"


def test_opening_costs_the_same_for_many_units(city, programme, queries_of):
    small, large = factory.programme(city, 2024), factory.programme(city, 2025)
    asked = large.tasks.get(order=0).parties.get()
    for n in range(20):
        asked.units.add(Unit.objects.create(key=f"them-{n}"))
    few = queries_of(lambda: open_for_programme(SimpleNamespace(programme=small.pk)))
    many = queries_of(lambda: open_for_programme(SimpleNamespace(programme=large.pk)))
    assert many == few
