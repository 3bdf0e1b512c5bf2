"""Rows 1 and 2: what documents do to one another, and how each stood on a day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.documents import queries
from danvan.documents.actions import register, relations, reviews
from danvan.documents.models import Citation, Document, Provision, Relation, ReviewTask
from danvan.kernel import audit
from danvan.kernel.access import SYSTEM, Refused
from danvan.kernel.duties import owed
from danvan.kernel.models import Refusal

pytestmark = pytest.mark.django_db
PLAN_DAY, FIRST = dt.date(2023, 3, 27), dt.date(2023, 7, 1)


def known(code: str) -> Document:
    found = queries.known(code, None)
    assert found is not None
    return found


def made(code: str, **values) -> Document:
    return Document.objects.create(origin="cited", type="Quyết định", code=code, **values)


@pytest.fixture
def plan(city) -> Document:
    """A plan of the city with two clauses that cite the ordinance."""
    plan = Document.objects.create(
        origin="received", type="Kế hoạch", code="49/KH-UBND", issued_on=PLAN_DAY,
        issuer=city.body, issuer_name="UBND thành phố Tây Ninh", text="A\nB",
    )  # fmt: skip
    cited = Document.objects.create(
        origin="cited", type="Pháp lệnh", code="34/2007/PL-UBTVQH11",
        issued_on=dt.date(2007, 4, 20),
    )  # fmt: skip
    for order, path in enumerate(("II.3", "III.4")):
        clause = Provision.objects.create(
            document=plan, order=order, path=path, depth=0, text="Thực hiện Pháp lệnh", start=0,
            end=1,
        )  # fmt: skip
        Citation.objects.create(provision=clause, document=plan, cited=cited, start=0, end=1)
    return plan


def relate(target: Document, acting: Document, by, **told) -> Relation:
    given = {"kind": "replaces", "effective_on": FIRST, "source": "thử", "confidence": "A"}
    return relations.relate(target, acting=acting, by=by, **(given | told))


def test_row_2_the_reason_is_said_in_words() -> None:
    register.load_instruments(by=SYSTEM)
    old = known("34/2007/PL-UBTVQH11")
    assert old.in_force_on(FIRST) is False
    assert old.in_force_because(FIRST) == (
        "hết hiệu lực từ 01/07/2023: được thay thế bởi Luật Thực hiện dân chủ ở cơ sở"
    )
    assert old.in_force_because(PLAN_DAY) == "còn hiệu lực đến hết 30/06/2023"
    law = known("10/2022/QH15")
    assert law.standing_on(PLAN_DAY).state == "not_yet"
    assert law.in_force_because(PLAN_DAY) == "chưa có hiệu lực: có hiệu lực từ 01/07/2023"
    assert law.standing_on(dt.date(2025, 7, 1)).state == "partly"
    assert "Luật 97/2025/QH15" in law.in_force_because(dt.date(2025, 7, 1))


def test_row_2_all_24_cited_instruments_are_known_and_the_unknown_says_so() -> None:
    import vanban
    from tests.promises.world import SEED

    register.load_instruments(by=SYSTEM)
    for citation in vanban.read(SEED.read_bytes(), "ke-hoach-49.txt").citations:
        if citation.number:
            document = known(citation.number)
            assert (document.type, document.issued_on) == (citation.type, citation.date)
            if document.in_force_on(PLAN_DAY) is None:
                assert "chưa đối chiếu" in document.validity_source
                assert document.in_force_because(PLAN_DAY).startswith("chưa rõ")
        else:
            name = citation.text.removeprefix("Luật ").lower()
            assert Document.objects.filter(type="Luật", subject__iexact=name).exists(), name


def test_a_partial_change_leaves_the_rest_in_force(city, on_day) -> None:
    on_day(2023, 8, 1)
    office = city.actor("noi-vu")
    old = made("1/QĐ-UBND", in_force_from=dt.date(2020, 1, 1))
    relate(old, made("2/QĐ-UBND"), office, kind="repeals", partly=True, scope="khoản 2 Điều 5")
    standing = old.standing_on(FIRST)
    assert (standing.state, standing.holds) == ("partly", True)
    assert "bị bãi bỏ bởi Quyết định 2/QĐ-UBND (khoản 2 Điều 5) từ 01/07/2023" in standing.reason
    assert old.standing_on(PLAN_DAY).state == "in_force"


def test_a_suspension_ends_by_itself(city, on_day) -> None:
    on_day(2023, 8, 1)
    old = made("1/QĐ-UBND", in_force_from=dt.date(2020, 1, 1))
    until = dt.date(2023, 12, 31)
    relate(old, made("2/QĐ-UBND"), city.actor("van-phong"), kind="suspends", until=until)
    days = [PLAN_DAY, FIRST, until, dt.date(2024, 1, 1)]
    assert [old.in_force_on(day) for day in days] == [True, False, False, True]
    for day in days:
        listed = queries.listed(Document.objects.all(), in_force=day)
        assert (old in listed) is old.in_force_on(day)


def test_a_change_of_unknown_day_is_told_and_ends_nothing(city) -> None:
    old = made("1/QĐ-UBND", in_force_from=dt.date(2020, 1, 1))
    relate(old, made("2/QĐ-UBND"), city.actor("noi-vu"), effective_on=None)
    assert old.in_force_on(FIRST) is True
    assert not ReviewTask.objects.exists()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"partly": True}, "scope"),
        ({"until": FIRST}, "until"),
        ({"kind": "suspends", "until": PLAN_DAY}, "until"),
        ({"source": "  "}, "source"),
    ],
)
def test_what_is_wrong_with_a_relation_is_said_at_the_field(city, told, field) -> None:
    with pytest.raises(ValidationError) as wrong:
        relate(made("1/QĐ-UBND"), made("2/QĐ-UBND"), city.actor("noi-vu"), **told)
    assert set(wrong.value.message_dict) == {field}
    assert not Relation.objects.exists()


def test_the_same_relation_is_entered_once_and_a_withdrawn_one_can_come_back(city) -> None:
    office, old, new = city.actor("noi-vu"), made("1/QĐ-UBND"), made("2/QĐ-UBND")
    first = relate(old, new, office)
    with pytest.raises(ValidationError, match="đã có trong sổ"):
        relate(old, new, office)
    assert old.in_force_to == dt.date(2023, 6, 30)
    relations.withdraw(first, reason="Nhầm số", by=office)
    old.refresh_from_db()
    assert (old.in_force_to, old.replaced_by) == (None, None)
    assert old.standing_on(FIRST).state == "unknown"
    with pytest.raises(Refused, match="đã được rút"):
        relations.withdraw(first, reason="Nhầm số", by=office)
    relate(old, new, office)
    lines = [(line.says, line.reason) for line in audit.of(old)]
    assert ("rút quan hệ ghi nhầm", "Nhầm số") in lines


def test_relations_are_the_offices(city) -> None:
    old, new = made("1/QĐ-UBND"), made("2/QĐ-UBND")
    with pytest.raises(Refused, match="mới cập nhật văn bản"):
        relate(old, new, city.actor("phuong-1"))
    relation = relate(old, new, city.actor("van-phong"))
    with pytest.raises(Refused, match="mới cập nhật văn bản"):
        relations.withdraw(relation, reason="x", by=city.actor("phuong-1"))
    assert Refusal.objects.count() == 2


def test_the_table_of_relations_is_the_offices(city) -> None:
    from danvan.kernel import files

    table = files.store(b"kind,acting,target,partly,scope,effective_on,confidence,source\n")
    with pytest.raises(Refused):
        register.import_relations(table, by=city.actor("phuong-1"))
    assert register.import_relations(table, by=city.actor("noi-vu")) == 0


# --- review tasks ---


def test_row_1_a_change_opens_a_review_on_each_clause_that_cites(plan, city, on_day) -> None:
    on_day(2023, 3, 28)
    old = known("34/2007/PL-UBTVQH11")
    relate(old, made("10/2022/QH15"), city.actor("noi-vu"))
    tasks = ReviewTask.objects.all()
    assert [(str(t), t.opened_on) for t in tasks] == [
        ("Kế hoạch 49/KH-UBND, mục II.3", FIRST),
        ("Kế hoạch 49/KH-UBND, mục III.4", FIRST),
    ]
    assert reviews.open_pending() == 0, "again opens nothing"
    office = city.actor("noi-vu")
    assert not [d for d in owed(office, dt.date(2023, 6, 30)) if "Rà soát" in d.title]
    duty = next(d for d in owed(office, FIRST) if "Rà soát" in d.title)
    assert duty.title == "Rà soát 2 chỗ viện dẫn Pháp lệnh 34/2007/PL-UBTVQH11"
    assert "01/07/2023" in duty.why
    assert not [d for d in owed(city.actor("phuong-1"), FIRST) if "Rà soát" in d.title]


def test_row_1_a_clause_that_comes_in_later_is_reviewed_too(plan, city, on_day) -> None:
    on_day(2023, 8, 1)
    relate(known("34/2007/PL-UBTVQH11"), made("10/2022/QH15"), city.actor("noi-vu"))
    Citation.objects.create(
        document=plan, cited=known("34/2007/PL-UBTVQH11"), start=5, end=6
    )  # fmt: skip
    reviews.open_after(None)
    again = plan.citations_made.first()
    again.pk, again.start = None, 9
    again.save()
    assert reviews.open_pending() == 0, "the same clause names it twice"
    assert ReviewTask.objects.count() == 3
    assert ReviewTask.objects.last().opened_on == dt.date(2023, 8, 1)


def test_a_review_is_settled_once_with_an_outcome(plan, city, on_day) -> None:
    on_day(2023, 7, 3)
    office = city.actor("noi-vu")
    relate(known("34/2007/PL-UBTVQH11"), made("10/2022/QH15"), office)
    task = ReviewTask.objects.first()
    with pytest.raises(ValidationError) as wrong:
        reviews.settle(task, outcome="amend", note=" ", by=office)
    assert "note" in wrong.value.message_dict
    with pytest.raises(Refused, match="cơ quan thường trực"):
        reviews.settle(task, outcome="fits", note="", by=city.actor("phuong-1"))
    reviews.settle(task, outcome="amend", note="Đổi căn cứ", by=office)
    with pytest.raises(Refused, match="đã rà soát: cần sửa đổi"):
        reviews.settle(task, outcome="fits", note="", by=office)
    line = audit.of(task).get()
    assert (line.concerns, line.reason) == (city.body.pk, "Đổi căn cứ")
    assert "Rà soát 1 chỗ" in str([d.title for d in owed(office, dt.date(2023, 7, 3))])


def test_withdrawing_takes_unsettled_reviews_back(plan, city, on_day) -> None:
    on_day(2023, 7, 3)
    office = city.actor("noi-vu")
    relation = relate(known("34/2007/PL-UBTVQH11"), made("10/2022/QH15"), office)
    reviews.settle(ReviewTask.objects.first(), outcome="fits", note="", by=office)
    relations.withdraw(relation, reason="Nhầm", by=office)
    assert [t.outcome for t in ReviewTask.objects.all()] == ["fits"], "what was decided stays"


# --- pages ---


def test_row_1_the_plan_shows_each_basis_as_it_stood_and_flags_its_end(
    plan, city, sign_in, on_day
) -> None:
    on_day(2023, 7, 3)
    relate(known("34/2007/PL-UBTVQH11"), made("10/2022/QH15"), city.actor("noi-vu"))
    client = sign_in("phuong-1")
    page = client.get(f"/van-ban/{plan.pk}/").content.decode()
    assert "hiệu lực ngày 27/03/2023" in page, "the day of issue"
    assert "còn hiệu lực đến hết 30/06/2023" in page
    assert "căn cứ đã hết hiệu lực" in page
    page = client.get(f"/van-ban/{plan.pk}/", {"ngay": "01/07/2023"}).content.decode()
    assert "hết hiệu lực từ 01/07/2023" in page
    assert "căn cứ đã hết hiệu lực" not in page, "it had ended by then already"


def test_relation_page_says_what_is_wrong_and_keeps_what_was_typed(plan, city, sign_in) -> None:
    old, client = known("34/2007/PL-UBTVQH11"), sign_in("noi-vu")
    url = f"/van-ban/{old.pk}/quan-he/"
    told = {"kind": "replaces:in", "other": "10/2022/QH15", "effective_on": "01/7/2023",
            "source": "Điều 91", "confidence": "A"}  # fmt: skip
    answer = client.post(url, told)
    assert answer.status_code == 422
    assert "Sổ chưa có văn bản “10/2022/QH15”" in answer.content.decode()
    assert 'value="Điều 91"' in answer.content.decode()
    made("10/2022/QH15")
    assert client.post(url, told).status_code == 302
    relation = Relation.objects.get()
    assert (relation.target, relation.acting.code) == (old, "10/2022/QH15")
    answer = client.post(f"/van-ban/quan-he/{relation.pk}/rut/", {"reason": "Nhầm"})
    assert answer.status_code == 302
    page = client.get(f"/van-ban/{old.pk}/").content.decode()
    assert "đã rút" in page
    assert sign_in("phuong-1").get(url).status_code == 403


def test_review_pages_settle_and_cost_the_same(plan, city, sign_in, on_day) -> None:
    on_day(2023, 7, 3)
    client, office = sign_in("noi-vu"), city.actor("noi-vu")
    assert "Không có chỗ nào" in client.get("/van-ban/ra-soat/").content.decode()
    relate(known("34/2007/PL-UBTVQH11"), made("10/2022/QH15"), office)

    def counted() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/van-ban/ra-soat/").status_code == 200
        return len(found)

    before = counted()
    relate(known("34/2007/PL-UBTVQH11"), made("11/2022/QH15"), office, kind="amends")
    assert ReviewTask.objects.count() == 4
    assert counted() == before
    task = ReviewTask.objects.first()
    url = f"/van-ban/ra-soat/{task.pk}/"
    assert "Hãy chọn kết quả" in client.post(url).content.decode()
    assert client.post(url, {"outcome": "fits", "note": ""}).status_code == 302
    assert "vẫn phù hợp" in client.get(url).content.decode()
    assert sign_in("phuong-1").post(url, {"outcome": "fits"}).status_code in (302, 403)
