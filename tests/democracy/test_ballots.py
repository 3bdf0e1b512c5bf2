"""Votes of households: the base is every household, the threshold dated data, the count whole."""

from __future__ import annotations

import datetime as dt
import io
from fractions import Fraction

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from danvan.democracy import rolls, voting
from danvan.democracy.actions import ballots as acts
from danvan.democracy.actions.ballots import Asked, Count
from danvan.democracy.models import Ballot, Matter
from danvan.democracy.queries import ballots as queries
from danvan.democracy.queries import matters
from danvan.kernel import duties, facts
from danvan.kernel.access import Refused, Stale
from danvan.kernel.calendar import Calendar
from danvan.kernel.facts import Period
from danvan.kernel.models import Entry, Refusal
from tests.city import City
from tests.democracy.factory_telling import ballot, consultation, counted, enacted
from vanban import reading

DAY = dt.date(2023, 8, 18)  # a Friday


@pytest.fixture
def told(city: City, on_day) -> City:
    on_day(2023, 8, 18)
    return enacted(city)


def fresh(held: Ballot) -> Ballot:
    return queries.whole(Ballot.objects.filter(pk=held.pk)).get()


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


@pytest.mark.parametrize("base", [1, 2, 3, 4, 7, 99, 100, 101, 199, 200, 201, 300])
@pytest.mark.parametrize(("num", "den", "over"), [(2, 3, False), (1, 2, True)])
def test_row_25_the_fewest_votes_that_carry(base: int, num: int, den: int, over: bool) -> None:
    """Against fractions: at least 2/3, or more than 1/2, of all households."""
    matter = Matter(share_num=num, share_den=den, over=over)
    share = Fraction(num, den)
    carrying = [
        n for n in range(base + 1) if (Fraction(n, base) > share if over
                                       else Fraction(n, base) >= share)
    ]  # fmt: skip
    assert voting.needed(matter, base) == carrying[0]


def test_row_25_two_thirds_of_all_households_not_of_those_who_voted(told: City) -> None:
    short = fresh(counted(told, ballot(told), yes=133))
    outcome = voting.of_question(short, short.questions.all()[0])[0][1]
    assert (outcome.carries, outcome.needed) == (False, 134)
    assert "ít nhất 134 trên tổng số 200" in outcome.why
    assert "Điều 15 khoản 1; Điều 21, Luật 10/2022/QH15" in outcome.why
    assert voting.carries(short) is False  # although everybody who voted agreed
    assert voting.carries(fresh(counted(told, ballot(told), yes=134))) is True
    assert voting.carries(fresh(ballot(told))) is None


@pytest.mark.parametrize(("yes", "carries"), [(100, False), (101, True)])
def test_row_25_more_than_half_for_the_rules_of_the_quarter(told, yes: int, carries: bool) -> None:
    held = counted(told, ballot(told, "XA-QD-03", form="meeting"), yes=yes, no=10)
    assert voting.carries(fresh(held)) is carries


def test_row_25_the_whole_ward_carries_by_its_quarters(told: City) -> None:
    whole = ballot(told, scope="commune", base_count=3, base_source="QĐ 12", questions=(),
                   area="Toàn phường")  # fmt: skip
    assert voting.carries(fresh(whole)) is None
    for n, yes in enumerate((150, 140, 20), start=1):
        part = ballot(told, area=f"Khu phố {n}", whole=whole)
        counted(told, part, yes=yes)
        found = voting.of_whole(fresh(whole))
        assert found.carries is (None if n < 2 else True)  # two of three are enough
    assert (found.votes, found.needed) == (2, 2)
    with pytest.raises(Refused, match="từng khu phố"):
        acts.count(whole, counted=Count(1, 1, 1, {}), by=told.actor("phuong-1"))
    with pytest.raises(Refused, match="toàn xã, phường của đơn vị mình"):
        ballot(told, whole=part)


def test_row_25_an_election_needs_more_than_half_for_the_person(told: City) -> None:
    held = ballot(told, "XA-QD-04", form="meeting", questions=[
        Asked("Bầu Trưởng khu phố 3", ("Ông A", "Bà B")),
    ])  # fmt: skip
    one, two = held.questions.get().options.all()
    votes = {one.pk: 99, two.pk: 104}
    acts.count(held, counted=Count(160, 160, 150, votes), by=told.actor("phuong-1"))
    found = voting.of_question(fresh(held), held.questions.get())
    assert [(o.label, r.carries) for o, r in found] == [("Ông A", False), ("Bà B", True)]
    assert voting.carries(fresh(held)) is True


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"issued": 201}, "mỗi hộ một phiếu"),
        ({"returned": 201, "issued": 200}, "nhiều hơn số phát ra"),
        ({"valid": 160}, "nhiều hơn số thu về"),
        ({"valid": 100}, "nhiều hơn 100 phiếu hợp lệ"),
    ],
)
def test_row_25_counts_that_cannot_be_are_refused(told, figures: dict, said: str) -> None:
    held = ballot(told)
    with pytest.raises(Refused, match=said):
        counted(told, held, yes=100, no=50, **figures)
    assert not Ballot.objects.get(pk=held.pk).counted_at


def test_row_25_a_recount_keeps_what_was_counted_before(told: City) -> None:
    held, ward = counted(told, ballot(told), yes=133), told.actor("phuong-1")
    first = held.questions.get().options.first()
    figures = Count(200, 140, 140, {first.pk: 134})
    with pytest.raises(Refused, match="lý do"):
        acts.recount(held, counted=figures, reason=" ", by=ward)
    kept = acts.recount(held, counted=figures, reason="Sót một phiếu", by=ward)
    assert kept.before["1. Đồng ý"] == 133
    assert kept.after["1. Đồng ý"] == 134
    with pytest.raises(Refused, match="Không có gì khác"):
        acts.recount(held, counted=figures, reason="Lần nữa", by=ward)
    line = Entry.objects.get(action="democracy.ballot.recount")
    assert (line.reason, line.facts["outcome"]) == ("Sót một phiếu", "đạt tỷ lệ")
    with pytest.raises(Stale, match="Đồng nghiệp"):
        acts.recount(held, counted=Count(1, 1, 1, {}), reason="Khác", seen=0, by=ward)
    with pytest.raises(Refused, match="đính chính"):
        counted(told, held, yes=1)


def test_row_25_what_differs_from_the_law_is_said_and_lets_through(told: City) -> None:
    process = matters.processes(DAY)
    assert voting.remarks(ballot(told), process) == []
    held = ballot(told, "XA-QD-03", form="online", announced_on=DAY - dt.timedelta(days=1),
                  team_size=7)  # fmt: skip
    said = [r.said for r in voting.remarks(held, process)]
    assert any("biểu quyết trực tuyến" in s for s in said)
    assert "Thông báo trước 1 ngày, luật định ít nhất 2 ngày." in said
    assert "Tổ kiểm phiếu 7 người, luật định từ 3 đến 5 người." in said
    assert "Điều 19 khoản 1 điểm b" in voting.remarks(held, process)[0].why


def test_row_25_the_result_is_sent_and_answered_in_working_days(told: City, on_day) -> None:
    held, ward = ballot(told, "XA-QD-03", form="meeting"), told.actor("phuong-1")
    with pytest.raises(Refused, match="Chưa có kết quả"):
        acts.send(held, sent_on=DAY, by=ward)
    assert "Ghi kết quả kiểm phiếu" in duties.owed(ward, DAY)[0].title
    counted(told, held, yes=120)
    assert voting.send_by(held, Calendar()) == dt.date(2023, 8, 25)
    (owed,) = [d for d in duties.owed(ward, DAY) if "Gửi kết quả" in d.title]
    assert owed.due == dt.date(2023, 8, 25)
    with pytest.raises(Refused, match="Chưa gửi"):
        acts.recognise(held, recognised=True, recognised_on=DAY, words="x", by=ward)
    on_day(2023, 8, 28)
    with pytest.raises(Refused, match="từ ngày biểu quyết"):
        acts.send(held, sent_on=dt.date(2023, 8, 29), by=ward)
    acts.send(held, sent_on=dt.date(2023, 8, 21), by=ward)
    assert voting.answer_by(held, Calendar()) == dt.date(2023, 8, 28)
    with pytest.raises(Refused, match="văn bản công nhận"):
        acts.recognise(held, recognised=False, recognised_on=DAY, words=" ", by=ward)
    acts.recognise(held, recognised=True, recognised_on=dt.date(2023, 8, 28), words="QĐ 31",
                   by=ward)  # fmt: skip
    with pytest.raises(Refused, match="Đã có trả lời"):
        acts.recount(held, counted=Count(1, 1, 1, {}), reason="x", by=ward)
    plain = counted(told, ballot(told, held_on=DAY), yes=150)
    acts.send(plain, sent_on=DAY, by=ward)
    with pytest.raises(Refused, match="không cần công nhận"):
        acts.recognise(plain, recognised=True, recognised_on=DAY, words="x", by=ward)


def test_row_25_a_roll_is_counted_and_its_names_are_not_kept() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for row, cells in enumerate([("Mã hộ", "Chủ hộ"), ("H001", "Ông A"), ("H002", "Bà B"),
                                 ("", ""), ("H003", "Ông C"), ("H002", "Bà B")]):  # fmt: skip
        sheet.write_row(row, 0, cells)
    book.close()
    found = rolls.count(out.getvalue(), "ho.xlsx")
    assert (found.households, found.twice) == (3, ("H002",))
    assert rolls.count("Mã hộ;Chủ hộ\n1;A\n2;B\n".encode(), "ho.csv").households == 2
    for wrong, name in ((b"", "x.csv"), (b"PK\x03\x04 hong", "x.xlsx"), (b"\xff\xfe\x00", "x.csv")):
        with pytest.raises(rolls.NoRoll):
            rolls.count(wrong, name)


def test_row_25_from_the_roll_to_the_minutes_in_the_browser(told: City, sign_in) -> None:
    ward = sign_in("phuong-1")
    matter = Matter.objects.get(code="XA-QD-01", scope="village", valid_from=dt.date(2023, 7, 1))
    row = {
        "unit": told.units["phuong-1"].pk, "matter": matter.pk, "title": "Đóng góp nâng cấp hẻm 12",
        "area": "Khu phố 3", "form": "ballot", "announced_on": "16/8/2023", "held_on": "18/8/2023",
        "team_size": "5", "base_source": "Danh sách hộ khu phố 3", "questions": "Góp 500.000 đồng",
    }  # fmt: skip
    url = "/dan-chu/bieu-quyet/them/"
    assert "Ghi tổng số hoặc gửi danh sách" in ward.post(url, row).content.decode()
    twice = SimpleUploadedFile("ho.csv", "Mã hộ\nH1\nH1\n".encode())
    assert "ghi hai lần: H1" in ward.post(url, row | {"roll": twice}).content.decode()
    assert not Ballot.objects.exists()
    roll = SimpleUploadedFile("ho.csv", ("Mã hộ\n" + "\n".join(map(str, range(30)))).encode())
    made = ward.post(url, row | {"roll": roll})
    held = Ballot.objects.get()
    assert (held.base_count, held.roll_name) == (30, "ho.csv")
    yes, no, other = held.questions.get().options.all()
    count = {"viec": "dem", "issued": "30", "returned": "28", "valid": "27",
             f"option_{yes.pk}": "20", f"option_{no.pk}": "7",
             f"option_{other.pk}": "0"}  # fmt: skip
    wrong = ward.post(made.url, count | {f"option_{yes.pk}": "28"})
    assert wrong.status_code == 422
    assert "phiếu hợp lệ" in wrong.content.decode()
    assert sign_in("phuong-2").get(made.url).status_code == 404
    assert sign_in("noi-vu").post(made.url, count).status_code == 403
    assert ward.get(f"{made.url}bien-ban.docx").status_code == 404
    ward.post(made.url, count)
    page = text_of(ward, made.url)
    assert "đạt tỷ lệ" in page
    assert "ít nhất 20 trên tổng số 30" in page
    text, _format = reading.extract(ward.get(f"{made.url}bien-ban.docx").content, "x.docx")
    assert "BIÊN BẢN" in text
    assert "Tổng số hộ: 30" in text
    assert "66,67" in text
    again = ward.post(made.url, count)  # a second click is told, nothing is written
    assert again.status_code == 302
    fix = count | {"viec": "dinh-chinh", f"option_{yes.pk}": "19", "reason": "Đếm nhầm"}
    ward.post(made.url, fix)
    page = text_of(ward, made.url)
    assert "không đạt tỷ lệ" in page
    assert "Đếm nhầm" in page
    assert ward.post(made.url, {"viec": "la"}).status_code == 400


def test_row_25_facts_count_matters_by_the_rules(told: City, on_day) -> None:
    ward = told.actor("phuong-1")
    good = counted(told, ballot(told), yes=150)
    acts.send(good, sent_on=DAY, by=ward)
    counted(told, ballot(told, announced_on=DAY), yes=150)  # no notice
    consultation(told)
    units = [u.pk for u in told.units.values()]
    codes = ["democracy.matters_by_the_rules", "democracy.opinions_answered"]
    read = facts.read(codes, units, Period.year(2023))
    mine = read[codes[0]][told.units["phuong-1"].pk]
    assert (mine.numerator, mine.denominator) == (1, 2)  # the draft still takes opinions
    assert read[codes[0]][told.units["phuong-2"].pk] is None
    assert read[codes[1]][told.units["phuong-1"].pk] is None
    on_day(2023, 10, 1)
    read = facts.read(codes[:1], units, Period.year(2023))
    assert read[codes[0]][told.units["phuong-1"].pk].denominator == 3


def test_row_25_only_wards_and_communes_organise_votes(told: City, sign_in) -> None:
    sent = sign_in("tu-phap").get("/dan-chu/bieu-quyet/them/")
    assert sent.status_code == 403
    assert "Chỉ UBND phường, xã" in sent.content.decode()
    assert "Lập cuộc biểu quyết" not in text_of(sign_in("tu-phap"), "/dan-chu/bieu-quyet/")


def test_row_25_the_list_costs_the_same_for_any_number_of_votes(told: City, sign_in) -> None:
    office = sign_in("noi-vu")
    counted(told, ballot(told), yes=150)

    def cost() -> int:
        office.get("/dan-chu/bieu-quyet/")
        with CaptureQueriesContext(connection) as asked:
            assert office.get("/dan-chu/bieu-quyet/").status_code == 200
        return len(asked)

    few = cost()
    for _n in range(3):
        counted(told, ballot(told), yes=100)
    assert cost() == few


def test_row_25_every_verb_on_votes_is_refused_to_another_unit(told: City) -> None:
    held, other = counted(told, ballot(told), yes=150), told.actor("phuong-2")
    words = {"matter": held.matter, "title": "x", "area": "x", "form": "ballot", "held_on": DAY,
             "base_count": 1, "base_source": "x", "by": other}  # fmt: skip
    nothing = Count(1, 1, 1, {})
    tries = [
        lambda: acts.prepare(told.units["phuong-1"], **words),
        lambda: acts.count(held, counted=nothing, by=other),
        lambda: acts.recount(held, counted=nothing, reason="x", by=other),
        lambda: acts.send(held, sent_on=DAY, by=other),
        lambda: acts.recognise(held, recognised=True, recognised_on=DAY, words="x", by=other),
    ]
    for attempt in tries:
        with pytest.raises(Refused, match="công chức đầu mối của đơn vị"):
            attempt()
    assert Refusal.objects.count() == len(tries)
