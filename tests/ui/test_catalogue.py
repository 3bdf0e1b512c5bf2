"""Our Vietnamese wording of Django's own sentences."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django import forms
from django.core.paginator import Paginator
from django.utils import translation
from django.utils.translation import trans_real

from tests.conftest import ROOT

OURS = ROOT / "src" / "danvan" / "ui" / "locale"
PO = OURS / "vi" / "LC_MESSAGES" / "django.po"
DJANGO = Path(django.__file__).parent
APPS = ("conf", "contrib/auth", "contrib/contenttypes")
# Not for people who use the product: names of languages, the page of a fresh installation.
SHOWN_TO_NOBODY = re.compile(
    r"^(Algerian Arabic|Central Kurdish|Lower Sorbian|Upper Sorbian|Colombian Spanish|Scottish"
    r"|Haitian|Armenian|Igbo|Kabyle|Kyrgyz|Malay|Norwegian|Tajik|Turkmen|Uyghur|Uzbek"
    r"|The install worked|View <a|You are seeing this page|Django |Topics, |Tutorial:|Get started"
    r"|Connect, get help)"
)


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="vi")


def test_the_catalogue_is_sound() -> None:
    catalogue = read(PO)
    assert not list(catalogue.check())
    for message in catalogue:
        assert message.string, message.id
        if message.id:
            names = [
                set(re.findall(r"%\(\w+\)[sdr]", str(x))) for x in (message.id, message.string)
            ]
            assert names[0] == names[1], message.id


def test_every_entry_is_a_sentence_of_django() -> None:
    theirs = {
        (m.context, m.id)
        for app in APPS
        for m in read(DJANGO / app / "locale/en/LC_MESSAGES/django.po")
    }
    assert [m.id for m in read(PO) if m.id and (m.context, m.id) not in theirs] == []


def test_nothing_a_person_meets_stays_english() -> None:
    ours = {(m.context, m.id) for m in read(PO)}
    for app in APPS:
        vietnamese = read(DJANGO / app / "locale/vi/LC_MESSAGES/django.po")
        for message in read(DJANGO / app / "locale/en/LC_MESSAGES/django.po"):
            first = message.id if isinstance(message.id, str) else message.id[0]
            if not first or SHOWN_TO_NOBODY.match(first):
                continue
            there = vietnamese.get(message.id, message.context)
            done = there is not None and there.string and all(there.string)
            assert done or (message.context, message.id) in ours, message.id


@pytest.fixture
def compiled(tmp_path: Path, settings: Any) -> Iterator[None]:
    """Our catalogue as ./run compiles it, in a folder of its own."""
    folder = tmp_path / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_bytes(PO.read_bytes())
    command = [sys.executable, "-m", "babel.messages.frontend", "compile", "-D", "django"]
    subprocess.run([*command, "-d", str(tmp_path)], check=True, capture_output=True)
    settings.LOCALE_PATHS = [tmp_path]
    trans_real._translations.clear()
    with translation.override("vi"):
        yield
    trans_real._translations.clear()


@pytest.mark.usefixtures("compiled")
def test_it_wins_over_djangos() -> None:
    class Form(forms.Form):
        name = forms.CharField(max_length=3)
        code = forms.UUIDField()

    errors = Form({"name": "", "code": "x"}).errors
    assert errors["name"] == ["Mục này bắt buộc phải nhập."]
    assert errors["code"] == ["Mã UUID không hợp lệ."]
    assert Form({"name": "abcd"}).errors["name"] == ["Tối đa 3 ký tự (hiện có 4)."]
    with pytest.raises(Exception, match="Trang này không có kết quả nào"):
        Paginator([], 5).page(2)
