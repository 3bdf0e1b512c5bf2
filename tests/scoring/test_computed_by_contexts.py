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

from danvan.assignments.actions import directives
from danvan.assignments.models import Assignment
from danvan.chasing.actions import letters
from danvan.democracy.actions import boards, checks, dialogue
from danvan.democracy.actions.dialogue import Held, Meeting
from danvan.democracy.models import Consultation, Regulation
from danvan.indices.models import Edition, Index, Result
from danvan.kernel import clock
from danvan.petitions.models import Petition
from danvan.registers.models import Register
from danvan.scoring import computing
from danvan.scoring.computing import Computed
from danvan.scoring.models import Round, Sheet
from tests.city import City
from tests.emulation import factory as emulation
from tests.registers.factory import enact, write
from tests.scoring import factory

pytestmark = pytest.mark.django_db
REGISTERS = (
    "tin_bai", "kiem_tra", "ket_luan", "kien_nghi_giam_sat", "phoi_hop", "phoi_hop_nam",
    "y_kien_noi_bo", "nghi_quyet_hoi_nghi", "du_thao", "ke_khai", "mot_cua", "hoa_giai",
)  # fmt: skip


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


@pytest.mark.parametrize(("kind", "points"), [("tu_kiem_tra", "1.5"), ("so_ket", "1.5"),
                                              ("theo_ke_hoach", "0")])  # fmt: skip
def test_a_self_check_or_a_review_counts(kept: City, kind: str, points: str) -> None:
    assert computed(kept)["1.5"].value == 0
    write(kept, "kiem_tra", "phuong-1", loai=kind)
    assert computed(kept)["1.5"].value == D(points)


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


def test_a_service_unit_notes_a_board_of_parents_where_the_others_note_theirs(kept: City) -> None:
    assert computed(kept, "van-hoa")["3.1"].value == 0
    write(kept, "phoi_hop", "van-hoa", day=dt.date(2021, 1, 1), cac_ben="Ban đại diện cha mẹ",
          loai="quy_che")  # fmt: skip
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


# --- what is kept of democracy inside, of dialogues, boards and petitions --------------------


def test_the_staff_conference_counts_with_its_month_and_its_quorum(kept: City) -> None:
    assert computed(kept)["5.3"].value == 0
    by, unit = kept.actor("phuong-1"), kept.units["phuong-1"]
    held = {"year": 2022, "staff": 30, "summoned": 30, "resolution": "01/NQ", "by": by}
    made = checks.hold_conference(
        unit, held_on=dt.date(2023, 2, 10), attended=19, agreed=19, **held
    )
    assert computed(kept)["5.3"].value == D(2)  # 19 of 30 is no quorum
    made.delete()
    checks.hold_conference(unit, held_on=dt.date(2023, 2, 10), attended=20, agreed=20, **held)
    said = computed(kept)["5.3"]
    assert said.value == D(4)
    assert len(links(said)) == 3 and all(a.startswith("/dan-chu/co-quan/") for a in links(said))


def test_rules_in_force_are_a_half_each(kept: City) -> None:
    for unit, kind, points in (("phuong-1", "democracy", 1), ("phuong-1", "conduct", 2),
                               ("noi-vu", "conduct", 1)):  # fmt: skip
        checks.add_regulation(
            kept.units[unit], kind=kind, document="02/QĐ", valid_from=dt.date(2022, 1, 1),
            by=kept.actor(unit),
        )  # fmt: skip
        assert computed(kept, unit)["5.4"].value == points


def test_a_board_is_unknown_until_it_is_noted_and_counts_by_what_it_did(kept: City) -> None:
    assert computed(kept)["5.5"].value is None
    by = kept.actor("phuong-1")
    board = boards.add(
        kept.units["phuong-1"], kind="inspection", members=5, valid_from=dt.date(2022, 1, 1),
        valid_to=dt.date(2023, 12, 31), recognised_by="01/QĐ", by=by,
    )  # fmt: skip
    assert computed(kept)["5.5"].value == 0  # it did nothing
    day = dt.date(2023, 5, 5)
    boards.check(board, held_on=day, about="Thu, chi quỹ", recommended=0, handled=0, by=by)
    assert computed(kept)["5.5"].value == D(3)
    boards.check(board, held_on=day, about="Công trình hẻm 5", recommended=2, handled=1, by=by)
    assert computed(kept)["5.5"].value == D("2.1")  # 3 × (0,4 + 0,6 × 1/2)


MEETING = Meeting(
    title="Đối thoại năm 2023", audience="Nhân dân", agenda="Rác", held_on=dt.date(2023, 6, 20),
    time="08 giờ", place="Nhà văn hóa", chair="Chủ tịch", chair_title="Chủ tịch",
)  # fmt: skip


@pytest.mark.parametrize(("told", "published", "points"), [
    ((2023, 6, 13), (2023, 6, 30), 5), ((2023, 6, 13), None, 3), ((2023, 6, 14), (2023, 6, 30), 3),
    ((2023, 6, 13), (2023, 7, 1), 3), ((2023, 6, 14), (2023, 7, 1), "1.5"),
])  # fmt: skip
def test_a_dialogue_counts_by_its_notice_and_its_publication(
    kept: City, on_day: Any, told: Any, published: Any, points: Any
) -> None:
    assert computed(kept)["3.2"].value == 0
    by = kept.actor("phuong-1")
    made = dialogue.plan(kept.units["phuong-1"], meeting=MEETING, by=by)
    on_day(2023, 7, 1)
    dialogue.announce(made, on=dt.date(*told), how="Niêm yết", by=by)
    assert computed(kept)["3.2"].value == 0  # announced, not held
    dialogue.hold(made, held=Held(40, 5, 5, "Thư ký", "Biên bản"), by=by)
    if published:
        dialogue.publish(
            made, record_text="Kết luận", where="Bảng tin", on=dt.date(*published), by=by
        )
    assert computed(kept)["3.2"].value == D(points)


def test_petitions_left_lying_take_points_off(kept: City) -> None:
    said = computed(kept)["2.5"]
    assert said.value == D(1) and links(said)[0].startswith("/don-thu/")
    Petition.objects.create(
        body=kept.body, year=2023, serial=1, number="1/2023", channel="direct", state="accepted",
        received_on=dt.date(2023, 3, 1), received_at=clock.now(), kind_said="khieu_nai",
        kind="khieu_nai", subject="Đường đi chung", holder=kept.units["phuong-1"],
        due_on=dt.date(2023, 4, 1),
    )  # fmt: skip
    assert computed(kept)["2.5"].value == D("0.5")


# --- work given outside the plan, letters, indices ----------------------------------------------


def test_work_of_the_committee_is_a_share_unknown_where_none_was_given(kept: City) -> None:
    said = computed(kept)["6.2"]
    assert said.value is None and "không có việc được giao" in said.said
    for state, origin, late in (("accepted", "directive", 0), ("accepted", "directive", 3),
                                ("open", "finding", None)):  # fmt: skip
        made = directives.assign(
            kept.body, origin=origin, title=f"Việc {origin} {late}", unit=kept.units["phuong-1"],
            due_on=dt.date(2023, 7, 3), source_note="Họp ngày 20/6", by=kept.actor("noi-vu"),
        )  # fmt: skip
        filed = None if late is None else clock.now()
        Assignment.objects.filter(pk=made.pk).update(
            state=state, first_filed_at=filed, days_late=late
        )
    assert computed(kept)["6.2"].value == D("2.5")  # the finding is not of the committee


def test_letters_from_the_second_on_take_points_off(kept: City, on_day: Any) -> None:
    round = factory.round_for(kept)
    found = []
    for day in (20, 23, 26):
        found.append(computed(kept, round=round)["D2"].value)
        on_day(2023, 10, day)
        letters.urge(round.programme, by=kept.actor(kept.heads["thanh-pho"]))
    found.append(computed(kept, round=round)["D2"].value)
    assert found == [0, 0, D("0.5"), D(1)]
    (address,) = links(computed(kept, round=round)["D2"])
    assert address.startswith("/van-ban/")


@pytest.mark.parametrize(("before", "points"), [("80", "4.7"), ("95", "2.7"), (None, None)])
def test_the_index_of_the_year_is_set_beside_the_one_before(
    kept: City, before: str | None, points: str | None
) -> None:
    """5 points: 0,6 × 5 × 90 % and, where it did not fall, 0,4 × 5."""
    assert computed(kept)["4.4"].value is None
    index = Index.objects.create(
        code="par", name="Chỉ số CCHC", short_name="CCHC", publisher="UBND", measures="phường",
        unit="điểm", maximum=D(100), source="thử", valid_from=dt.date(2020, 1, 1),
    )  # fmt: skip
    for year, value in ((2022, before), (2023, "90")):
        if value:
            edition = Edition.objects.create(
                index=index, code="par", body=kept.body, year=year, source="thử"
            )
            Result.objects.create(
                edition=edition, unit=kept.units["phuong-1"], value=D(value), maximum=D(100)
            )
    assert computed(kept)["4.4"].value == (None if points is None else D(points))


# --- registers of what is counted once, where the work is ----------------------------------------

SHARES = [
    ("noi-vu", "5.2", "y_kien_noi_bo", "4",
     {"noi_dung": "Quy chế chi tiêu", "hinh_thuc": "hop"}, "quy_trinh", ("dung", "chua")),
    ("van-hoa", "5.2", "y_kien_noi_bo", "4",
     {"noi_dung": "Thi đua", "hinh_thuc": "phieu"}, "quy_trinh", ("dung", "chua")),
    ("noi-vu", "5.6", "nghi_quyet_hoi_nghi", "2",
     {"noi_dung": "Sửa bếp ăn"}, "ket_qua", ("xong", "chua")),
    ("noi-vu", "3.2", "du_thao", "4",
     {"du_thao": "Đề án tuyến phố"}, "lay_y_kien", ("da_lay", "chua_lay")),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "code", "register", "points", "said", "field", "options"), SHARES)
def test_matters_of_a_register_are_a_share_unknown_while_none_is_written(
    kept: City, unit: str, code: str, register: str, points: str, said: Any, field: str,
    options: tuple[str, str],
) -> None:  # fmt: skip
    assert computed(kept, unit)[code].value is None
    write(kept, register, unit, **said, **{field: options[0]})
    assert computed(kept, unit)[code].value == D(points)
    write(kept, register, unit, **said, **{field: options[1]})
    now = computed(kept, unit)[code]
    assert now.value == D(points) / 2
    assert links(now)[0].startswith("/so-theo-doi/so/")


def test_declarations_of_property_count_with_the_plan_of_the_year(kept: City) -> None:
    assert computed(kept)["2.4"].value is None
    write(kept, "ke_khai", "phuong-1", loai="ke_khai", noi_dung="Đợt cuối năm", phai=D(10), da=D(9))
    assert computed(kept)["2.4"].value == D("0.54")
    write(kept, "ke_khai", "phuong-1", loai="ke_hoach", noi_dung="Kế hoạch năm 2023")
    assert computed(kept)["2.4"].value == D("0.94")


def test_files_dealt_with_add_up_over_the_periods(kept: City) -> None:
    found = computed(kept)
    assert (found["4.1"].value, found["4.2"].value) == (None, None)
    for day, done, in_time, online in ((dt.date(2023, 3, 31), 60, 56, 20),
                                       (dt.date(2023, 6, 15), 40, 33, 20)):  # fmt: skip
        write(
            kept, "mot_cua", "phuong-1", day=day, da_giai_quyet=D(done), dung_han=D(in_time),
            tiep_nhan=D(done), truc_tuyen=D(online), chi_tieu=D(50), nguon="Trích hệ thống",
        )  # fmt: skip
    found = computed(kept)
    assert found["4.1"].value == D(3)  # 89 % stands half way from 80 to 98 %
    assert found["4.2"].value == D("1.6")  # 40 % of 50 %


def test_mediations_count_up_to_four_in_five(kept: City) -> None:
    assert computed(kept)["5.6"].value is None
    write(kept, "hoa_giai", "phuong-1", da_hoa_giai=D(10), thanh=D(6))
    assert computed(kept)["5.6"].value == D("1.5")
    write(kept, "hoa_giai", "phuong-1", da_hoa_giai=D(10), thanh=D(10))
    assert computed(kept)["5.6"].value == D(2)
