"""Row 48: a satisfaction survey with its sampling, anonymity, result per unit."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.democracy import public
from danvan.democracy.actions import surveys as acts
from danvan.democracy.models import PaperBatch, Questionnaire, SurveyToken, Tally
from danvan.democracy.queries import surveys as queries
from danvan.kernel import clock, facts, links
from danvan.kernel.access import Refused
from danvan.kernel.facts import Period
from danvan.kernel.models import Entry
from tests.democracy import asking

YEAR = Period.year(2023)


@pytest.fixture(autouse=True)
def _day(on_day) -> None:
    on_day(2023, 9, 10)


def answered(code: str, good: int, bad: int) -> None:
    for number in range(good + bad):
        assert acts.answer(code, asking.sheet("5" if number < good else "2")) == {}


def settled(city, made) -> None:
    with clock.set_to(dt.date(2023, 10, 2)):
        acts.settle(made, by=city.actor("van-phong"))
    made.refresh_from_db()


def test_row_48_the_rate_of_a_unit_has_its_sample_and_margin(city, sign_in) -> None:
    made = asking.survey(city)
    one, two = asking.surveyed(city, made), asking.surveyed(city, made, "phuong-2")
    answered(one.code, 36, 4)
    answered(two.code, 10, 2)
    first, _second = queries.results(made.units.select_related("survey__questionnaire", "unit"))
    assert "chưa chốt" in first.why_hidden
    assert (first.questions, first.online) == ([], 40)
    settled(city, made)
    first, second = queries.results(made.units.select_related("survey__questionnaire", "unit"))
    assert first.rate == Decimal("0.9")
    # 1.96 × √(0.25/40) × √(460/499), computed by hand.
    assert first.margin is not None
    assert round(first.margin, 4) == Decimal("0.1488")
    assert "12 phiếu, dưới cỡ mẫu tối thiểu 30" in second.why_hidden
    assert second.questions == []
    unit, other = city.units["phuong-1"].pk, city.units["phuong-2"].pk
    found = facts.get("democracy.satisfaction").read([unit, other, city.body.pk], YEAR)
    assert found[unit] is not None
    assert (found[unit].numerator, found[unit].denominator) == (36, 40)
    assert "±14,9" in found[unit].said
    assert found[other] is not None
    assert found[other].value is None
    assert "cỡ mẫu tối thiểu" in found[other].said
    assert found[city.body.pk] is None
    page = sign_in("phuong-2").get(reverse("democracy:survey", args=[made.pk])).content.decode()
    assert "Cứ 5 người đến nhận kết quả thì hỏi một người" in page
    assert "0,5 × 0,5 ÷ n" in page
    assert "83,33" not in page
    data = sign_in("noi-vu").get(reverse("democracy:survey_workbook", args=[made.pk])).content
    words = zipfile.ZipFile(io.BytesIO(data)).read("xl/sharedStrings.xml").decode()
    assert "dưới cỡ mẫu tối thiểu" in words


def test_row_48_nothing_joins_a_person_to_an_answer(city) -> None:
    made = asking.survey(city, by_token=True)
    one = asking.surveyed(city, made)
    tokens = acts.issue_tokens(one, count=3, by=city.actor("van-phong"))
    lines = Entry.objects.count()
    code = f"{tokens[0][:5]} {tokens[0][5:].lower()}"
    assert public.answer_survey(one.code, asking.sheet(), code) == {}
    assert public.answer_survey(one.code, asking.sheet(), tokens[0])["token"]
    assert public.answer_survey(one.code, asking.sheet(), "")["token"]
    # The used token is gone, no line of history tells the moment, no row is one sheet.
    assert SurveyToken.objects.count() == 2
    assert Entry.objects.count() == lines
    public.answer_survey(one.code, asking.sheet(), tokens[1])
    assert {t.count for t in Tally.objects.all()} == {2}
    kept = json.dumps(json.loads(serializers.serialize("json", [*Tally.objects.all(),
                      *SurveyToken.objects.all(), *made.units.all()])))  # fmt: skip
    assert not any(token in kept for token in tokens)
    assert not re.search(r"\d{2}:\d{2}", kept)
    names = {f.name for f in Tally._meta.get_fields()}
    assert names == {"id", "surveyed", "batch", "question", "option", "count"}


def test_row_48_paper_is_typed_in_by_lines_and_withdrawn(city, sign_in) -> None:
    made = asking.survey(city, minimum=5)
    one = asking.surveyed(city, made)
    page = reverse("democracy:surveyed", args=[one.pk])
    office = sign_in("van-phong")
    wrong = office.post(page, {
        "viec": "phieu-giay", "phieu-giay-kept_where": "Hộp 3",
        "phieu-giay-sheets": "1 2 1 2 1\n1 2 9 2 1\n- 2 1 2 1\n1 2",
    })  # fmt: skip
    text = wrong.content.decode()
    assert wrong.status_code == 422
    for told in ("Dòng 2: câu 3", "Dòng 3: Câu này cần", "Dòng 4: có 2 số, phải có 5"):
        assert told in text
    assert PaperBatch.objects.count() == 0
    for number in range(2):
        office.post(page, {
            "viec": "phieu-giay", "phieu-giay-kept_where": f"Hộp {number}",
            "phieu-giay-sheets": "1 2 1 2 1\n" * 5 + "5,-,-,-,2",
        })  # fmt: skip
    first, _second = PaperBatch.objects.all()
    gone = office.post(
        reverse("democracy:survey_withdraw", args=[first.pk]), {"reason": "Gõ trùng"}
    )
    assert gone.status_code == 302
    settled(city, made)
    found = next(iter(queries.results([asking.surveyed(city, made)])))
    assert (found.paper, found.online) == (6, 0)
    assert found.overall is not None
    assert (found.overall.satisfied, found.overall.answered) == (5, 6)
    with pytest.raises(Refused, match="đã được rút"):
        acts.withdraw_paper(first, reason="x", by=city.actor("van-phong"))


def test_row_48_the_public_questions_and_when_sheets_are_taken(city) -> None:
    made = asking.survey(city)
    one = asking.surveyed(city, made)
    told = public.survey(one.code.lower())
    assert told is not None
    assert (told.unit_name, len(told.questions), told.closed) == ("UBND Phường 1", 5, "")
    assert "không lưu từng phiếu" in told.privacy
    assert public.survey("khong-co") is None
    assert public.answer_survey("khong-co", {}) == {"": "Không có phiếu hỏi mang mã này."}
    assert set(public.answer_survey(one.code, {"tiep-don": "99"})) == {"ket-qua-chung", "tiep-don"}
    with clock.set_to(dt.date(2023, 10, 1)):
        assert public.answer_survey(one.code, asking.sheet())[""]
        late = public.survey(one.code)
        assert late is not None
        assert late.closed
    assert Tally.objects.count() == 0


def test_who_runs_a_survey(city, sign_in) -> None:
    made = asking.survey(city, by_token=True)
    one, ward = asking.surveyed(city, made), city.actor("phuong-1")
    batch = acts.enter_paper(one, sheets=[asking.sheet()], kept_where="Hộp 1",
                             by=city.actor("van-phong"))  # fmt: skip
    for verb, subject, said in (
        (acts.open_survey, city.body, {
            "questionnaire": made.questionnaire, "title": "x", "surveyor": "x", "sampling": "x",
            "opens_on": dt.date(2023, 9, 10), "closes_on": dt.date(2023, 9, 10), "minimum": 30,
            "units": []}),
        (acts.settle, made, {}),
        (acts.issue_tokens, one, {"count": 1}),
        (acts.enter_paper, one, {"sheets": [asking.sheet()], "kept_where": "x"}),
        (acts.withdraw_paper, batch, {"reason": "x"}),
    ):  # fmt: skip
        with pytest.raises(Refused, match="tổ chức khảo sát"):
            verb(subject, by=ward, **said)
    with pytest.raises(Refused, match="Còn nhận phiếu đến hết ngày 30/09/2023"):
        acts.settle(made, by=city.actor("van-phong"))
    # Nobody types in sheets about his own unit.
    own = acts.open_survey(
        city.body, questionnaire=made.questionnaire, title="Văn phòng", surveyor="Nội vụ",
        sampling="x", opens_on=dt.date(2023, 9, 1), closes_on=dt.date(2023, 9, 30), minimum=30,
        units=[acts.Asked(city.units["van-phong"].pk, None, False)], by=city.actor("noi-vu"),
    )  # fmt: skip
    with pytest.raises(Refused, match="chính đơn vị mình"):
        acts.enter_paper(asking.surveyed(city, own, "van-phong"), sheets=[asking.sheet()],
                         kept_where="x", by=city.actor("van-phong"))  # fmt: skip
    settled(city, made)
    with clock.set_to(dt.date(2023, 10, 3)), pytest.raises(Refused, match="đã chốt"):
        acts.enter_paper(asking.surveyed(city, made), sheets=[asking.sheet()], kept_where="x",
                         by=city.actor("van-phong"))  # fmt: skip


def test_a_survey_is_opened_in_the_browser_and_its_qr_is_the_portals(city, sign_in, monkeypatch):
    asking.enacted(city)
    office = sign_in("van-phong")
    sent = {
        "title": "Quý IV", "questionnaire": Questionnaire.objects.get().pk,
        "surveyor": "Văn phòng", "sampling": "Ngẫu nhiên",
        "opens_on": "01/10/2023", "closes_on": "31/10/2023", "minimum": "30", "by_token": "on",
        "units": [city.units["phuong-1"].pk], "populations": "UBND Phường 9 = 12",
    }  # fmt: skip
    wrong = office.post(reverse("democracy:survey_open"), sent)
    assert "Không có đơn vị “UBND Phường 9”" in wrong.content.decode()
    made = office.post(
        reverse("democracy:survey_open"), {**sent, "populations": "UBND Phường 1 = 1.240"}
    )
    assert made.status_code == 302
    one = queries.SurveyUnit.objects.get()
    assert (one.population, one.by_token) == (1240, True)
    page = reverse("democracy:surveyed", args=[one.pk])
    monkeypatch.setitem(links._sources, "democracy.survey", {})
    assert "dùng phiếu giấy" in office.get(page).content.decode()
    monkeypatch.setitem(
        links._sources["democracy.survey"], "portal",
        lambda actor, subject: [links.Link(f"https://v.example/{subject.code}", "x")],
    )  # fmt: skip
    assert f"https://v.example/{one.code}" in office.get(page).content.decode()
    printed = office.get(reverse("democracy:survey_sheet", args=[one.pk])).content.decode()
    assert "1. Rất hài lòng" in printed
    with clock.set_to(dt.date(2023, 10, 2)):
        given = office.post(reverse("democracy:survey_tokens", args=[one.pk]), {"count": "2"})
    assert len(re.findall(r"<code>[0-9A-Z]{10}</code>", given.content.decode())) == 2


def test_margin_against_known_values() -> None:
    assert queries.margin(0, None) is None
    assert round(queries.margin(100, None) or 0, 3) == Decimal("0.098")
    assert queries.margin(50, 50) == 0
    assert round(queries.margin(384, 10**6) or 0, 3) == Decimal("0.050")


def test_results_cost_the_same_for_one_and_three_units(city) -> None:
    made = asking.survey(city, minimum=5)
    answered(asking.surveyed(city, made).code, 5, 1)
    settled(city, made)
    counts = []
    for keys in (["phuong-1"], ["phuong-1", "phuong-2"]):
        rows = made.units.filter(unit__key__in=keys)
        found = list(rows.select_related("survey__questionnaire", "unit"))
        with CaptureQueriesContext(connection) as seen:
            queries.results(found)
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads need a server database")
@pytest.mark.django_db(transaction=True)
def test_many_answer_at_once_and_each_is_counted_once(city) -> None:
    made = asking.survey(city, by_token=True)
    one = asking.surveyed(city, made)
    (token,) = acts.issue_tokens(one, count=1, by=city.actor("van-phong"))

    def send(_number: int) -> dict[str, str]:
        try:
            return acts.answer(one.code, asking.sheet(), token)
        finally:
            connection.close()

    with clock.set_to(dt.date(2023, 9, 10)), ThreadPoolExecutor(4) as pool:
        said = list(pool.map(send, range(8)))
    assert said.count({}) == 1
    assert {t.count for t in Tally.objects.all()} == {1}
