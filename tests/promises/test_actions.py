"""Every action leaves history and has been refused to somebody, with a reason."""

from __future__ import annotations

import pytest

from tests.conftest import CODES, EXERCISED, ROOT


def test_every_action_was_exercised(request: pytest.FixtureRequest) -> None:
    """Asked of the whole run: what the other tests did is gathered in conftest."""
    ran = {item.path for item in request.session.items}
    # These three exercise no action of their own: browser, documents alone, components.
    elsewhere = {"journeys", "vanban", "ui"}
    whole = {p for p in (ROOT / "tests").rglob("test_*.py") if not elsewhere & set(p.parts)}
    if not whole <= ran:
        pytest.skip("chỉ hỏi được khi chạy trọn bộ kiểm thử")
    from danvan.kernel.actions import REGISTRY

    assert REGISTRY
    assert set(REGISTRY) - EXERCISED["history"] == set()
    assert set(REGISTRY) - EXERCISED["refusal"] == set()


def test_history_shows_no_code() -> None:
    """Asked of what ran: a person reads "thẩm định" in the history, never "verifying"."""
    assert sorted(CODES) == []


def test_every_action_is_told_in_words() -> None:
    import importlib

    from danvan.kernel.actions import REGISTRY

    for path in (ROOT / "src" / "danvan").rglob("actions/*.py"):
        importlib.import_module(".".join(path.relative_to(ROOT / "src").with_suffix("").parts))
    for code, action in REGISTRY.items():
        assert str(action.says).strip(), code
        context, noun, verb = code.split(".")
        assert context in action.verb.__module__, code
        assert noun and verb, code
