"""The template computes from what contexts hold: registers, dialogue, supervision, models.

Each criterion that once asked for a typed figure reads it where the work is kept; its
explanation leads to the rows. What nobody keeps stays unknown and is told by the unit.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as D
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.democracy.models import Consultation, Regulation
from danvan.kernel import clock
from danvan.registers.models import Register
from danvan.scoring import computing
from danvan.scoring.computing import Computed
from danvan.scoring.models import Round, Sheet
from tests.city import City
from tests.emulation import factory as emulation
from tests.registers.factory import enact, write
from tests.scoring import factory

pytestmark = pytest.mark.django_db
REGISTERS = ("tin_bai", "kiem_tra", "ket_luan", "kien_nghi_giam_sat", "phoi_hop", "phoi_hop_nam")


@pytest.fixture
def kept(city: City, on_day: Any) -> City:
    """The shipped registers are in use since June."""
    on_day(2023, 6, 20)
    for code in REGISTERS:
        enact(city, code)
    return city


def computed(city: City, unit: str = "phuong-1", round: Round | None = None) -> dict[str, Computed]:
    """Code → what the system makes of each criterion of the unit today."""
    held = round or Round.objects.first() or factory.round_for(city)
    sheet: Sheet = factory.sheet_of(held, city, unit)
    sheet.round = held
    scores = computing.scores_of([sheet])
    found = computing.compute(scores, held)
    return {score.criterion.code: found[score.pk] for score in scores}


def links(one: Computed) -> list[str]:
    return [address for _words, address in one.basis]


def test_row_8_news_in_the_register_are_points(kept: City) -> None:
    for title in ("Một", "Hai", "Ba"):
        write(kept, "tin_bai", "phuong-1", tieu_de=title)
    said = computed(kept)["1.4"]
    assert said.value == D("1.13")  # 1,5 × 3/4, half up
    (address,) = links(said)
    number = Register.objects.get(code="tin_bai").pk
    assert address.startswith(f"/so-theo-doi/so/{number}/?don_vi={kept.units['phuong-1'].pk}&")
    assert computed(kept, "phuong-2")["1.4"].value == 0


def test_the_explanation_leads_to_the_very_rows(kept: City, sign_in: Any) -> None:
    write(kept, "tin_bai", "phuong-1", tieu_de="Ra quân ở hẻm 5")
    write(kept, "tin_bai", "phuong-2", tieu_de="Của phường khác")
    (address,) = links(computed(kept)["1.4"])
    page = sign_in("phuong-1").get(address).content.decode()
    assert "Ra quân ở hẻm 5" in page
    assert "Của phường khác" not in page


def test_a_self_check_counts_a_review_is_asked_of_the_unit(kept: City) -> None:
    said = computed(kept)["1.5"]
    assert said.value is None
    assert said.said == "Chưa biết: chưa có số liệu “số lần sơ kết trong năm”."
    write(kept, "kiem_tra", "phuong-1", loai="tu_kiem_tra")
    assert computed(kept)["1.5"].value == D("1.5")


def test_row_75_coordination_counts_wherever_it_was_entered(kept: City) -> None:
    assert computed(kept)["3.1"].value == 0
    write(kept, "phoi_hop", "phuong-1", day=dt.date(2021, 1, 1))
    assert computed(kept)["3.1"].value == D("1.5")
    write(kept, "phoi_hop_nam", "phuong-1", noi_dung="Kế hoạch 2023", loai="ke_hoach",
          theo="16-CTr/BDVTU-UBND")  # fmt: skip
    said = computed(kept)["3.1"]
    assert (said.value, len(said.basis)) == (D(3), 3)
    Regulation.objects.create(
        body=kept.body, unit=kept.units["phuong-2"], kind="coordination", document="02/QC",
        valid_from=dt.date(2022, 1, 1),
    )  # fmt: skip
    assert computed(kept, "phuong-2")["3.1"].value == D("1.5")


def test_a_service_unit_tells_of_a_board_of_parents_itself(kept: City) -> None:
    said = computed(kept, "van-hoa")["3.1"]
    assert said.value is None and "ban đại diện" in said.said
    write(kept, "phoi_hop", "van-hoa", day=dt.date(2021, 1, 1))
    assert computed(kept, "van-hoa")["3.1"].value == D(2)


def test_row_42_findings_take_points_off(kept: City) -> None:
    assert computed(kept)["4.6"].value == D(2)
    write(kept, "ket_luan", "phuong-1", who="thanh-tra")
    write(kept, "ket_luan", "phuong-1", who="thanh-tra", muc_do="vi_pham")
    said = computed(kept)["4.6"]
    assert said.value == D("0.5")
    assert len(links(said)) == 2


def test_recommendations_of_the_register_count_where_the_front_entered_none(kept: City) -> None:
    nothing = computed(kept)["3.4"]
    assert (nothing.value, nothing.arises) == (D(4), False)
    write(kept, "kien_nghi_giam_sat", "phuong-1", who="noi-vu")
    assert computed(kept)["3.4"].value == 0


def test_promises_without_any_did_not_arise(kept: City) -> None:
    said = computed(kept)["3.3"]
    assert (said.value, said.arises) == (D(3), False)


def test_row_44_models_are_counted_where_they_are_kept(kept: City) -> None:
    found = computed(kept)
    assert (found["3.5"].value, found["3.6"].value, found["B1"].value) == (0, 0, 0)
    assert found["B2"].value is None and "khen thưởng" in found["B2"].said
    emulation.registered(kept)
    found = computed(kept)
    assert (found["3.5"].value, found["3.6"].value) == (D(2), 0)
    assert all(address.startswith("/dan-van-kheo/") for address in links(found["3.5"]))


def test_matters_put_to_the_people_are_a_ratio_unknown_without_any(kept: City) -> None:
    assert computed(kept)["5.2"].value is None
    held = {"unit": kept.units["phuong-1"], "body": kept.body, "min_days": 10}
    for month, concluded in ((4, dt.date(2023, 4, 20)), (5, None)):
        Consultation.objects.create(
            **held, title="Quy ước khu phố", opens_on=dt.date(2023, month, 1),
            closes_on=dt.date(2023, month, 13), state="concluded" if concluded else "open",
            concluded_on=concluded,
        )  # fmt: skip
    assert computed(kept)["5.2"].value == D(2)
    # Staff asked inside an agency: no context keeps that.
    assert computed(kept, "noi-vu")["5.2"] == computing.NO_FACT


def test_a_register_not_in_use_leaves_the_figure_to_the_unit(city: City) -> None:
    found = computed(city)
    for code in ("1.4", "1.5", "3.1", "3.4", "4.6"):
        assert found[code].value is None and found[code].said.startswith("Chưa biết:"), code


def test_registers_in_use_cost_the_same_for_one_unit_and_for_all(kept: City) -> None:
    round = factory.round_for(kept)
    sheets = list(round.sheets.filter(block="WARD"))
    for sheet in sheets:
        sheet.round = round
    with clock.set_to(factory.OPENED), CaptureQueriesContext(connection) as many:
        computing.compute(computing.scores_of(sheets), round)
    write(kept, "tin_bai", "phuong-1")
    with clock.set_to(factory.OPENED), CaptureQueriesContext(connection) as one:
        computing.compute(computing.scores_of(sheets[:1]), round)
    assert len(many) == len(one)
