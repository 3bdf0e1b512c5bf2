"""The frame without the rest of the product: own addresses, own navigation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

from danvan.kernel import links
from danvan.kernel.access import Actor
from danvan.ui import navigation


@pytest.fixture(autouse=True)
def _alone(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = "tests.ui.addresses"
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_introduce", None)
    monkeypatch.setattr(links, "_sources", defaultdict(dict))


@pytest.fixture
def huong() -> Actor:
    return Actor(7, "Nguyễn Thị Hương")


@pytest.fixture
def request_by(rf: RequestFactory, huong: Actor) -> Callable[..., HttpRequest]:
    """A request as the middleware would leave it."""

    def build(path: str = "/thanh-phan/", actor: Actor | None = huong) -> HttpRequest:
        request = rf.get(path)
        if actor is not None:
            request.actor = actor  # type: ignore[attr-defined]
        return request

    return build


@pytest.fixture
def draw() -> Callable[..., str]:
    """Renders a template given as text."""

    def render(source: str, request: HttpRequest | None = None, **context: Any) -> str:
        return engines["django"].from_string(source).render(context, request)

    return render
