"""Rows 22 and 28: a meeting's directive in one step; a conclusion followed until confirmed."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from danvan.assignments import queries
from danvan.assignments.actions import directives, extensions, submissions
from danvan.assignments.models import Assignment, Confirmation, Directive
from danvan.documents.models import Document
from danvan.kernel import audit, duties, facts
from danvan.kernel.access import Refused
from danvan.kernel.facts import Period
from danvan.kernel.models import Entry
from tests.assignments.test_pages import text, url

pytestmark = pytest.mark.django_db
DUE = dt.date(2023, 6, 20)
GIVE = "/nhiem-vu/chi-dao/giao/"


@pytest.fixture(autouse=True)
def june(on_day):
    on_day(2023, 6, 5)


def sent(city, **changed):
    return {
        "origin": "directive", "title": "Rà soát hộ nghèo ở khu phố",
        "lead": city.units["tu-phap"].pk,
        "coordinating": [city.units["phuong-1"].pk, city.units["phuong-2"].pk],
        "due_on": "20/06/2023", "source_note": "Họp giao ban ngày 05/6/2023", "token": "a-token",
        **changed,
    }  # fmt: skip


@pytest.fixture
def conclusion(city) -> Assignment:
    return directives.assign(
        city.body, origin="dialogue", title="Sửa đường hẻm 12", unit=city.units["phuong-1"],
        role="lead", due_on=DUE, source_note="Đối thoại ngày 02/6/2023",
        asked_by="Bà Nguyễn Thị Hoa, khu phố 3", by=city.actor("noi-vu"),
    )  # fmt: skip


def done(conclusion, city):
    submissions.file(conclusion, note="Đã trải nhựa.", by=city.actor("phuong-1"))
    submissions.accept(conclusion, by=city.actor("noi-vu"))
    return conclusion


# --- giving --------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["noi-vu", "van-phong", "chairman", "deputy"])
def test_row_22_one_click_gives_it_to_every_unit(city, sign_in, who):
    people = {"chairman": city.heads["thanh-pho"], "deputy": city.deputy}
    answer = sign_in(people.get(who, who)).post(GIVE, sent(city), follow=True)
    assert "Đã giao việc cho 3 đơn vị." in text(answer)
    made = Assignment.objects.order_by("pk")
    assert dict(made.values_list("unit__key", "role")) == {
        "tu-phap": "lead", "phuong-1": "coordinate", "phuong-2": "coordinate",
    }  # fmt: skip
    assert set(made.values_list("due_on", "first_due_on", "origin", "body__key")) == {
        (DUE, DUE, "directive", "thanh-pho")
    }
    lines = Entry.objects.filter(action="assignments.directive.give")
    assert set(lines.values_list("concerns", flat=True)) == set(made.values_list("unit", flat=True))
    assert lines.first().reason == "Họp giao ban ngày 05/6/2023"


def test_row_22_a_second_click_gives_nothing_twice(city, sign_in):
    client = sign_in("noi-vu")
    client.post(GIVE, sent(city))
    again = client.post(GIVE, sent(city), follow=True)
    assert "Việc này đã được giao lúc" in text(again)
    assert again.redirect_chain[-1][0] == reverse(
        "assignments:directive", args=[Directive.objects.get().pk]
    )
    assert Assignment.objects.count() == 3
    with pytest.raises(IntegrityError), transaction.atomic():
        one = Assignment.objects.first()
        one.pk = None
        one.save(force_insert=True)


@pytest.mark.parametrize("who", ["phuong-1", "thanh-tra", "mat-tran", "cong-an"])
def test_row_22_others_do_not_give_work(city, sign_in, who):
    answer = sign_in(who).post(GIVE, sent(city))
    assert answer.status_code == 403 and "Chỉ cơ quan thường trực" in text(answer)
    with pytest.raises(Refused, match="Chỉ cơ quan thường trực"):
        directives.give(
            city.body, origin="directive", title="x", units={city.units["phuong-1"].pk: "all"},
            source_note="x", by=city.actor(who),
        )  # fmt: skip
    assert not Directive.objects.exists()


@pytest.mark.parametrize(
    "changed,complaint",
    [
        ({"title": " "}, "give"),
        ({"lead": "", "coordinating": []}, "Chọn đơn vị chủ trì"),
        ({"source_note": ""}, "Ghi nguồn"),
        ({"source_document": "999/KL"}, "Không có văn bản “999/KL” trong sổ"),
        ({"due_on": "01/06/2023"}, "Hạn không được trước hôm nay."),
        ({"origin": "dialogue"}, "Phải ghi ai nêu ý kiến"),
        ({"origin": "plan"}, "give"),
    ],
)
def test_what_is_missing_is_told_at_the_field_and_the_rest_is_kept(
    city, sign_in, changed, complaint
):
    answer = sign_in("noi-vu").post(GIVE, sent(city, text="Toàn văn kết luận", **changed))
    page = answer.content.decode()
    assert "Toàn văn kết luận" in page
    assert complaint == "give" or complaint in text(answer)
    assert 'value="a-token"' in page and "_error" in page
    assert not Directive.objects.exists()


def test_row_22_a_document_of_the_register_is_the_source(city, sign_in):
    paper = Document.objects.create(
        origin="received", type="Thông báo", code="55/TB-UBND", issued_on=dt.date(2023, 6, 4)
    )
    client = sign_in("noi-vu")
    client.post(GIVE, sent(city, source_note="", source_document="55/TB-UBND"))
    made = Assignment.objects.filter(unit=city.units["tu-phap"]).get()
    page = client.get(url(made))
    assert "Thông báo 55/TB-UBND" in text(page)
    assert reverse("documents:document", args=[paper.pk]) in page.content.decode()


def test_the_same_unit_named_twice_leads(city, sign_in):
    units = [city.units["tu-phap"].pk]
    sign_in("noi-vu").post(GIVE, sent(city, units=units, coordinating=units))
    assert Assignment.objects.get().role == "lead"


# --- following it --------------------------------------------------------------------------


def test_row_22_it_is_on_lists_desk_page_and_counted(city, sign_in, on_day):
    sign_in("noi-vu").post(GIVE, sent(city, follower=city.units["van-hoa"].pk))
    ward = sign_in("phuong-1")
    mine = Assignment.objects.get(unit=city.units["phuong-1"])
    assert "Rà soát hộ nghèo" in text(ward.get(reverse("assignments:own")))
    page = text(ward.get(url(mine)))
    assert "Họp giao ban ngày 05/6/2023, hạn ngày 20/06/2023." in page
    assert "Cơ quan theo dõi Trung tâm Văn hóa" in page
    titles = [d.title for d in duties.owed(city.actor("phuong-1"), dt.date(2023, 6, 10))]
    assert "Rà soát hộ nghèo ở khu phố" in titles
    on_day(2023, 6, 22)
    submissions.file(mine, note="Đã rà soát 12 hộ.", by=city.actor("phuong-1"))
    assert mine.days_late == 2
    # Work outside a plan may also be looked at by the office of the committee.
    submissions.accept(mine, by=city.actor("van-phong"))
    read = facts.REGISTRY["assignments.directives_done"].read
    units = [city.units[k].pk for k in ("phuong-1", "phuong-2", "van-hoa")]
    figures = read(units, Period.year(2023))
    assert [(figures[u].value, figures[u].denominator) for u in units] == [(1, 1), (0, 1), (0, 0)]
    assert figures[units[0]].said == "1/1 việc đã xong"


def test_row_21_the_office_that_follows_sees_it_and_owes_nothing(city, sign_in):
    sign_in("noi-vu").post(GIVE, sent(city, follower=city.units["van-hoa"].pk))
    actor = city.actor("van-hoa")
    assert not queries.own(actor).exists()
    assert queries.followed(actor).count() == 3
    lines = duties.owed(actor, dt.date(2023, 6, 10))
    assert [(d.kind, d.title) for d in lines if "Theo dõi" in d.title] == [
        ("watch", "Theo dõi 3 việc của các đơn vị khác")
    ]
    client = sign_in("van-hoa")
    assert "UBND Phường 2" in text(client.get(reverse("assignments:followed")))
    assert client.get(url(Assignment.objects.first())).status_code == 200
    assert client.post(url(Assignment.objects.first()), {"viec": "bat-dau"}).status_code == 403
    assert "không theo dõi việc nào" in text(
        sign_in("quan-su").get(reverse("assignments:followed"))
    )


def test_the_list_filters_and_exports(city, sign_in, conclusion, on_day):
    client = sign_in("noi-vu")
    client.post(GIVE, sent(city))
    page = reverse("assignments:directives")
    both = text(client.get(page))
    assert "Rà soát hộ nghèo" in both and "Sửa đường hẻm 12" in both
    on_day(2023, 6, 21)
    assert len(client.get(page, {"trang_thai": "qua-han"}).context["lines"]) == 4
    assert len(client.get(page, {"nguon": "dialogue"}).context["lines"]) == 1
    assert len(client.get(page, {"tim": "hẻm"}).context["lines"]) == 1
    assert "Không có việc nào khớp" in text(client.get(page, {"tim": "không có"}))
    own = client = sign_in("phuong-2")
    assert len(own.get(page).context["lines"]) == 1
    answer = sign_in("noi-vu").get(page, {"xuat": "xlsx"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    rows = [row for row in sheet.to_python() if row and row[0] == "Sửa đường hẻm 12"]
    assert rows[0][1:5] == [
        "Đối thoại ngày 02/6/2023", "Bà Nguyễn Thị Hoa, khu phố 3", "UBND Phường 1", "chủ trì",
    ]  # fmt: skip
    assert rows[0][8] == "quá hạn"


def test_the_list_costs_the_same_with_few_and_many(city, sign_in, queries_of, conclusion):
    client, page = sign_in("noi-vu"), reverse("assignments:directives")
    few = queries_of(lambda: client.get(page))
    units = {city.units[k].pk: "all" for k in ("phuong-1", "phuong-2", "tu-phap")}
    for n in range(5):
        directives.give(
            city.body, origin="other", title=f"Việc {n}", units=units, source_note="Họp giao ban",
            by=city.actor("noi-vu"),
        )  # fmt: skip
    assert queries_of(lambda: client.get(page)) == few


def test_an_empty_list_says_what_to_do(city, sign_in):
    page = reverse("assignments:directives")
    assert "Chưa giao việc nào" in text(sign_in("noi-vu").get(page))
    assert "Chưa có việc nào được giao" in text(sign_in("phuong-1").get(page))


def test_a_directive_given_to_several_is_extended_at_once(city, sign_in):
    client = sign_in("noi-vu")
    client.post(GIVE, sent(city))
    given = Directive.objects.get()
    moved = extensions.extend_group(
        given, until=dt.date(2023, 6, 30), ground="Mưa.", by=city.actor("van-phong")
    )
    assert moved == 3
    page = text(client.get(reverse("assignments:directive", args=[given.pk])))
    assert "30/06/2023" in page and "Hạn ban đầu 20/06/2023" in page
    form = reverse("assignments:extend_directive", args=[given.pk])
    assert client.get(form).status_code == 200
    assert sign_in("phuong-1").get(form).status_code == 403
    assert sign_in("cong-an").get(form).status_code == 404


# --- after a dialogue ----------------------------------------------------------------------


def test_row_28_accepted_is_not_the_end_until_the_asker_says_so(city, conclusion, sign_in):
    done(conclusion, city)
    assert conclusion.awaits_confirmation
    assert "chờ người nêu xác nhận" in text(
        sign_in("noi-vu").get(reverse("assignments:directives"))
    )
    read = facts.REGISTRY["assignments.directives_done"].read
    unit = city.units["phuong-1"].pk
    assert read([unit], Period.year(2023))[unit].value == 0
    front = sign_in("mat-tran")
    assert "Bà Nguyễn Thị Hoa" in text(front.get(url(conclusion)))
    reply = {"viec": "xac-nhan", "said_on": "05/06/2023", "how": "Bà Hoa điện thoại: đường tốt."}
    assert "Đã ghi xác nhận." in text(front.post(url(conclusion), reply, follow=True))
    conclusion.refresh_from_db()
    assert conclusion.confirmed_on == dt.date(2023, 6, 5)
    assert read([unit], Period.year(2023))[unit].value == 1
    assert audit.of(conclusion).first().reason == "Bà Hoa điện thoại: đường tốt."


def test_row_28_not_confirmed_reopens_and_lateness_stays(city, conclusion, on_day, sign_in):
    on_day(2023, 6, 23)
    done(conclusion, city)
    directives.deny(conclusion, how="Bà Hoa: còn đoạn cuối chưa làm.", by=city.actor("noi-vu"))
    conclusion.refresh_from_db()
    assert (conclusion.state, conclusion.days_late, conclusion.settled_at) == ("returned", 3, None)
    ward = text(sign_in("phuong-1").get(url(conclusion)))
    assert "còn đoạn cuối chưa làm" in ward and "Nộp lại" in ward
    line = duties.owed(city.actor("phuong-1"), dt.date(2023, 6, 24))[0]
    assert line.why == "Người nêu ý kiến chưa đồng ý: Bà Hoa: còn đoạn cuối chưa làm."
    on_day(2023, 6, 30)
    done(conclusion, city)
    directives.confirm(conclusion, how="Gặp trực tiếp.", by=city.actor("mat-tran"))
    said = list(Confirmation.objects.order_by("pk"))
    assert [c.confirmed for c in said] == [False, True]
    assert str(said[0]) == f"chưa xác nhận: {said[0].how}"
    assert str(said[1]) == f"xác nhận đã xong: {said[1].how}"
    assert conclusion.days_late == 3
    with pytest.raises(Refused) as again:
        directives.confirm(conclusion, how="Lần nữa.", by=city.actor("noi-vu"))
    assert again.value.decision.done


def test_row_28_who_may_record_the_answer_and_when(city, conclusion):
    with pytest.raises(Refused, match="Chờ kết quả được chấp nhận"):
        directives.confirm(conclusion, how="x", by=city.actor("noi-vu"))
    done(conclusion, city)
    for verb in (directives.confirm, directives.deny):
        with pytest.raises(Refused, match="Chỉ cơ quan thường trực, Văn phòng hoặc Mặt trận"):
            verb(conclusion, how="x", by=city.actor("phuong-1"))
        with pytest.raises(Refused, match="Phải ghi người nêu"):
            verb(conclusion, how=" ", by=city.actor("noi-vu"))
        with pytest.raises(Refused, match="không được sau hôm nay"):
            verb(conclusion, said_on=DUE, how="x", by=city.actor("noi-vu"))
    assert not Confirmation.objects.exists()


def test_row_28_it_waits_on_the_desk_and_in_the_queue(city, conclusion, sign_in):
    done(conclusion, city)
    for who in ("noi-vu", "mat-tran"):
        titles = [d.title for d in duties.owed(city.actor(who), dt.date(2023, 6, 10))]
        assert "1 kết luận sau đối thoại chờ người nêu ý kiến xác nhận" in titles
        assert "Sửa đường hẻm 12" in text(sign_in(who).get(reverse("assignments:requests")))


def test_who_has_no_part_in_it_does_not_see_it(city, conclusion, sign_in):
    client = sign_in("phuong-2")
    assert client.get(url(conclusion)).status_code == 404
    page = reverse("assignments:directive", args=[conclusion.directive_id])
    assert client.get(page).status_code == 404
    assert sign_in("phuong-1").get(page).status_code == 200


def test_a_dialogue_must_say_who_asked(city):
    with pytest.raises(Refused, match="ai nêu ý kiến"):
        directives.assign(
            city.body, origin="dialogue", title="x", unit=city.units["phuong-1"],
            source_note="x", by=city.actor("noi-vu"),
        )  # fmt: skip
    made = directives.assign(
        city.body, origin="dialogue", title="x", unit=city.units["phuong-1"], source_note="x",
        asked_by_unit=city.units["mat-tran"], assigned_to=city.people["phuong-1"],
        by=city.actor("noi-vu"),
    )  # fmt: skip
    assert made.assigned_to == city.people["phuong-1"]
    assert queries.visible_to(city.actor("mat-tran")).filter(pk=made.pk).exists()


def test_work_of_the_committee_in_time_is_a_share_of_what_was_due(city, conclusion):
    """Neither the dialogue's conclusion nor what was exempted counts; nothing due: no value."""
    ward, other = city.units["phuong-1"].pk, city.units["phuong-2"].pk
    given = [
        directives.assign(
            city.body, origin="directive", title=title, unit=city.units["phuong-1"], due_on=DUE,
            source_note="Họp giao ban", by=city.actor("noi-vu"),
        )
        for title in ("Dọn kênh", "Kẻ vạch chợ", "Việc được miễn")
    ]  # fmt: skip
    submissions.file(given[0], note="Xong.", by=city.actor("phuong-1"))
    submissions.exempt(given[2], reason="Đã chuyển đơn vị khác", by=city.actor("noi-vu"))
    code, year = "assignments.directives_on_time", Period.year(2023)
    with CaptureQueriesContext(connection) as one:
        facts.read([code], [ward], year)
    with CaptureQueriesContext(connection) as many:
        read = facts.read([code], [ward, other], year)[code]
    assert len(one) == len(many)
    held = read[ward]
    assert (held.numerator, held.denominator, held.said) == (
        1,
        2,
        "1/2 việc được giao xong đúng hạn",
    )
    assert held.basis.startswith("/nhiem-vu/tat-ca/?") and "nguon=chi-dao" in held.basis
    assert (read[other].value, read[other].denominator) == (None, 0)
