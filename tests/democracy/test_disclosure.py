"""Row 24: what must be told, where it hung from when to when, with what proof."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from danvan.democracy import disclosing, public
from danvan.democracy.actions import disclosure as acts
from danvan.democracy.actions import matters as catalogue
from danvan.democracy.models import Disclosure, DisclosurePlan, Matter, Posting
from danvan.democracy.queries import disclosure as queries
from danvan.desk.words import WORDS
from danvan.documents.models import Document
from danvan.kernel import duties, facts
from danvan.kernel.access import Refused
from danvan.kernel.facts import Period
from danvan.kernel.models import Entry, Refusal
from tests.city import City
from tests.democracy.factory_telling import enacted, item, plan, registered

JPEG = b"\xff\xd8\xff\xe0 anh chup bang tin"
AUGUST = dt.date(2023, 8, 1)


@pytest.fixture
def told(city: City, on_day) -> City:
    """The catalogue in use, the clock on 01/8/2023, a Tuesday."""
    on_day(2023, 8, 1)
    return enacted(city)


def hung(city: City, held: Disclosure, start: dt.date, end: dt.date | None = None, **more):
    words = {"form": "posting", "place": "Trụ sở UBND", **more}
    unit = held.item.plan.unit.key
    return acts.post(held, posted_from=start, posted_to=end, by=city.actor(unit), **words)


def kinds(held: Disclosure, day: dt.date) -> list[str]:
    fresh = queries.whole(Disclosure.objects.filter(pk=held.pk)).get()
    return [w.kind for w in disclosing.warnings(fresh, day)]


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_row_24_the_plan_is_the_laws_list_for_the_kind_of_unit(told: City) -> None:
    ward = plan(told, "phuong-1")
    assert ward.body == told.body
    assert ward.items.count() == 14
    assert {i.matter.group for i in ward.items.all()} == {"commune_disclose"}
    office = plan(told, "tu-phap")
    assert {i.matter.group for i in office.items.all()} == {"agency_disclose"}
    assert office.items.count() == 12
    assert plan(told, "mat-tran").items.count() == 0  # not a kind the law's lists are for
    with pytest.raises(Refused, match="đã có"):
        plan(told, "phuong-1")
    assert Entry.objects.filter(action="democracy.disclosure_plan.make").count() == 3


def test_row_24_no_plan_before_the_catalogue_is_in_use(city: City, on_day) -> None:
    on_day(2023, 8, 1)
    with pytest.raises(Refused, match="Chưa có danh mục"):
        plan(city)
    with pytest.raises(Refused, match="thường trực"):
        catalogue.enact(city.body, rows=catalogue.shipped(), by=city.actor("phuong-1"))
    enacted(city)
    assert catalogue.enact(city.body, rows=catalogue.shipped(), by=city.actor("noi-vu")) == 0


@pytest.mark.parametrize(
    ("decided", "due"),
    [
        (dt.date(2023, 7, 25), dt.date(2023, 8, 1)),  # five working days over a week-end
        (dt.date(2023, 7, 28), dt.date(2023, 8, 4)),  # decided on a Friday
        (dt.date(2023, 7, 3), dt.date(2023, 7, 10)),
        (dt.date(2023, 6, 30), None),  # before Luật 10/2022
    ],
)
def test_row_24_the_last_day_is_counted_in_working_days(told, decided, due) -> None:
    held = registered(told, item(plan(told)), decided)
    assert held.due_on == due
    why = disclosing.why_due(held)
    assert ("Điều 11 khoản 2, Luật 10/2022/QH15" in why) == bool(due)
    assert ("Pháp lệnh 34/2007" in why) != bool(due)


def test_row_24_the_national_day_is_no_working_day(told, on_day) -> None:
    on_day(2023, 9, 11)
    # 01/9, 04/9 are days off of the National Day (2/9 is a Saturday), 2-3/9 a week-end.
    held = registered(told, item(plan(told)), dt.date(2023, 8, 30))
    assert held.due_on == dt.date(2023, 9, 8)


def test_row_24_late_and_overdue(told: City, on_day) -> None:
    held = registered(told, item(plan(told)), dt.date(2023, 7, 24))
    assert held.due_on == dt.date(2023, 7, 31)
    assert kinds(held, dt.date(2023, 7, 31)) == ["soon"]
    assert kinds(held, AUGUST) == ["overdue"]
    hung(told, held, AUGUST)
    assert kinds(held, AUGUST) == ["late", "form"]  # the site is still missing
    with pytest.raises(Refused, match="Chưa đến ngày"):
        hung(told, held, dt.date(2023, 8, 2), place="Nhà văn hóa")
    with pytest.raises(Refused, match="đã được ghi"):
        hung(told, held, AUGUST)


def test_row_24_taken_down_a_day_early(told: City, on_day) -> None:
    held = registered(told, item(plan(told)), dt.date(2023, 7, 31))
    hung(told, held, AUGUST, form="website", place="phuong1.tayninh.gov.vn")
    posting = hung(told, held, AUGUST)
    assert disclosing.stays_until(posting, held.matter) == dt.date(2023, 8, 30)  # 30 with the first
    on_day(2023, 8, 30)
    ward = told.actor("phuong-1")
    with pytest.raises(Refused, match="lý do"):
        acts.take_down(posting, posted_to=dt.date(2023, 8, 29), by=ward)
    acts.take_down(posting, posted_to=dt.date(2023, 8, 29), reason="Bão làm hỏng bảng", by=ward)
    assert kinds(held, dt.date(2023, 8, 30)) == ["early"]
    with pytest.raises(Refused, match="đính chính"):
        acts.take_down(posting, posted_to=dt.date(2023, 8, 30), by=ward)
    values = {"form": "posting", "place": posting.place, "posted_from": AUGUST,
              "posted_to": dt.date(2023, 8, 30)}  # fmt: skip
    with pytest.raises(Refused, match="lý do"):
        acts.correct(posting, values=values, reason=" ", by=ward)
    acts.correct(posting, values=values, reason="Ghi nhầm ngày", by=ward)
    assert kinds(held, dt.date(2023, 8, 31)) == []
    told_of = Entry.objects.get(action="democracy.posting.correct")
    assert told_of.facts["until"] == ["29/08/2023", "30/08/2023"]
    assert told_of.reason == "Ghi nhầm ngày"
    assert set(told_of.facts) <= set(WORDS)


def test_row_24_a_broadcast_needs_its_days_and_the_head_of_the_village(told: City, on_day) -> None:
    held = registered(told, item(plan(told), "XA-CK-07"), dt.date(2023, 7, 31))
    on_day(2023, 8, 3)
    hung(told, held, AUGUST, dt.date(2023, 8, 2), form="broadcast", place="Đài phường")
    fresh = queries.whole(Disclosure.objects.filter(pk=held.pk)).get()
    found = {w.kind: w for w in disclosing.warnings(fresh, dt.date(2023, 8, 3))}
    assert "3 ngày liên tục" in found["early"].why
    assert "qua Trưởng thôn" in found["form"].said
    assert "niêm yết" in found["form"].said


def test_row_24_what_hangs_permanently_is_renewed(told: City, on_day) -> None:
    held = registered(told, item(plan(told), "XA-CK-13"), dt.date(2023, 7, 31))
    posting = hung(told, held, AUGUST)
    on_day(2023, 8, 20)
    assert "renew" not in kinds(held, dt.date(2023, 8, 20))
    acts.take_down(posting, posted_to=dt.date(2023, 8, 18), by=told.actor("phuong-1"))
    assert "renew" in kinds(held, dt.date(2023, 8, 20))
    newer = acts.replace(held, title="Bộ thủ tục mới", decided_on=dt.date(2023, 8, 18),
                         by=told.actor("phuong-1"))  # fmt: skip
    assert newer.replaces == held
    assert kinds(held, dt.date(2023, 8, 20)) == []
    with pytest.raises(Refused, match="công khai lại"):
        acts.replace(held, title="Lần nữa", decided_on=AUGUST, by=told.actor("phuong-1"))
    with pytest.raises(Refused, match="lần công khai mới"):
        hung(told, held, dt.date(2023, 8, 19))


def test_row_24_an_agency_posts_or_uses_its_own_site(told: City, on_day) -> None:
    held = registered(told, item(plan(told, "tu-phap"), "CQ-CK-02"), dt.date(2023, 7, 31))
    posting = hung(told, held, AUGUST, form="website", place="Trang nội bộ")
    assert disclosing.stays_until(posting, held.matter) == dt.date(2023, 8, 20)
    assert kinds(held, AUGUST) == []


def test_row_24_figures_of_2025_are_told_as_not_compared(told: City, on_day) -> None:
    on_day(2025, 8, 1)
    held = registered(told, item(plan(told, year=2025)), dt.date(2025, 7, 21))
    assert held.matter.confidence == "C"
    assert held.due_on == dt.date(2025, 7, 28)
    fresh = queries.whole(Disclosure.objects.filter(pk=held.pk)).get()
    (warned,) = disclosing.warnings(fresh, dt.date(2025, 8, 1))
    assert "Luật 97/2025" in warned.doubt
    early = registered(told, item(held.item.plan, "XA-CK-01"), dt.date(2025, 6, 27))
    assert early.matter.confidence == "A"  # the line as it stood on the day of the decision


def test_row_24_from_the_catalogue_to_the_proof_in_the_browser(told: City, sign_in) -> None:
    ward = sign_in("phuong-1")
    assert "Lập cho UBND Phường 1" in text_of(ward, "/dan-chu/cong-khai/")
    made = ward.post("/dan-chu/cong-khai/lap/", {"unit": told.units["phuong-1"].pk, "year": "2023"})
    held = DisclosurePlan.objects.get()
    assert made.url == f"/dan-chu/cong-khai/ke-hoach/{held.pk}/"
    page = text_of(ward, made.url)
    assert "Niêm yết ít nhất 30 ngày liên tục" in page
    one = item(held)
    row = {"viec": "dang-ky", "title": "Quyết toán 2022", "decided_on": "26/7/2023",
           "document_code": "88/QĐ-UBND"}  # fmt: skip
    sent = ward.post(f"/dan-chu/cong-khai/noi-dung/{one.pk}/", row)
    made_one = Disclosure.objects.get()
    assert sent.url == f"/dan-chu/cong-khai/{made_one.pk}/"
    page = text_of(ward, sent.url)
    assert "02/08/2023" in page
    assert "không tính ngày nghỉ" in page
    photo = SimpleUploadedFile("bang-tin.jpg", JPEG, "image/jpeg")
    ward.post(sent.url, {"form": "posting", "place": "Trụ sở", "posted_from": "01/8/2023",
                         "proof": photo})  # fmt: skip
    posting = Posting.objects.get()
    page = text_of(ward, sent.url)
    assert "đúng hạn" in page
    assert posting.proof.sha256[:16] in page
    answer = ward.get(f"/dan-chu/cong-khai/lan/{posting.pk}/anh/")
    assert b"".join(answer.streaming_content) == JPEG
    assert sign_in("phuong-2").get(sent.url).status_code == 404
    assert "UBND Phường 1" in text_of(sign_in("noi-vu"), "/dan-chu/cong-khai/")
    assert sign_in("noi-vu").post(sent.url, {"form": "posting"}).status_code == 403


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"decided_on": "02/8/2023"}, "Ngày này chưa đến"),
        ({"decided_on": "32/7/2023"}, "Không có ngày"),
        ({"title": ""}, "bắt buộc"),
    ],
)
def test_row_24_what_is_wrong_comes_back_at_its_field(told, sign_in, typed, said) -> None:
    one = item(plan(told))
    row = {"viec": "dang-ky", "title": "Còn nguyên đây", "decided_on": "01/8/2023", **typed}
    sent = sign_in("phuong-1").post(f"/dan-chu/cong-khai/noi-dung/{one.pk}/", row)
    assert sent.status_code == 422
    page = sent.content.decode()
    assert said in page
    assert row["title"] in page
    assert not Disclosure.objects.exists()


def test_row_24_taking_down_early_asks_the_reason_on_the_page(told, sign_in, on_day) -> None:
    held = registered(told, item(plan(told)), dt.date(2023, 7, 31))
    posting = hung(told, held, AUGUST)
    on_day(2023, 8, 10)
    ward, url = sign_in("phuong-1"), f"/dan-chu/cong-khai/lan/{posting.pk}/"
    sent = ward.post(url, {"viec": "go", "posted_to": "05/8/2023"})
    assert sent.status_code == 422
    assert "Phải giữ đến hết ngày 30/08/2023" in sent.content.decode()
    ward.post(url, {"viec": "go", "posted_to": "05/8/2023", "reason": "Sửa bảng tin"})
    page = text_of(ward, f"/dan-chu/cong-khai/{held.pk}/")
    assert "Gỡ sớm" in page
    assert "Điều 13, Luật 10/2022/QH15" in page
    sent = ward.post(url, {"viec": "dinh-chinh", "form": "posting", "place": "Nhà văn hóa",
                           "posted_from": "01/8/2023", "reason": "Ghi nhầm nơi"})  # fmt: skip
    assert sent.status_code == 302
    assert "Nhà văn hóa" in text_of(ward, f"/dan-chu/cong-khai/{held.pk}/")


def test_row_24_the_list_of_a_quarter_is_printed_exported_and_posted(told, sign_in, on_day) -> None:
    held = registered(told, item(plan(told)), dt.date(2023, 7, 31), document_code="88/QĐ-UBND")
    hung(told, held, AUGUST)
    on_day(2023, 10, 3)
    ward, url = sign_in("phuong-1"), f"/dan-chu/cong-khai/ke-hoach/{held.item.plan_id}/quy-3/"
    owed = [d.title for d in duties.owed(told.actor("phuong-1"), dt.date(2023, 10, 3))]
    assert "Niêm yết danh sách đã công khai quý 3/2023" in owed
    assert "88/QĐ-UBND" in text_of(ward, url)
    answer = ward.get(f"{url}bang.xlsx")
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    line = rows.get_sheet_by_index(0).to_python()[4]
    assert line[1:7] == ["Quyết toán ngân sách 2022", "88/QĐ-UBND", "niêm yết", "Trụ sở UBND",
                         "01/08/2023", "đang công khai"]  # fmt: skip
    row = {"posted_on": "02/10/2023", "place": "Trụ sở UBND phường"}
    assert sign_in("noi-vu").post(url, row).status_code == 403
    ward.post(url, row)
    assert "Đã niêm yết ngày 02/10/2023" in text_of(ward, url)
    owed = [d.title for d in duties.owed(told.actor("phuong-1"), dt.date(2023, 10, 3))]
    assert "Niêm yết danh sách đã công khai quý 3/2023" not in owed
    assert sign_in("phuong-1").get(url.replace("quy-3", "quy-5")).status_code == 404


def test_row_24_the_desk_says_what_is_to_be_told(told: City, on_day) -> None:
    held = registered(told, item(plan(told)), dt.date(2023, 7, 24))
    ward = told.actor("phuong-1")
    (due,) = [d for d in duties.owed(ward, AUGUST) if d.group == "Dân chủ cơ sở"]
    assert due.title == "Công khai: Quyết toán ngân sách 2022"
    assert due.due == dt.date(2023, 7, 31)
    assert "Điều 11 khoản 2" in due.why
    assert not [d for d in duties.owed(told.actor("phuong-2"), AUGUST) if "Công khai" in d.title]
    hung(told, held, AUGUST)
    assert not [d for d in duties.owed(ward, AUGUST) if d.group == "Dân chủ cơ sở"]


def test_row_24_facts_count_what_was_due(told: City, on_day) -> None:
    held = plan(told)
    one, two = item(held), item(held, "XA-CK-01")
    good = registered(told, one, dt.date(2023, 7, 31))
    hung(told, good, AUGUST)
    registered(told, two, dt.date(2023, 7, 24))  # overdue
    registered(told, two, AUGUST)  # not due yet
    units = [told.units[k].pk for k in ("phuong-1", "phuong-2")]
    code, year = "democracy.disclosed_on_time", Period.year(2023)
    read = facts.read([code, "democracy.disclosures_made"], units, year)
    mine = read[code][units[0]]
    assert (mine.numerator, mine.denominator) == (1, 2)
    assert read[code][units[1]] is None
    assert read["democracy.disclosures_made"][units[0]].value == 1
    assert mine.basis == f"/dan-chu/cong-khai/ke-hoach/{held.pk}/"
    on_day(2024, 1, 2)
    silent = facts.read([code], units, year)[code][units[0]]
    assert (silent.numerator, silent.denominator) == (1, 3 + 12)
    assert "12 nội dung" in silent.said
    ward = told.actor("phuong-1")
    acts.settle_item(item(held, "XA-CK-09"), not_arising="Không giao quân", by=ward)
    assert facts.read([code], units, year)[code][units[0]].denominator == 14


def test_row_24_facts_cost_the_same_for_one_unit_and_all(told: City) -> None:
    for key in ("phuong-1", "phuong-2", "xa-tan-binh"):
        registered(told, item(plan(told, key)), dt.date(2023, 7, 24))
    every = [u.pk for u in told.units.values()]

    def cost(units: list[int]) -> int:
        with CaptureQueriesContext(connection) as asked:
            codes = ["democracy.disclosed_on_time", "democracy.disclosures_made"]
            facts.read(codes, units, Period.year(2023))
        return len(asked)

    assert cost(every[:1]) == cost(every)


def test_row_24_pages_cost_the_same_for_any_number_of_rows(told: City, sign_in) -> None:
    office = sign_in("noi-vu")
    first = plan(told, "phuong-1")
    registered(told, item(first), dt.date(2023, 7, 24))

    def cost(url: str) -> int:
        office.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert office.get(url).status_code == 200
        return len(asked)

    urls = ["/dan-chu/cong-khai/", f"/dan-chu/cong-khai/ke-hoach/{first.pk}/"]
    few = [cost(url) for url in urls]
    for key in ("phuong-2", "xa-tan-binh"):
        registered(told, item(plan(told, key)), dt.date(2023, 7, 24))
    for code in ("XA-CK-01", "XA-CK-03", "XA-CK-05"):
        hung(told, registered(told, item(first, code), dt.date(2023, 7, 24)), AUGUST)
    assert [cost(url) for url in urls] == few


def test_row_24_items_can_be_added_and_said_not_to_arise(told: City, sign_in) -> None:
    held = plan(told)
    other = Matter.objects.get(code="XA-CK-14", valid_from=dt.date(2023, 7, 1))
    ward = sign_in("phuong-1")
    url = f"/dan-chu/cong-khai/ke-hoach/{held.pk}/"
    ward.post(url, {"matter": other.pk, "title": "Lịch tiếp công dân"})
    one = held.items.get(title="Lịch tiếp công dân")
    sent = ward.post(f"/dan-chu/cong-khai/noi-dung/{one.pk}/", {
        "viec": "phan-cong", "person": told.people["phuong-1"].pk, "not_arising": "",
    })  # fmt: skip
    assert sent.status_code == 302
    assert "Chuyên viên UBND Phường 1" in text_of(ward, url)
    registered(told, one, AUGUST)
    with pytest.raises(Refused, match="không phát sinh"):
        acts.settle_item(one, not_arising="Không có", by=told.actor("phuong-1"))
    with pytest.raises(Refused, match="đã có trong kế hoạch"):
        acts.add_item(held, matter=other, title="Lịch tiếp công dân", by=told.actor("phuong-1"))


def test_row_24_every_verb_is_refused_to_another_unit_with_its_reason(told: City) -> None:
    held = registered(told, item(plan(told)), dt.date(2023, 7, 31))
    posting, other = hung(told, held, AUGUST), told.actor("phuong-2")
    new = {"title": "Khác", "decided_on": AUGUST, "by": other}
    other_item = Matter.objects.first()
    tries = [
        lambda: acts.make_plan(told.units["phuong-1"], year=2024, by=other),
        lambda: acts.add_item(held.item.plan, matter=other_item, title="x", by=other),
        lambda: acts.settle_item(held.item, by=other),
        lambda: acts.register(held.item, **new),
        lambda: acts.replace(held, **new),
        lambda: acts.post(held, form="other", place="x", posted_from=AUGUST, by=other),
        lambda: acts.take_down(posting, posted_to=AUGUST, by=other),
        lambda: acts.correct(posting, values={}, reason="x", by=other),
        lambda: acts.post_list(held.item.plan, quarter=3, posted_on=AUGUST, place="x", by=other),
    ]
    for attempt in tries:
        with pytest.raises(Refused, match="công chức đầu mối của đơn vị"):
            attempt()
    assert Refusal.objects.count() == len(tries)


def test_row_24_names_of_people_leave_the_public_page_after_the_laws_days(told, on_day) -> None:
    secret = SimpleUploadedFile("ho-ngheo.pdf", b"%PDF-1.4 Nguyen Van Thu", "application/pdf")
    held = registered(told, item(plan(told), "XA-CK-07"), dt.date(2023, 7, 31), file=secret,
                      names_people=True)  # fmt: skip
    assert public.disclosures(told.units["phuong-1"]) == []  # nothing hangs yet
    hung(told, held, AUGUST)
    hung(told, held, AUGUST, form="website", place="phuong1.tayninh.gov.vn")
    (shown,) = public.disclosures(told.body)
    assert shown.title == "Quyết toán ngân sách 2022"
    assert shown.until == dt.date(2023, 8, 30)
    assert public.disclosure_file(held.pk, dt.date(2023, 8, 30))[1] == "ho-ngheo.pdf"
    on_day(2023, 8, 31)
    (shown,) = public.disclosures(told.units["phuong-1"])
    assert "hết thời hạn công khai ngày 30/08/2023" in shown.hidden
    assert "Quyết toán" not in repr(shown)
    assert "ho-ngheo" not in repr(shown)
    assert public.disclosure_file(held.pk) is None
    assert "personal" in kinds(held, dt.date(2023, 8, 31))  # the paper is still on the board
    assert (
        "Có thông tin cá nhân"
        in disclosing.warnings(queries.whole(Disclosure.objects.all()).get(), dt.date(2023, 8, 31))[
            -1
        ].said
    )


def test_row_24_what_an_agency_tells_its_own_people_is_not_public(told, on_day) -> None:
    held = registered(told, item(plan(told, "tu-phap"), "CQ-CK-06"), dt.date(2023, 7, 31))
    hung(told, held, AUGUST)
    assert public.disclosures(told.body) == []
    assert public.disclosure(held.pk) is None


def test_row_24_the_public_sees_the_newer_content_once_it_hangs(told: City, on_day) -> None:
    held = registered(told, item(plan(told)), dt.date(2023, 7, 31))
    hung(told, held, AUGUST)
    newer = acts.replace(held, title="Quyết toán sửa", decided_on=AUGUST,
                         by=told.actor("phuong-1"))  # fmt: skip
    assert [d.pk for d in public.disclosures(told.body)] == [held.pk]
    hung(told, newer, AUGUST)
    assert [d.pk for d in public.disclosures(told.body)] == [newer.pk]


def test_row_24_what_stands_on_an_ended_document_is_to_be_told_again(told: City, on_day) -> None:
    document = Document.objects.create(
        origin="issued", type="Quyết định", code="88/QĐ-UBND", issued_on=dt.date(2023, 7, 31),
        in_force_from=dt.date(2023, 7, 31), validity_source="thử",
    )  # fmt: skip
    held = registered(told, item(plan(told)), dt.date(2023, 7, 31), document_code="88 /QĐ-UBND")
    assert held.document == document
    hung(told, held, AUGUST)
    assert "renew" not in kinds(held, dt.date(2023, 8, 20))
    document.in_force_to = dt.date(2023, 8, 15)
    document.save()
    assert "renew" in kinds(held, dt.date(2023, 8, 20))
    on_day(2023, 8, 20)
    titles = [d.title for d in duties.owed(told.actor("phuong-1"), dt.date(2023, 8, 20))]
    assert "1 nội dung phải công khai lại" in titles
