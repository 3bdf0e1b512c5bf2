"""Row 70: a Vietnamese interface, search blind to diacritics, dates and numbers our way."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import formats

from danvan.documents.models import Document
from danvan.kernel import clock
from danvan.ui import written
from danvan.ui.fields import DayField
from tests.promises import world
from tests.promises.access_table import PERSONAS, TABLE

# Words a framework or a hurried hand leaves behind; Python's own names among them.
LEFT_BEHIND = re.compile(
    r"\b(Save|Submit|Search|Next|Previous|Delete|Error|Required|This field|Page|Login|Logout|"
    r"None|True|False|Decimal|datetime|gettext|Enter a|Select a|Choose|Upload)\b"
)
VISIBLE = re.compile(r"(?s)<(script|style|code|svg).*?</\1>|<[^>]+>")


@pytest.mark.parametrize("typed", ["phuong 1", "PHƯỜNG 1", "Phuong  1", "UBND phường 1"])
def test_row_70_a_unit_is_found_without_diacritics(city, sign_in, typed: str) -> None:
    page = sign_in("mat-tran").get("/to-chuc/", {"q": typed}).content.decode()
    assert "UBND Phường 1" in page
    assert "Phòng Tư pháp" not in page.split("<main", 1)[1]


@pytest.mark.parametrize("typed", ["phap lenh", "Pháp Lệnh", "34/2007", "dan chu o xa"])
def test_row_70_a_document_is_found_without_diacritics(city, sign_in, typed: str) -> None:
    for kind, code, subject in (
        ("Pháp lệnh", "34/2007/PL-UBTVQH11", "Thực hiện dân chủ ở xã, phường, thị trấn"),
        ("Nghị quyết", "76/NQ-CP", "Chương trình tổng thể cải cách hành chính"),
    ):
        Document.objects.create(origin="cited", type=kind, code=code, subject=subject)
    page = sign_in("mat-tran").get("/van-ban/", {"q": typed}).content.decode()
    page = re.sub(r"</?mark[^>]*>", "", page)  # the words found are marked in the list
    assert "34/2007/PL-UBTVQH11" in page
    assert "76/NQ-CP" not in page


def test_row_70_dates_and_numbers_are_read_and_written_our_way() -> None:
    assert DayField().clean("03/04/2023") == dt.date(2023, 4, 3)
    assert formats.date_format(dt.date(2023, 4, 3), "SHORT_DATE_FORMAT") == "03/04/2023"
    assert written.number(Decimal("1234.5")) == "1.234,5"
    with pytest.raises(ValidationError, match="31/02/2023"):
        DayField().clean("31/02/2023")


@pytest.mark.parametrize("who", ["phuong-1", "noi-vu", "thanh-tra"])
def test_row_70_no_page_has_a_foreign_word_left(city, sign_in, who: str) -> None:
    arguments, client, seen = world.build(city), sign_in(who), 0
    persona = {"phuong-1": "ward", "noi-vu": "programme_office", "thanh-tra": "inspectorate"}[who]
    with clock.set_to(dt.date(2023, 10, 19)):
        for route, (method, stated) in TABLE.items():
            if method != "get" or stated[PERSONAS.index(persona)] != 200:
                continue
            answer = client.get(reverse(route, kwargs=arguments.get(route, {})))
            if not answer.get("Content-Type", "").startswith("text/html"):
                continue
            page = answer.content.decode()
            assert '<html lang="vi"' in page, route
            found = LEFT_BEHIND.search(VISIBLE.sub(" ", page))
            assert found is None, f"{route}: {found and found.group()}"
            seen += 1
    assert seen > 20
