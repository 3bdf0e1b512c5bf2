"""The gallery shows everything that exists, so that rendering it is a test of all parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from django.http import HttpRequest

from danvan.ui import views
from danvan.ui.templatetags.ui import register
from tests.conftest import ROOT

UI = ROOT / "src" / "danvan" / "ui"
By = Callable[..., HttpRequest]


def sources() -> str:
    folder = UI / "templates" / "ui"
    paths: list[Path] = [folder / "gallery.html", *(folder / "gallery").glob("*.html")]
    return "\n".join(p.read_text(encoding="utf-8") for p in paths)


def test_it_renders_with_one_first_heading(request_by: By) -> None:
    shown = views.gallery(request_by()).content.decode()
    assert shown.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', shown)
    assert sorted(ids) == sorted(set(ids))
    assert not re.findall(r"\sstyle=|\son[a-z]+=", shown)


def test_it_is_not_shaken_by_a_silly_address(request_by: By) -> None:
    assert views.gallery(request_by("/thanh-phan/?trang=abc")).status_code == 200


def test_it_shows_every_tag() -> None:
    text = sources()
    # "field" and "form_errors" are drawn by "fields"; "icon" by nearly all.
    for name in set(register.tags) - {"form_errors"}:
        assert re.search(r"\{% " + name + r"\b", text), name


def test_the_readme_tells_every_tag_and_filter() -> None:
    readme = (UI / "README.md").read_text(encoding="utf-8")
    for name in register.tags:
        assert "{% " + name in readme, name
    for name in register.filters:
        assert "|" + name in readme, name
