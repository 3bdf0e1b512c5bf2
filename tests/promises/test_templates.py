"""Promises about every template: what the CSP forbids is not there, nothing leaves the server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

SRC = ROOT / "src" / "danvan"
TEMPLATES = sorted(SRC.glob("*/templates/**/*.html"))
OWN_FILES = [*(SRC / "ui" / "assets").glob("*.*"), *SRC.glob("*/static/**/*.*")]
ASSETS = sorted(p for p in OWN_FILES if p.suffix in (".css", ".js") and "build" not in p.parts)
TAGS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)


def ids(path: Path) -> str:
    return str(path.relative_to(SRC))


def html(path: Path) -> str:
    """The template without its tags: {% act … style="danger" %} is not an attribute."""
    return TAGS.sub("", path.read_text(encoding="utf-8"))


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 30


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_no_inline_style_or_handler(path: Path) -> None:
    assert not re.findall(r"[\s\"']style\s*=", html(path))
    assert not re.findall(r"[\s\"']on[a-z]+\s*=", html(path))
    assert "<style" not in html(path)
    assert "javascript:" not in html(path)


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_scripts_are_files(path: Path) -> None:
    for opening in re.findall(r"<script\b[^>]*>", html(path)):
        assert "src=" in opening, opening


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_nothing_is_fetched_from_elsewhere(path: Path) -> None:
    """A link a person may follow is no request; whatever the browser loads by itself is."""
    text = html(path)
    assert not re.findall(r"(?:src|srcset|poster|data)\s*=\s*[\"']?\s*(?:https?:)?//", text)
    assert not re.findall(r"<(?:link|base)\b[^>]*(?:https?:)?//", text)
    assert not re.findall(r"url\(\s*[\"']?(?:https?:)?//", text)


@pytest.mark.parametrize("path", ASSETS, ids=ids)
def test_our_assets_fetch_nothing_from_elsewhere(path: Path) -> None:
    assert not re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_every_posting_form_carries_its_token(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for form in re.findall(r"<form\b.*?</form>", text, re.S):
        if re.search(r"method\s*=\s*[\"']?post", form.split(">")[0], re.I):
            assert "{% csrf_token %}" in form, form[:120]


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_nothing_is_marked_safe(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"\|\s*safe\b|autoescape\s+off", text)
