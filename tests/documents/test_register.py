"""Row 2: the instruments of the seed with their validity in time."""

from __future__ import annotations

import datetime as dt

import pytest

from danvan.documents import queries
from danvan.documents.actions import register
from danvan.documents.models import Document, Relation
from danvan.kernel import audit
from danvan.kernel.access import SYSTEM, Refused
from danvan.kernel.models import Refusal

pytestmark = pytest.mark.django_db
PLAN_DAY, LAST, FIRST = dt.date(2023, 3, 27), dt.date(2023, 6, 30), dt.date(2023, 7, 1)
# The 24 instruments the seed cites and four that changed or explain them.
KNOWN = 28


def test_row_02_the_ordinance_gives_way_to_the_law() -> None:
    register.load_instruments(by=SYSTEM)
    old = queries.known("34/2007/PL-UBTVQH11", None)
    law = queries.known("10/2022/QH15", None)
    assert old.replaced_by == law
    assert [old.in_force_on(day) for day in (PLAN_DAY, LAST, FIRST)] == [True, True, False]
    assert [law.in_force_on(day) for day in (PLAN_DAY, LAST, FIRST)] == [False, False, True]
    assert "law.md §0" in old.validity_source
    assert "tin cậy B" in queries.known("04/2015/NĐ-CP", None).validity_source


def test_loading_again_changes_nothing() -> None:
    assert register.load_instruments(by=SYSTEM) == KNOWN
    assert register.load_instruments(by=SYSTEM) == 0
    assert Document.objects.count() == KNOWN
    assert Relation.objects.count() == 6


def test_a_document_known_by_citation_is_completed_not_doubled() -> None:
    cited = Document.objects.create(
        origin="cited", type="Pháp lệnh", code="34/2007/PL-UBTVQH11",
        issued_on=dt.date(2007, 4, 20), issuer_name="Uỷ ban Thường vụ Quốc hội (khóa XI)",
    )  # fmt: skip
    by_name = Document.objects.create(
        origin="cited", type="Luật", subject="Luật Thực hiện dân chủ ở cơ sở"
    )
    register.load_instruments(by=SYSTEM)
    cited.refresh_from_db()
    by_name.refresh_from_db()
    assert cited.in_force_to == LAST
    assert cited.issuer_name == "Uỷ ban Thường vụ Quốc hội (khóa XI)", "as written stays"
    assert by_name.code == "10/2022/QH15"
    assert cited.replaced_by == by_name
    assert Document.objects.count() == KNOWN


@pytest.mark.parametrize("written", ["Số: 49 /KH-UBND", "49/kh-ubnd", "049/KH-UBND"])
def test_a_symbol_is_known_however_it_is_spelt(written: str) -> None:
    plan = Document.objects.create(
        origin="received", type="Kế hoạch", code="49/KH-UBND", issued_on=PLAN_DAY
    )
    assert queries.known(written, PLAN_DAY) == plan
    assert queries.known(written, dt.date(2024, 3, 27)) is None


def test_nothing_known_of_validity_is_said_to_be_unknown() -> None:
    plain = Document(type="Kế hoạch", code="1/KH-UBND", issued_on=PLAN_DAY)
    assert plain.in_force_on(FIRST) is None
    assert plain.in_force_on(dt.date(2023, 1, 1)) is False


def test_the_register_is_kept_by_the_offices(city) -> None:
    with pytest.raises(Refused, match="mới cập nhật văn bản"):
        register.load_instruments(by=city.actor("phuong-1"))
    assert Refusal.objects.get().action == "documents.instruments.import"
    assert not Document.objects.exists()
    assert register.load_instruments(by=city.actor("noi-vu")) == KNOWN
    old = queries.known("04/2015/NĐ-CP", None)
    told = {line.says for line in audit.of(old)}
    assert told == {"cập nhật hiệu lực văn bản", "ghi quan hệ giữa các văn bản"}
