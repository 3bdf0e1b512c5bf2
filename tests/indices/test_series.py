"""Results as they are kept, compared and told to others."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from danvan.indices import queries
from danvan.indices.actions import editions, results
from danvan.indices.models import Edition, Index, Result
from danvan.kernel import audit, facts
from danvan.kernel.access import Refused
from danvan.kernel.facts import Period
from tests.assignments import factory
from tests.city import City
from tests.indices.conftest import edition, figures, new_unit, result, succession

YEAR = Period.year(2023)


def test_row_47_an_index_is_dated_data_with_its_source(defined: City) -> None:
    assert {i.code for i in queries.newest()} == {"par", "sipas", "papi", "ddci"}
    assert all(i.source and i.publisher for i in Index.objects.all())
    before = queries.index_on("par", dt.date(2023, 12, 31))
    after = queries.index_on("par", dt.date(2025, 12, 31))
    assert before and "876/QĐ-BNV" in before.source
    assert after and "1187/QĐ-BNV" in after.source
    again = editions.enact(defined.body, rows=editions.shipped(), by=defined.actor("noi-vu"))
    assert again == 0


def test_row_47_the_rate_is_of_the_applicable_maximum(measured: City) -> None:
    assert result(measured, "phuong-1").rate == Decimal("96.85")


def test_row_47_beside_the_year_before(measured: City) -> None:
    units = {k: measured.units[k].pk for k in ("phuong-1", "phuong-2", "xa-tan-binh")}
    found = queries.comparisons("par", units.values(), 2023)
    up, down, new = (found[units[k]] for k in units)
    assert (up.change, up.places) == (Decimal("16.85"), 1)
    assert (down.change, down.places) == (Decimal("-6.50"), -1)
    assert new.change is None
    assert new.why == "chưa có kết quả năm 2022"
    assert "+16,85 điểm %" in up.said
    assert "tăng 1 hạng" in up.said


def test_row_47_a_merged_unit_is_not_compared_with_an_invented_average(measured: City) -> None:
    new_unit(measured, "moi", "UBND Phường Tân Ninh", dt.date(2024, 7, 1))
    for part in ("phuong-1", "phuong-2"):
        succession(measured, part, "moi", dt.date(2024, 7, 1))
    edition(measured, 2024, {"moi": figures("90")})
    found = queries.comparisons("par", [measured.units["moi"].pk], 2024)
    told = found[measured.units["moi"].pk]
    assert told.change is None
    assert told.why == "không so sánh được: hợp nhất từ UBND Phường 1, UBND Phường 2"


def test_row_47_an_only_predecessor_taken_whole_is_compared_with(measured: City) -> None:
    new_unit(measured, "moi", "UBND Phường Mới", dt.date(2024, 7, 1))
    succession(measured, "phuong-2", "moi", dt.date(2024, 7, 1))
    edition(measured, 2024, {"moi": figures("75")})
    told = queries.comparisons("par", [measured.units["moi"].pk], 2024)[measured.units["moi"].pk]
    assert told.change == Decimal("5.00")
    assert told.why == "so với năm 2023 của UBND Phường 2, đơn vị tiền thân"


def test_row_47_a_part_split_off_has_nothing_to_be_compared_with(measured: City) -> None:
    new_unit(measured, "moi", "UBND Phường Mới", dt.date(2024, 7, 1))
    succession(measured, "phuong-2", "moi", dt.date(2024, 7, 1), whole=False)
    edition(measured, 2024, {"moi": figures("75")})
    told = queries.comparisons("par", [measured.units["moi"].pk], 2024)[measured.units["moi"].pk]
    assert told.why == "không so sánh được: tách ra từ UBND Phường 2"


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": Decimal(101)},
        {"value": Decimal(-1)},
        {"rank": 4, "ranked": 3},
        {"rank": 1, "ranked": None},
        {"rank": 0, "ranked": 3},
    ],
)
def test_row_47_the_database_keeps_no_impossible_figure(measured: City, wrong: dict) -> None:
    given = {"value": Decimal(50), "maximum": Decimal(100), **wrong}
    held = Edition.objects.get(year=2023)
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.create(edition=held, unit=measured.units["tu-phap"], **given)


def test_row_47_one_result_per_unit_and_edition(measured: City) -> None:
    held = Edition.objects.get(year=2023)
    with pytest.raises(IntegrityError), transaction.atomic():
        Result.objects.create(edition=held, unit=measured.units["phuong-1"], value=1, maximum=2)


def test_row_47_a_correction_keeps_what_was_said_before(measured: City) -> None:
    held = result(measured, "phuong-2")
    office = measured.actor("noi-vu")
    results.correct(held, figures=figures("71"), reason="Đính chính bảng công bố", by=office)
    kept = held.corrections.get()
    assert kept.before["value"] == "70"
    assert kept.after["value"] == "71"
    assert kept.corrected_by == measured.people["noi-vu"]
    line = audit.of(held).first()
    assert line.action == "indices.result.correct"
    assert line.concerns == measured.units["phuong-2"].pk
    assert line.reason == "Đính chính bảng công bố"


def test_history_and_refusals_of_what_the_office_keeps(measured: City) -> None:
    ward, office = measured.actor("phuong-1"), measured.actor("noi-vu")
    held, own = Edition.objects.get(year=2023), result(measured, "phuong-1")
    assert audit.of(held).get().action == "indices.edition.open"
    assert audit.of(own).get().action == "indices.result.enter"
    assert audit.of(measured.body).filter(action="indices.index.enact").exists()
    for refused in (
        lambda: editions.enact(measured.body, rows=[], by=ward),
        lambda: editions.open_edition(measured.body, code="par", year=2021, source="x", by=ward),
        lambda: results.enter(held, rows=[(measured.units["tu-phap"].pk, figures("1"))], by=ward),
        lambda: results.correct(own, figures=figures("99"), reason="Tăng", by=ward),
    ):
        with pytest.raises(Refused, match="Chỉ cơ quan thường trực"):
            refused()
    with pytest.raises(Refused, match="đã có"):
        editions.open_edition(measured.body, code="par", year=2023, source="x", by=office)
    with pytest.raises(Refused, match="đính chính"):
        results.enter(held, rows=[(own.unit_id, figures("1"))], by=office)
    with pytest.raises(Refused, match="lý do"):
        results.correct(own, figures=figures("1"), reason=" ", by=office)


def test_row_47_facts_about_units(measured: City) -> None:
    first, new = measured.units["phuong-1"].pk, measured.units["xa-tan-binh"].pk
    other = measured.units["tu-phap"].pk
    read = facts.read(
        ["indices.par_rate", "indices.par_rank", "indices.par_change"], [first, new, other], YEAR
    )
    rate = read["indices.par_rate"][first]
    assert rate and (rate.numerator, rate.denominator) == (Decimal("69.25"), Decimal("71.5"))
    assert "96,85" in rate.said
    assert read["indices.par_rank"][first].value == 1
    assert read["indices.par_change"][first].value == Decimal("16.85")
    unknown = read["indices.par_change"][new]
    assert unknown.value is None
    assert unknown.said == "chưa có kết quả năm 2022"
    assert read["indices.par_rate"][other] is None
    assert facts.get("indices.sipas_rate").read([first], YEAR)[first] is None


def test_row_47_units_improved_counts_those_that_can_be_compared(measured: City) -> None:
    programme = factory.programme(measured)
    read = facts.get("indices.units_improved").read([programme.pk], YEAR)[programme.pk]
    assert read and (read.numerator, read.denominator) == (1, 2)
    assert "1/2" in read.said
    none = facts.get("indices.units_improved").read([programme.pk], Period.year(2030))
    assert none[programme.pk] is None


def test_row_79_facts_cost_the_same_for_one_unit_and_for_all(measured: City) -> None:
    def queries_of(units: list[int]) -> int:
        with CaptureQueriesContext(connection) as asked:
            facts.get("indices.par_change").read(units, YEAR)
        return len(asked)

    everyone = [u.pk for u in measured.units.values()]
    assert queries_of([measured.units["phuong-1"].pk]) == queries_of(everyone)
