"""A target measured by a formula over several facts: its value, why, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from danvan.kernel import audit, clock, facts
from danvan.kernel.facts import Period, Reading
from danvan.programmes import binding, combining
from danvan.programmes.actions import targets
from danvan.programmes.actions.targets import Measure
from danvan.programmes.measuring import measured
from danvan.programmes.models import Programme, Target

INPUTS = {"a": "test.plans:tu", "b": "test.heard", "c": "test.plans:mau"}


@pytest.fixture
def known(db):
    """Figures about a programme: 6 of 10 units, 3 more units, 40 days; one nobody knows."""
    before = dict(facts.REGISTRY)
    read: dict[str, Reading | None] = {
        "test.plans": Reading(Decimal("0.6"), clock.now(), "/kh/", "6/10 đơn vị", Decimal(6),
                              Decimal(10)),
        "test.heard": Reading(Decimal(3), clock.now(), "/hoc/", "3 đơn vị"),
        "test.days": Reading(Decimal(40), clock.now(), "/ngay/"),
        "test.silent": None,
    }  # fmt: skip
    for code, measure in (("plans", "đơn vị"), ("heard", "đơn vị"), ("days", "ngày"),
                          ("silent", "đơn vị")):  # fmt: skip
        name = f"test.{code}"

        def reader(programmes, period, name=name):
            return {p: read[name] for p in programmes}

        facts.offer(name, about="programme", measure=measure, label=f"Số {code}")(reader)
    yield read
    facts.REGISTRY.clear()
    facts.REGISTRY.update(before)


def told(programme: Programme, formula: str, inputs: dict[str, str]):
    target = Target.objects.get(programme=programme)
    target.fact, target.formula, target.inputs = "", formula, inputs
    return measured(programme, [target], Period.year(2023))[0]


def test_row_49_a_formula_over_facts_tells_the_value_and_why(programme, known) -> None:
    now = told(programme, "(a + b) / c", INPUTS)
    assert now.figure is not None and now.why is not None
    assert now.figure.percent == 90 and now.reached is True
    assert now.figure.words == "90\u00a0%"
    assert [step.url for step in now.why.parts[0].parts] == ["/kh/", "/hoc/"]
    assert "3 đơn vị" in [step.said for step in now.why.parts[0].parts]
    known["test.heard"] = Reading(Decimal(-1), clock.now())
    assert told(programme, "(a + b) / c", INPUTS).reached is False


def test_row_49_what_is_unknown_stays_unknown(programme: Programme, known) -> None:
    now = told(programme, "(a + s) / c", {**INPUTS, "s": "test.silent"})
    assert (now.reached, now.figure.known) == (None, False)
    assert now.said == "chưa biết: chưa có số liệu “Số silent”"
    known["test.heard"] = Reading(Decimal(0), clock.now())
    nothing = told(programme, "a / b", {"a": "test.plans:tu", "b": "test.heard"})
    assert nothing.reached is None and "không phát sinh" in nothing.said


@pytest.mark.parametrize(
    ("formula", "inputs", "field", "why"),
    [
        ("a / d", {"a": "test.heard", "d": "test.days"}, "formula", "khác đơn vị tính"),
        ("a + d", {"a": "test.heard", "d": "test.days"}, "formula", "khác đơn vị tính"),
        ("a * d", {"a": "test.heard", "d": "test.days"}, "formula", "Không nhân"),
        ("R(a, d)", {"a": "test.heard", "d": "test.days"}, "formula", "khác đơn vị tính"),
        ("(a + 1) / (d - 2)", {"a": "test.heard", "d": "test.days"}, "formula", "khác đơn vị"),
        ("a + b", {"a": "test.plans:tu", "b": "test.heard"}, "formula", "chỉ tiêu tính bằng"),
        ("a / ", {"a": "test.heard"}, "formula", "ký tự"),
        ("a / M", {"a": "test.heard"}, "formula", "“M”"),
        ("a / x", {"a": "test.heard"}, "formula", "“x”"),
        ("a / a", {"a": "test.heard", "b": "test.days"}, "inputs", "không dùng"),
        ("a / a", {"a": "khong.co"}, "inputs", "khong.co"),
        ("a / a", {"a": "test.heard:xyz"}, "inputs", "xyz"),
    ],
)
def test_row_49_what_cannot_measure_the_target_is_refused_at_its_field(
    known, formula: str, inputs: dict[str, str], field: str, why: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        combining.check(formula, inputs, "%")
    assert why in " ".join(refused.value.message_dict[field])


@pytest.mark.parametrize("formula", ["(a + b) / c", "min(1, a / c)", "1 - b / c", "R(a + b, c)"])
def test_like_measures_are_allowed(known, formula: str) -> None:
    inputs = {name: code for name, code in INPUTS.items() if name in formula.replace("min", "")}
    combining.check(formula, inputs, "%")


def test_a_share_put_beside_a_count_is_never_added_up(programme: Programme, known) -> None:
    """The fact counts units but reads as a share of them: told, not added."""
    wrong = told(programme, "(a + d) / d", {"a": "test.plans", "d": "test.heard"})
    assert wrong.reached is None and "khác đơn vị tính" in wrong.said
    alone = told(programme, "a", {"a": "test.plans"})
    assert alone.figure is not None and alone.figure.percent == 60


def test_row_49_a_formula_is_set_on_the_targets_page(
    sign_in, programme: Programme, known, office
) -> None:
    target, page = programme.targets.get(), sign_in("noi-vu")
    url = reverse("programmes:target", args=[target.pk])
    assert "test.plans" in page.get(url).content.decode()
    sent = {"formula": "(a + b) / c", "direction": "up", "fact": "",
            "inputs": "a = test.plans:tu\nb = test.heard\nc = test.plans:mau"}  # fmt: skip
    wrong = page.post(url, {**sent, "formula": "a / d", "inputs": "a=test.heard\nd=test.days"})
    assert "khác đơn vị tính" in wrong.content.decode()
    assert "Không hiểu dòng" in page.post(url, {**sent, "inputs": "a test"}).content.decode()
    both = page.post(url, {**sent, "fact": "test.heard"}).content.decode()
    assert "Chọn một nguồn" in both
    assert page.post(url, sent).status_code == 302
    target.refresh_from_db()
    assert (target.formula, target.inputs) == ("(a + b) / c", INPUTS)
    shown = page.get(reverse("programmes:targets", args=[programme.pk])).content.decode()
    assert "Vì sao có số này" in shown and 'href="/hoc/"' in shown and "90" in shown
    assert "(a + b) / c" in audit.of(target)[0].facts["measure"][1]


def test_the_table_of_measures_takes_a_formula(monkeypatch, known) -> None:
    right = binding.Binding("chi tieu moi", formula="(a + b) / c", inputs=INPUTS)
    monkeypatch.setattr(binding, "table", lambda: (right,))
    assert binding.check_codes(None) == []
    assert binding.suggested("Chỉ tiêu mới").formula == "(a + b) / c"
    unlike = binding.Binding("x", formula="a / d", inputs={"a": "test.heard", "d": "test.days"})
    lost = binding.Binding("y", formula="a / a", inputs={"a": "khong.co"})
    monkeypatch.setattr(binding, "table", lambda: (unlike, lost))
    assert [e.id for e in binding.check_codes(None)] == ["programmes.E003", "programmes.E001"]
    assert binding.suggested("y").formula == ""


def test_a_kept_formula_whose_fact_is_gone_is_told_at_start_up(programme, known) -> None:
    Target.objects.filter(programme=programme).update(fact="", formula="a", inputs={"a": "lost.x"})
    assert [e.id for e in binding.check_targets(None, ["default"])] == ["programmes.E002"]
    targets_now = told(programme, "a", {"a": "lost.x"})
    assert targets_now.reached is None and "lost.x" in targets_now.said


def test_measuring_by_a_formula_is_the_offices(programme, known, city) -> None:
    from danvan.kernel.access import Refused

    with pytest.raises(Refused):
        targets.measure(
            programme.targets.get(),
            by_way_of=Measure(formula="(a + b) / c", inputs=INPUTS),
            by=city.actor("phuong-1"),
        )
