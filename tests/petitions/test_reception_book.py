"""Rows 31, 32: the reception book: statutory columns, groups, the petition a line becomes."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from danvan.kernel.access import Refused
from danvan.kernel.models import Entry
from danvan.petitions import reception_book as columns
from danvan.petitions.actions import reception_book
from danvan.petitions.models import Petition, ReceptionDay, Turn
from tests.petitions.reception_factory import held, planned, turn
from tests.vault import factory as vault

pytestmark = pytest.mark.django_db
D = dt.date
TODAY = D(2023, 10, 12)


@pytest.fixture(autouse=True)
def _day(on_day):
    on_day(2023, 10, 12)


def test_row_32_lines_are_numbered_through_the_year(city) -> None:
    first, second = turn(city, TODAY), turn(city, D(2023, 10, 11))
    assert (first.number, second.number, first.year) == (1, 2, 2023)
    line = Entry.objects.filter(action="petitions.turn.write").first()
    assert "Huỳnh Văn Sơn" not in str(line.facts) + line.subject_name
    with pytest.raises(Refused, match="nơi tiếp công dân"):
        reception_book.write(
            city.units["phuong-1"], on=TODAY, kind="khieu_nai", name="A", content="x",
            by=city.actor("phuong-2"),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("people", "speakers", "said"),
    [(5, 2, ""), (10, 3, "nhiều nhất 2"), (11, 5, ""), (40, 6, "nhiều nhất 5"), (4, 1, "Dưới 5")],
)
def test_row_31_a_group_speaks_through_as_many_as_the_law_says(
    city, people, speakers, said
) -> None:
    named = [(f"Đại diện {n}", "Khu phố 2") for n in range(speakers)]
    if said:
        with pytest.raises(Refused, match=said):
            turn(city, TODAY, people=people, representatives=named)
        return
    made = turn(city, TODAY, people=people, representatives=named)
    assert made.representatives.count() == speakers and made.is_group


def test_row_35_the_book_names_no_denouncer(city) -> None:
    it = vault.sealed(city)
    with pytest.raises(Refused, match="không ghi tên người tố cáo"):
        turn(city, TODAY, unit="thanh-pho", kind="to_cao")
    made = reception_book.write(
        city.body, on=TODAY, kind="to_cao", content="Thu tiền không biên lai", sealed=it,
        by=city.actor("thanh-tra"),
    )  # fmt: skip
    assert made.who == "Hồ sơ mật số 0001/2023"
    with pytest.raises(Refused, match="Không thấy hồ sơ mật"):
        reception_book.write(
            city.body, on=TODAY, kind="to_cao", content="x", sealed=it, by=city.actor("van-phong")
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.filter(pk=made.pk).update(name="Ai đó")


@pytest.mark.parametrize(
    ("day", "count", "some"),
    [
        (D(2020, 1, 1), 7, "Yêu cầu"),
        (D(2023, 10, 12), 12, "Trả lại đơn và hướng dẫn"),
        (D(2026, 7, 1), 13, "Số người cùng nội dung"),
    ],
)
def test_row_31_the_columns_are_those_of_the_form_of_the_date(day, count, some) -> None:
    form = columns.form_on(day)
    assert len(form.columns) == count
    assert some in [str(label) for label, _cell in form.columns]


def test_row_31_the_book_prints_and_exports_the_same_lines(city, sign_in) -> None:
    made = turn(city, TODAY, content="=1+1 đề nghị sửa cống", people=6,
                representatives=[("Đào Thị Lan", "")])  # fmt: skip
    reception_book.settle(
        made, outcome="guided", body="UBND thành phố", paper="12/HD-TCD", by=city.actor("phuong-1")
    )
    client = sign_in("phuong-1")
    address = reverse("reception:book_workbook", args=["phuong-1"]) + "?nam=2023"
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(address).content))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows[3]) == 12
    assert rows[5][4] == "=1+1 đề nghị sửa cống"
    assert "UBND thành phố" in rows[5][8] and "Đào Thị Lan" in rows[5][2]
    paper = client.get(reverse("reception:book_print", args=["phuong-1"])).content.decode()
    assert "mẫu 03" in paper and "12/HD-TCD" in paper


def test_row_32_what_was_done_is_kept_with_its_reason(city) -> None:
    made, by = turn(city, TODAY), city.actor("phuong-1")
    for outcome, more, said in (
        ("", {}, "Chọn cách xử lý"),
        ("forwarded", {}, "cơ quan có thẩm quyền"),
        ("refused", {}, "danh mục của luật"),
        ("refused", {"ground": "TCD-TC-4", "text": "điểm a"}, "danh mục của luật"),
        ("explained", {}, "lý do"),
    ):
        with pytest.raises(Refused, match=said):
            reception_book.settle(made, outcome=outcome, **more, by=by)
    reception_book.settle(made, outcome="explained", text="Đã có trong kế hoạch quý IV", by=by)
    assert made.outcome_on == TODAY
    reception_book.settle(made, outcome="refused", ground="TCD-TC-3", by=by)
    assert made.refused_for == "TCD-TC-3"
    reception_book.settle(made, outcome="accepted", by=by)
    assert made.refused_for == ""
    with pytest.raises(Refused):
        reception_book.settle(made, outcome="accepted", by=city.actor("phuong-2"))


def test_row_32_a_line_becomes_a_petition_with_a_receipt(city, sign_in) -> None:
    made = turn(city, TODAY, people=6, representatives=[("Đào Thị Lan", "Khu phố 2")])
    client = sign_in("phuong-1")
    address = reverse("reception:make_petition", args=[made.pk])
    page = client.post(address).content.decode()
    petition = Petition.objects.get()
    assert petition.number in page and petition.at_reception and petition.people == 6
    assert petition.senders.get().name == "Đào Thị Lan"
    assert petition.number in client.get(reverse("reception:turn", args=[made.pk])).content.decode()
    again = client.post(address, follow=True)
    assert "đã lập đơn" in again.content.decode()
    assert Petition.objects.count() == 1
    other = turn(city, TODAY)
    link = reverse("reception:link", args=[other.pk])
    told = client.post(link, {"number": "khong-co"}, follow=True).content.decode()
    assert "Không thấy đơn số" in told
    client.post(link, {"number": petition.number})
    other.refresh_from_db()
    assert other.petition == petition
    with pytest.raises(Refused):
        reception_book.make_petition(turn(city, TODAY), by=city.actor("phuong-2"))
    with pytest.raises(Refused):
        reception_book.link(turn(city, TODAY), petition=petition, by=city.actor("phuong-2"))


def test_row_31_writing_the_calendar_and_the_book_on_the_screen(city, sign_in) -> None:
    client = sign_in("phuong-1")
    plan = reverse("reception:plan", args=["phuong-1"])
    told = {"start": "16/10/2023", "end": "30/11/2023", "hours": "8 giờ", "place": "Trụ sở"}
    assert client.post(plan, {**told, "how": "weekly"}).status_code == 422
    assert client.post(plan, {**told, "how": "weekly", "weekday": "3"}).status_code == 302
    assert ReceptionDay.objects.count() == 7
    monthly = {**told, "how": "monthly", "monthdays": "5, 22"}
    assert client.post(plan, monthly).status_code == 302
    # 5/11/2023 is a Sunday: the reception is on Monday.
    assert ReceptionDay.objects.filter(on=D(2023, 11, 6)).exists()
    page = client.get(reverse("reception:calendar", args=["phuong-1"])).content.decode()
    assert "1 ngày/tuần" in page and "Luật Tiếp công dân 42/2013/QH13 Đ15.2d" in page
    days = list(ReceptionDay.objects.values_list("pk", flat=True))
    sent = {"days": days, "on": "12/10/2023", "at": "Trụ sở UBND phường"}
    assert client.post(reverse("reception:post", args=["phuong-1"]), sent).status_code == 302
    write = reverse("reception:write", args=["phuong-1"])
    line = {"on": "12/10/2023", "kind": "kien_nghi_phan_anh", "content": "Sửa cống", "people": "1"}
    assert client.post(write, line).status_code == 422
    assert client.post(write, {**line, "name": "Huỳnh Văn Sơn"}).status_code == 302
    made = Turn.objects.get()
    turn_page = reverse("reception:turn", args=[made.pk])
    assert client.post(turn_page, {"outcome": "accepted"}).status_code == 302
    stranger = sign_in("phuong-2")
    assert stranger.get(turn_page).status_code == 404
    assert stranger.get(reverse("reception:book", args=["phuong-1"])).status_code == 403
    assert stranger.get(reverse("reception:calendar", args=["phuong-1"])).status_code == 200


def test_row_31_a_day_on_the_screen_from_planned_to_issued(city, sign_in) -> None:
    day = planned(city, TODAY)[0]
    client = sign_in(city.heads["phuong-1"])
    base = f"/tiep-dan/buoi/{day.pk}/"
    assert client.post(base + "da-tiep/", {}).status_code == 422
    assert client.post(base + "huy/", {}).status_code == 422
    sent = {"presided_by": city.heads["phuong-1"].pk}
    assert client.post(base + "da-tiep/", sent).status_code == 302
    assert client.post(base + "ket-luan/", {"text": ""}).status_code == 422
    assert client.post(base + "ket-luan/", {"text": "Sửa cống."}).status_code == 302
    assert client.post(base + "viec-da-hua/", {"text": ""}).status_code == 422
    sent = {"text": "Sửa cống hẻm 12", "unit": day.unit.pk, "due_on": "30/11/2023"}
    assert client.post(base + "viec-da-hua/", sent).status_code == 302
    assert client.get(base + "ket-luan.docx").content[:2] == b"PK"
    assert client.post(base + "ban-hanh/").status_code == 302
    page = client.get(base).content.decode()
    assert "Thông báo số 01/TB-UBND" in page and "Sửa cống hẻm 12" in page
    office = sign_in("noi-vu")
    promise = day.promises.get()
    assert office.post(f"/tiep-dan/viec-da-hua/{promise.pk}/giao/").status_code == 302
    promise.refresh_from_db()
    assert promise.assignment is not None


@pytest.mark.parametrize("route", ["home", "calendar", "book"])
def test_lists_cost_the_same_with_one_row_and_with_three(city, sign_in, route) -> None:
    client = sign_in("phuong-1")
    url = reverse(f"reception:{route}", args=[] if route == "home" else ["phuong-1"])

    def cost() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as made:
            assert client.get(url).status_code == 200
        return len(made)

    held(city, D(2023, 10, 3))
    turn(city, TODAY)
    one = cost()
    for day in (D(2023, 10, 4), D(2023, 10, 5)):
        turn(city, day, day=held(city, day))
    assert cost() == one


def test_row_35_a_line_that_turns_out_to_be_a_denunciation_loses_its_name(city) -> None:
    from danvan.petitions.actions import classification
    from danvan.petitions.actions.classification import Class

    inspector = city.actor("thanh-tra")
    vault.appoint(city)
    told = {"kind": "kien_nghi_phan_anh", "name": "Huỳnh Văn Sơn", "address": "Khu phố 3"}
    made = reception_book.write(
        city.body, on=TODAY, content="Ông Tổ trưởng thu tiền không biên lai", identity="072061",
        **told, by=inspector,
    )  # fmt: skip
    reception_book.make_petition(made, by=inspector)
    petition = Petition.objects.get()
    classification.classify(
        petition, found=Class("to_cao", eligible=True, competent=True),
        summary="Thu tiền không biên lai", words="Thu tiền không biên lai", by=inspector,
    )  # fmt: skip
    made.refresh_from_db()
    assert (made.name, made.address, made.identity) == ("", "", "")
    assert made.who == str(petition.sealed) and "Tổ trưởng" not in made.content
    other = turn(city, TODAY, unit="thanh-pho")
    with pytest.raises(Refused, match="không nối với lượt tiếp có ghi tên"):
        reception_book.link(other, petition=petition, by=inspector)
