"""Reading and acknowledging without an account; the chain; the questions; personal data."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from danvan.kernel import audit, clock, facts, guards
from danvan.kernel import personal as kernel_personal
from danvan.kernel.access import Refused
from danvan.kernel.facts import Period
from danvan.organisations.personal import subject_of
from danvan.study import codes, ledger, personal, quiz, roster, verify
from danvan.study.actions import campaigns, questions, reading
from danvan.study.actions import learners as giving
from danvan.study.models import Acknowledgement, Campaign, Learner
from danvan.study.rules import LEARNER
from tests.city import City
from tests.study import factory

YEAR = Period.year(2023)


def told_in(code: str) -> Client:
    """A browser whose person has told their personal code."""
    phone = Client()
    assert phone.post("/hoc-tap/doc/", {"code": code}).url == "/hoc-tap/doc/cua-toi/"
    return phone


@pytest.fixture
def studied(city: City, may):
    """An open campaign with one text, and a person of Phường 1 with their code."""
    campaign = factory.opened(city)
    (person,) = factory.staff(city, "phuong-1", 1)
    return campaign, person, factory.codes_of(city, "phuong-1")[person.name]


def test_row_10_reading_every_page_and_acknowledging_by_personal_code(city: City, studied):
    campaign, person, code = studied
    text = campaign.texts.get()
    assert text.pages > 1
    phone = told_in(code)
    shelf = phone.get("/hoc-tap/doc/cua-toi/").content.decode()
    assert campaign.title in shelf and person.name in shelf
    page = reverse("study:page", args=[text.pk, 1])
    assert "Đoạn 0" in phone.get(page).content.decode()
    sentence = reverse("study:acknowledge", args=[text.pk])
    assert phone.post(page).url == reverse("study:page", args=[text.pk, 2])
    assert "Bạn chưa xem hết" in phone.get(sentence).content.decode()
    assert phone.post(sentence).status_code == 403
    for number in range(2, text.pages + 1):
        phone.post(reverse("study:page", args=[text.pk, number]))
    assert "Tôi xác nhận" in phone.get(sentence).content.decode()
    assert phone.post(sentence).url == "/hoc-tap/doc/cua-toi/"
    line = Acknowledgement.objects.get()
    assert (line.pages, line.way, line.text_sha256) == (text.pages, "code", text.sha256)
    told = audit.of(line).get()
    assert person.name not in f"{told.actor_name}{told.subject_name}{told.facts}"
    with pytest.raises(Refused) as refused:
        reading.acknowledge(text, learner=line.learner, way="code", by=LEARNER)
    assert refused.value.decision.done
    assert Acknowledgement.objects.count() == 1
    phone.post("/hoc-tap/doc/xong/")
    assert phone.get(page).status_code == 302


def test_row_10_somebody_signed_in_needs_no_code(city: City, studied, sign_in):
    campaign, _person, _code = studied
    text = campaign.texts.get()
    ward = sign_in("phuong-2")
    for number in range(1, text.pages + 1):
        ward.post(reverse("study:page", args=[text.pk, number]))
    ward.post(reverse("study:acknowledge", args=[text.pk]))
    assert Acknowledgement.objects.get().way == "account"
    desk = sign_in("phuong-1").get("/").content.decode()
    assert f"Học tập: {campaign.title}" in desk
    assert f"Học tập: {campaign.title}" not in ward.get("/").content.decode()


def test_row_10_a_newer_version_asks_again_only_when_marked(city: City, studied):
    campaign, person, _code = studied
    office, unit = city.actor("noi-vu"), city.units["phuong-1"].pk
    text = campaign.texts.get()
    factory.read(text, person)

    def acknowledged() -> int:
        found = facts.read(["study.acknowledged"], [unit], YEAR)["study.acknowledged"][unit]
        return int(found.numerator)

    assert acknowledged() == 1
    first = factory.version(text, dt.date(2023, 5, 1), "Lời văn sửa chính tả.")
    assert campaigns.newer_version(text) == first
    with pytest.raises(Refused):
        campaigns.renew(text, version=first, renewed=False, reason="x", by=city.actor("phuong-1"))
    same = campaigns.renew(text, version=first, renewed=False, reason="Chỉ sửa chính tả", by=office)
    assert acknowledged() == 1
    with pytest.raises(Refused, match="lời văn mới"):
        factory.read(text, city.people["phuong-1"])
    second = factory.version(text, dt.date(2023, 5, 9), "Lời văn sửa nội dung.")
    fresh = campaigns.renew(same, version=second, renewed=True, reason="Đổi nội dung", by=office)
    assert acknowledged() == 0
    factory.read(fresh, person)
    assert acknowledged() == 1
    with pytest.raises(Refused) as told:
        campaigns.renew(same, version=second, renewed=True, reason="x", by=office)
    assert told.value.decision.done


def test_row_10_the_office_is_told_of_a_newer_version(city: City, studied, sign_in):
    campaign, _person, _code = studied
    text, office = campaign.texts.get(), sign_in("noi-vu")
    assert "có lời văn mới" not in office.get("/").content.decode()
    factory.version(text, dt.date(2023, 5, 1))
    assert "có lời văn mới" in office.get("/").content.decode()
    url = reverse("study:renew", args=[text.pk])
    assert url in office.get(reverse("study:campaign", args=[campaign.pk])).content.decode()
    assert office.post(url, {"renewed": "yes", "reason": ""}).status_code == 422
    office.post(url, {"renewed": "yes", "reason": "Đổi nội dung"})
    newest = campaign.texts.get(renewed=True)
    page = office.get(reverse("study:renew", args=[newest.pk])).content.decode()
    assert "Không có lời văn mới" in page


def test_row_11_a_later_change_of_an_acknowledgement_is_seen(city: City, studied, tmp_path):
    campaign, person, _code = studied
    text = campaign.texts.get()
    for who in (person, city.people["phuong-1"], city.people["phuong-2"]):
        factory.read(text, who)
    assert list(ledger.breaks(campaign)) == []
    told = json.loads(json.dumps(ledger.export(campaign)))
    assert verify.breaks(told) == []
    path = tmp_path / "xac-nhan.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, verify.__file__, str(path)], capture_output=True, text=True, check=True
    )
    assert "3 xác nhận của 3 người" in ran.stdout and "chuỗi nguyên vẹn" in ran.stdout
    # The database refuses a change …
    guards.install(connection)
    with pytest.raises(IntegrityError), transaction.atomic():
        Acknowledgement.objects.filter(seq=2).update(pages=99)
    with pytest.raises(IntegrityError), transaction.atomic():
        Acknowledgement.objects.filter(seq=2).delete()
    guards.remove(connection)
    # … and one made around it is seen, in the product and in the export.
    for change, words in (
        (lambda e: e["lines"][1].update(pages=99), "Dòng 2 đã bị sửa nội dung."),
        (lambda e: e["lines"].pop(1), "Thiếu dòng 2"),
        (lambda e: e["lines"].pop(), "Cuối chuỗi không khớp"),
        (lambda e: e["texts"][0].update(words="khác"), "không khớp mã băm"),
        (lambda e: e["lines"][0].update(who="x" * 64), "Dòng 1 đã bị sửa nội dung."),
    ):
        changed = json.loads(json.dumps(told))
        change(changed)
        assert any(words in sentence for sentence in verify.breaks(changed)), words
    path.write_text(json.dumps(changed), encoding="utf-8")
    assert subprocess.run([sys.executable, verify.__file__, str(path)]).returncode == 1


def test_row_11_the_product_sees_a_chain_changed_under_it(city: City, studied):
    from danvan.study.models import Ledger, StudyText

    campaign, person, _code = studied
    factory.read(campaign.texts.get(), person)
    Ledger.objects.update(seq=2)
    assert any("Cuối chuỗi" in s for s in ledger.breaks(campaign))
    Ledger.objects.update(seq=1)
    StudyText.objects.update(sha256="0" * 64)
    assert any("không còn như lúc" in s for s in ledger.breaks(campaign))


def test_row_11_the_ledger_is_the_overseers(city: City, studied, sign_in):
    campaign, person, _code = studied
    factory.read(campaign.texts.get(), person)
    for name in ("ledger", "ledger_export"):
        url = reverse(f"study:{name}", args=[campaign.pk])
        assert sign_in("phuong-1").get(url).status_code == 403
        assert sign_in("mat-tran").get(url).status_code == 200
    assert (
        "Chuỗi nguyên vẹn: 1"
        in sign_in("noi-vu").get(reverse("study:ledger", args=[campaign.pk])).content.decode()
    )
    assert b"def breaks" in sign_in("phuong-1").get("/hoc-tap/kiem-xac-nhan.py").content


def test_row_10_a_quiz_from_the_bank_must_be_passed_where_the_campaign_asks(city: City, may):
    office = city.actor("noi-vu")
    with pytest.raises(Refused, match="cơ quan thường trực"):
        questions.add(city.body, words="x", choices=["a", "b"], right=0, ground="x",
                      by=city.actor("phuong-1"))  # fmt: skip
    for n in range(4):
        questions.add(city.body, words=f"Câu {n}?", choices=["sai", "đúng"], right=1,
                      ground="KH 49, mục I", by=office)  # fmt: skip
    campaign = factory.opened(city, "phuong-1", way=Campaign.Way.READ, quiz_size=2, quiz_pass=2)
    (person,) = factory.staff(city, "phuong-1", 1)
    code, unit = factory.codes_of(city, "phuong-1")[person.name], city.units["phuong-1"].pk
    factory.read(campaign.texts.get(), person)
    code_of = "study.briefed"
    assert facts.read([code_of], [unit], YEAR)[code_of][unit].numerator == 0
    phone, url = told_in(code), reverse("study:quiz", args=[campaign.pk])
    asked = quiz.drawn(campaign, factory.learner(person))
    assert len(asked) == 2
    wrong = phone.post(url, {f"q{q.pk}": "0" for q in asked}).content.decode()
    assert "Đúng 0/2" in wrong and "KH 49, mục I" in wrong
    asked = quiz.drawn(campaign, factory.learner(person))
    right = phone.post(url, {f"q{q.pk}": "1" for q in asked}).content.decode()
    assert "Đúng 2/2" in right
    assert facts.read([code_of], [unit], YEAR)[code_of][unit].numerator == 1
    with pytest.raises(Refused) as told:
        reading.answer(campaign, learner=factory.learner(person), answers={}, by=LEARNER)
    assert told.value.decision.done
    kept = campaign.tries.first()
    assert audit.of(kept.learner).filter(action="study.quiz.answer").count() == 2
    question = quiz.bank(campaign)[0]
    with pytest.raises(Refused):
        questions.withdraw(question, by=city.actor("phuong-1"))
    questions.withdraw(question, by=office)
    assert len(quiz.bank(campaign)) == 3
    assert audit.of(question).count() == 2


def test_reading_by_code_is_slowed_down_and_ends(city: City, studied, monkeypatch):
    _campaign, _person, code = studied
    wrong = Client().post("/hoc-tap/doc/", {"code": "ZZZZ-ZZZZ"})
    assert wrong.status_code == 422 and "Không có mã" in wrong.content.decode()
    phone = told_in(code)
    with clock.set_to(factory.AT + dt.timedelta(hours=2)):
        assert phone.get("/hoc-tap/doc/cua-toi/").status_code == 302
    monkeypatch.setattr("danvan.study.views.public.READERS", 2)
    assert Client().post("/hoc-tap/doc/", {"code": code}).status_code == 429


def test_personal_data_is_shown_taken_along_and_erased_while_figures_stay(
    city: City, studied, sign_in
):
    campaign, person, code = studied
    unit = city.units["phuong-1"].pk
    factory.read(campaign.texts.get(), person)
    url = reverse("study:person", args=[person.pk])
    page = sign_in("phuong-1").get(url).content.decode()
    assert "không dùng để chấm công" in page
    assert sign_in("phuong-2").get(url).status_code == 403
    told = sign_in("noi-vu").get(reverse("study:person_export", args=[person.pk])).json()
    assert told["acknowledgements"][0]["pages"] == campaign.texts.get().pages
    assert told["purpose"] == str(personal.PURPOSE)
    row = factory.learner(person)
    with pytest.raises(Refused, match="còn giữ chức vụ"):
        giving.erase(row, reason="Yêu cầu", by=city.actor("noi-vu"))
    subject = subject_of(person)
    purposes = {str(one.what) for one in kernel_personal.kept(subject) if "học" in one.purpose}
    assert any("Mã cá nhân" in what for what in purposes)
    assert any("giữ lại" in said for said in personal.erase(subject))
    person.posts.update(valid_to=dt.date(2023, 12, 31))
    with clock.set_to(dt.date(2024, 2, 1)):
        before = facts.read(["study.briefed"], [unit], YEAR)["study.briefed"][unit]
        with pytest.raises(Refused):
            giving.erase(row, reason="Yêu cầu", by=city.actor("phuong-2"))
        giving.erase(row, reason="Yêu cầu", by=city.actor("noi-vu"))
        after = facts.read(["study.briefed"], [unit], YEAR)["study.briefed"][unit]
        assert (before.numerator, before.denominator) == (1, 3)
        assert (after.numerator, after.denominator) == (1, 3)
        assert list(ledger.breaks(campaign)) == []
        assert verify.breaks(ledger.export(campaign)) == []
        with pytest.raises(Refused) as done:
            giving.erase(row, reason="Yêu cầu", by=city.actor("noi-vu"))
    assert done.value.decision.done
    row.refresh_from_db()
    assert (row.person, row.code_hash, row.seen.count()) == (None, "", 0)
    assert person.name not in str(ledger.export(campaign))
    assert not Learner.objects.filter(code_hash=codes.digest(code)).exists()
    assert roster.on(dt.date(2023, 12, 31), [unit])[unit].counted
