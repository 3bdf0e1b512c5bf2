"""Targets: baseline, now, goal, direction, and who falls short."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from danvan.kernel import audit, clock, facts
from danvan.kernel.access import Refused
from danvan.kernel.facts import Period, Reading
from danvan.programmes import binding
from danvan.programmes.actions import targets
from danvan.programmes.actions.targets import Measure
from danvan.programmes.measuring import measured
from danvan.programmes.models import Programme, Target
from danvan.ui import written
from tests.city import City
from tests.conftest import needs_shared
from tests.programmes.conftest import published


@pytest.fixture
def offered(city: City):
    """A figure about programmes, and one about units: Phường 1 has 9, Phường 2 has 3."""
    known = dict(facts.REGISTRY)
    values = {city.units["phuong-1"].pk: Decimal(9), city.units["phuong-2"].pk: Decimal(3)}

    @facts.offer("test.good", about="programme", measure="%", label="Đơn vị xếp loại Tốt")
    def good(programmes, period):
        return {p: Reading(Decimal(50), clock.now(), "/tot/", "5/10 đơn vị") for p in programmes}

    @facts.offer("test.marks", about="unit", measure="điểm", label="Điểm của đơn vị")
    def marks(units, period):
        return {
            u: Reading(values[u], clock.now(), f"/diem/{u}/") if u in values else None
            for u in units
        }

    yield
    facts.REGISTRY.clear()
    facts.REGISTRY.update(known)


def test_row_49_a_target_shows_where_it_starts_and_who_falls_short(
    sign_in, city: City, programme: Programme, office, offered
) -> None:
    target = programme.targets.get()
    url = reverse("programmes:target", args=[target.pk])
    page = sign_in("noi-vu")
    sent = {
        "fact": "test.good", "unit_fact": "test.marks", "unit_floor": "5", "direction": "up",
        "baseline": "45,5", "baseline_source": "Báo cáo số 12/BC-UBND",
    }  # fmt: skip
    refused = page.post(url, {**sent, "baseline_source": ""}).content.decode()
    assert "Ghi nguồn của số xuất phát điểm" in refused and "45,5" in refused
    assert page.post(url, sent).status_code == 302
    shown = page.get(reverse("programmes:targets", args=[programme.pk])).content.decode()
    assert "45,5" in shown and "Báo cáo số 12/BC-UBND" in shown and "5/10 đơn vị" in shown
    assert "chưa đạt" in shown and "tăng" in shown
    low = city.units["phuong-2"].pk
    assert f'href="/diem/{low}/"' in shown
    assert f'href="/diem/{city.units["phuong-1"].pk}/"' not in shown
    assert "UBND Phường 2</a>: 3 điểm" in shown
    # Those of whom nothing is known fall short too, and are told apart.
    assert "7/8 đơn vị, trong đó 6 chưa có số liệu</summary>" in shown
    why = page.get(reverse("programmes:target_why", args=[target.pk])).content.decode()
    assert re.search(r"7/8 đơn vị, theo số liệu [^<]*6 đơn vị trong số đó chưa có số", why)


def test_row_49_who_falls_short_costs_one_call(programme: Programme, offered) -> None:
    from danvan.programmes.plan import Plan

    Target.objects.filter(programme=programme).update(
        unit_fact="test.marks", unit_floor=5, direction="up"
    )
    short = Plan(programme).measured()[0].short
    assert short is not None and short.of > len(short.units) > 0


def test_row_49_without_a_figure_of_its_own_a_target_counts_the_units_that_reach_the_floor(
    programme: Programme, offered
) -> None:
    target = programme.targets.get()
    target.fact, target.unit_fact, target.unit_floor = "", "test.marks", Decimal(5)
    (told,) = measured(programme, [target], Period.year(2023))
    assert told.figure is not None and told.short is not None
    assert (
        told.figure.words
        == f"1/{told.short.of} ({written.percent(100 / told.short.of)}) đơn vị đạt"
    )
    assert told.reached is False
    target.unit_fact = "test.silent"
    facts.offer("test.silent", about="unit", measure="điểm", label="x")(lambda units, period: {})
    (unknown,) = measured(programme, [target], Period.year(2023))
    assert (unknown.reached, unknown.said) == (None, "chưa có nguồn dữ liệu")


@pytest.mark.parametrize(
    ("direction", "baseline", "reached"),
    [
        ("up", 40, True),
        ("up", 50, False),
        ("hold", 50, True),
        ("down", 60, True),
        ("up", None, None),
    ],
)
def test_row_49_a_target_that_names_a_direction_only_is_judged_against_its_start(
    programme: Programme, offered, direction: str, baseline: int | None, reached: bool | None
) -> None:
    target = programme.targets.get()
    target.fact, target.value, target.direction = "test.good", None, direction
    target.baseline = None if baseline is None else Decimal(baseline)
    (told,) = measured(programme, [target], Period.year(2023))
    assert told.reached is reached


def test_measuring_leaves_history_and_is_refused_to_others(
    city: City, programme: Programme, office, offered
) -> None:
    target = programme.targets.get()
    targets.measure(target, by_way_of=Measure(fact="test.good"), by=office)
    assert audit.of(target)[0].action == "programmes.target.measure"
    with pytest.raises(Refused, match="cơ quan thường trực"):
        targets.measure(target, by_way_of=Measure(), by=city.actor("phuong-1"))
    with pytest.raises(ValidationError, match="nguồn dữ liệu"):
        targets.measure(target, by_way_of=Measure(fact="khong.co"), by=office)


@needs_shared
def test_row_49_the_seeds_targets_are_bound(seed_draft, office) -> None:
    programme = published(seed_draft, office)
    bound = {t.provision.path: t.fact for t in programme.targets.select_related("provision")}
    assert bound["III.2"] == "assignments.units_with_plan"
    assert bound["III.6"] == "scoring.units_in_top_class"
    known = "study.people_briefed" in facts.REGISTRY
    assert bound["III.1"] == ("study.people_briefed" if known else "")
    by_unit = {t.provision.path: t.unit_fact for t in programme.targets.all()}
    known = "democracy.regulation_in_force" in facts.REGISTRY
    for clause in ("III.3", "III.4"):
        assert by_unit[clause] == ("democracy.regulation_in_force" if known else "")
    assert by_unit["III.6"] == "scoring.in_top_class"
    assert programme.targets.get(provision__path="III.6").unit_floor == 1
    known = "indices.units_improved" in facts.REGISTRY
    assert bound["III.5"] == ("indices.units_improved" if known else "")


def test_the_table_of_measures_names_facts_there_are(monkeypatch) -> None:
    assert binding.check_codes(None) == []
    wrong = binding.Binding("moi", fact="khong.co")
    monkeypatch.setattr(binding, "table", lambda: (wrong,))
    assert [e.id for e in binding.check_codes(None)] == ["programmes.E001"]


def test_a_fact_that_is_gone_is_told_at_start_up(programme: Programme) -> None:
    assert binding.check_targets(None, ["default"]) == []
    Target.objects.filter(programme=programme).update(fact="khong.co")
    assert [e.id for e in binding.check_targets(None, ["default"])] == ["programmes.E002"]


def test_row_49_why_a_target_stands_where_it_stands_is_answered_on_its_own_page(
    sign_in, city: City, programme: Programme, office, offered
) -> None:
    target = programme.targets.get()
    how = Measure(
        fact="test.good", unit_fact="test.marks", unit_floor=Decimal(5), baseline=Decimal(45),
        baseline_source="Báo cáo số 12/BC-UBND",
    )  # fmt: skip
    targets.measure(target, by_way_of=how, by=office)
    url = reverse("programmes:target_why", args=[target.pk])
    shown = sign_in("phuong-1").get(url).content.decode()
    assert 'href="/tot/"' in shown and "Đơn vị xếp loại Tốt" in shown and "5/10 đơn vị" in shown
    assert "Báo cáo số 12/BC-UBND" in shown
    assert "so số hiện nay với mức kế hoạch yêu cầu" in shown
    low, high = (city.units[key].pk for key in ("phuong-2", "phuong-1"))
    assert f'href="/diem/{low}/"' in shown and f'href="/diem/{high}/"' not in shown
    assert reverse("programmes:target", args=[target.pk]) not in shown  # the office's to set
    plan = reverse("programmes:plan", args=[programme.pk])
    for page in (
        f"{plan}?muc={target.provision_id}",
        reverse("programmes:targets", args=[programme.pk]),
        reverse("oversight:programme", args=[programme.pk]),
    ):
        assert f'href="{url}"' in sign_in("noi-vu").get(page).content.decode(), page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"fact": ""}, "chưa có nguồn dữ liệu nào đo"),
        ({"fact": "test.good", "value": None}, "chưa ghi xuất phát điểm"),
        ({"fact": "test.good", "value": None, "baseline": Decimal(1)}, "với xuất phát điểm"),
        ({"fact": "test.good", "unit": "hộ"}, "khác đơn vị tính"),
    ],
)
def test_row_49_the_page_says_what_reached_is_judged_by(
    programme: Programme, offered, fields, words: str
) -> None:
    target = programme.targets.get()
    for name, value in fields.items():
        setattr(target, name, value)
    (told,) = measured(programme, [target], Period.year(2023))
    assert words in told.judged_by
