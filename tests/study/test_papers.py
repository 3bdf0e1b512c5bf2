"""Reading acknowledged on paper: the scan proves it, the chain holds it, nobody counts twice."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.kernel import audit, clock, facts, files
from danvan.kernel.access import Refused
from danvan.kernel.facts import Period
from danvan.study import ledger, reckoning, verify
from danvan.study.actions import campaigns, papers
from danvan.study.models import Acknowledgement, Campaign, PaperList
from tests.city import City
from tests.study import factory

YEAR = Period.year(2023)


def acknowledged(city: City, unit: str = "phuong-1") -> int:
    pk = city.units[unit].pk
    found = facts.read(["study.acknowledged"], [pk], YEAR)["study.acknowledged"][pk]
    return int(found.numerator) if found else 0


def test_row_10_a_signed_list_counts_as_read_and_acknowledged(city: City, may) -> None:
    campaign = factory.opened(city, way=Campaign.Way.READ)
    people = factory.staff(city, "phuong-1", 3)
    text = campaign.texts.get()
    factory.read(text, people[0])
    assert acknowledged(city) == 1
    paper = factory.on_paper(city, text, *people)
    assert paper.lines.count() == 2  # the first had read on a phone
    assert acknowledged(city) == 3
    assert all(
        reckoning.reckon([campaign], clock.today()).done.has(person.pk, campaign)
        for person in people
    )
    line = paper.lines.first()
    assert line is not None
    assert (line.way, line.pages, line.seconds) == ("paper", 0, 0)
    told = audit.of(paper).get()
    assert told.concerns == city.units["phuong-1"].pk
    assert not any(p.name in f"{told.subject_name}{told.facts}" for p in people)
    with pytest.raises(Refused) as again:
        factory.on_paper(city, text, *people)
    assert again.value.decision.done
    assert Acknowledgement.objects.count() == 3


def test_row_11_lines_on_paper_are_chained_with_the_scan(city: City, may) -> None:
    campaign = factory.opened(city)
    people, text = factory.staff(city, "phuong-1", 3), campaign.texts.get()
    factory.read(text, people[0])
    paper = factory.on_paper(city, text, *people[1:])
    factory.read(text, city.people["phuong-2"])
    assert list(ledger.breaks(campaign)) == []
    export = json.loads(json.dumps(ledger.export(campaign)))
    assert verify.breaks(export) == []
    assert [line.get("paper_sha256") for line in export["lines"]] == [
        None, paper.file.sha256, paper.file.sha256, None,
    ]  # fmt: skip
    # Another scan put in its place, or the proof taken out of the export, is seen.
    PaperList.objects.update(file=files.store(factory.scan(content=b"%PDF-1.4 khac")))
    assert len(list(ledger.breaks(campaign))) == 2
    del export["lines"][1]["paper_sha256"]
    assert any("đã bị sửa" in told for told in verify.breaks(export))


def test_paper_without_its_list_is_refused_by_the_database(city: City, may) -> None:
    text = factory.opened(city).texts.get()
    (person,) = factory.staff(city, "phuong-1", 1)
    line = Acknowledgement(
        campaign_id=text.campaign_id, learner=factory.learner(person), text=text, pages=0,
        unit=city.units["phuong-1"], at=clock.now(), seconds=0, way="paper", text_sha256="x",
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        ledger.add(line)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("phuong-1", True), ("noi-vu", True), ("phuong-2", False), ("mat-tran", False),
     ("thanh-tra", False), ("xa-tan-binh", False)],
)  # fmt: skip
def test_who_writes_a_list_down(city: City, may, who: str, allowed: bool) -> None:
    text = factory.opened(city).texts.get()
    (person,) = factory.staff(city, "phuong-1", 1)
    told = {"unit": city.units["phuong-1"], "people": [person.pk], "file": factory.scan(),
            "signed_on": clock.today()}  # fmt: skip
    if allowed:
        assert papers.acknowledge(text, **told, by=city.actor(who)).lines.count() == 1
        return
    with pytest.raises(Refused):
        papers.acknowledge(text, **told, by=city.actor(who))
    assert not PaperList.objects.exists()


def test_days_and_people_that_cannot_be_are_refused(city: City, may) -> None:
    text, by = factory.opened(city).texts.get(), city.actor("phuong-1")
    (person,) = factory.staff(city, "phuong-1", 1)
    (other,) = factory.staff(city, "phuong-2", 1)
    told = {"unit": city.units["phuong-1"], "file": factory.scan(), "by": by}
    for day in (dt.date(2023, 5, 9), dt.date(2023, 5, 11)):
        with pytest.raises(Refused, match="Ngày ký phải từ ngày"):
            papers.acknowledge(text, people=[person.pk], signed_on=day, **told)
    with pytest.raises(Refused, match="1 người đã chọn không giữ chức vụ"):
        papers.acknowledge(text, people=[other.pk], signed_on=clock.today(), **told)
    campaigns.close(text.campaign, by=city.actor("noi-vu"))
    text.campaign.refresh_from_db()
    with pytest.raises(Refused, match="kết thúc"):
        papers.acknowledge(text, people=[person.pk], signed_on=clock.today(), **told)


def test_row_10_the_page_takes_ticks_and_pasted_lines(city: City, may, sign_in) -> None:
    campaign = factory.opened(city)
    people, text = factory.staff(city, "phuong-1", 4), campaign.texts.get()
    twin = factory.staff(city, "phuong-1", 1)[0]  # of the same name as the first
    twin.code = "077"
    twin.save()
    ward, url = sign_in("phuong-1"), reverse("study:write_paper", args=[text.pk])
    assert url in ward.get(reverse("study:campaign", args=[campaign.pk])).content.decode()
    sent = {"signed_on": "10/05/2023", "people": [people[1].pk]}
    assert "chọn tệp" in ward.post(url, sent).content.decode().lower()
    wrong = f"{people[0].name}\nAi Đó Không Có\n"
    page = ward.post(url, {**sent, "names": wrong, "file": factory.scan()})
    told = page.content.decode()
    assert page.status_code == 422
    assert "Dòng 1: đơn vị có nhiều người tên" in told
    assert "Dòng 2: không có “Ai Đó Không Có” tại đơn vị vào ngày ký" in told
    assert not PaperList.objects.exists()
    good = f"{twin.name}\t077\n\n{people[2].name.upper()}"
    answer = ward.post(url, {**sent, "names": good, "file": factory.scan()})
    assert answer.status_code == 302
    paper = PaperList.objects.get()
    assert set(paper.lines.values_list("learner__person", flat=True)) == {
        people[1].pk, people[2].pk, twin.pk,
    }  # fmt: skip
    page = ward.get(url).content.decode()
    scan = reverse("study:paper", args=[paper.pk])
    assert scan in page and f'value="{people[1].pk}"' not in page
    assert ward.get(scan).status_code == 200
    assert sign_in("phuong-2").get(scan).status_code == 403
    mine = sign_in("phuong-1").get(reverse("study:person", args=[people[1].pk])).content.decode()
    assert "theo danh sách giấy có chữ ký" in mine


def test_a_long_list_costs_as_many_queries_as_a_short_one(city: City, may) -> None:
    text = factory.opened(city).texts.get()
    people = factory.staff(city, "phuong-1", 60)

    def counted(chosen: list) -> int:
        with CaptureQueriesContext(connection) as queries:
            factory.on_paper(city, text, *chosen)
        return len(queries)

    counted(people[:1])  # the first line of a campaign also begins its chain
    assert counted(people[1:11]) == counted(people[11:])


def test_row_10_a_quiz_is_not_asked_of_whoever_only_signed_and_the_table_says_so(
    city: City, may, sign_in
) -> None:
    """Who read on a phone still answers; a mixed reader has a screen and answers too."""
    asking = {"way": Campaign.Way.READ, "quiz_size": 2, "quiz_pass": 2}
    campaign = factory.opened(city, "phuong-1", texts=2, **asking)
    signer, phone, mixed = factory.staff(city, "phuong-1", 3)
    first, second = campaign.texts.order_by("pk")
    factory.on_paper(city, first, signer, mixed)
    assert done_of(campaign) == set()  # the second text is still to be read
    factory.on_paper(city, second, signer)
    for reader, texts in ((phone, (first, second)), (mixed, (second,))):
        for text in texts:
            factory.read(text, reader)
    assert done_of(campaign) == {signer.pk}
    tally = reckoning.reckon_one(
        reckoning.reckon([campaign], clock.today()), city.units["phuong-1"].pk, campaign
    )
    assert tally.unasked == {signer.pk}
    assert set(tally.missing) >= {phone.pk, mixed.pk}
    page = sign_in("noi-vu").get(reverse("study:campaign", args=[campaign.pk])).content.decode()
    assert "1 người ký giấy, không hỏi câu hỏi" in page
    told, codes = "không phải trả lời câu hỏi", factory.codes_of(city, "phuong-1")
    for person, unasked in ((signer, True), (mixed, False)):
        shelf = shelf_of(codes[person.name])
        assert (told in shelf, "Trả lời 2 câu hỏi" in shelf) == (unasked, not unasked)


def done_of(campaign: Campaign) -> set[int]:
    done = reckoning.reckon([campaign], clock.today()).done
    return {person for person, held in done.read.items() if campaign.pk in held}


def shelf_of(code: str) -> str:
    """What a phone shows to whoever tells this personal code."""
    browser = Client()
    browser.post(reverse("study:door"), {"code": code})
    return browser.get(reverse("study:shelf")).content.decode()
