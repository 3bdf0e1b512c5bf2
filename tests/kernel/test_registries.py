"""Codes kept at start-up and codes looked up in data stand in one registry."""

from __future__ import annotations

import pytest

from danvan.kernel import facts
from danvan.kernel.facts import Fact
from danvan.kernel.registries import Registry


def test_a_source_is_asked_each_time_and_only_for_its_prefix() -> None:
    rows, asked = {"rows.a": 1}, []

    def find(code: str | None) -> dict[str, int]:
        asked.append(code)
        return {k: v for k, v in rows.items() if code in (None, k)}

    held: Registry[int] = Registry()
    held["kept"] = 0
    held.source("rows.", find)
    assert (held["kept"], held["rows.a"], held.get("other.a")) == (0, 1, None)
    assert asked == ["rows.a"]
    rows["rows.b"] = 2
    assert "rows.b" in held
    assert "rows.c" not in held
    assert sorted(held) == ["kept", "rows.a", "rows.b"]
    asked.clear()
    assert sorted(held.values()) == [0, 1, 2]
    assert dict(held.items())["rows.b"] == 2
    assert asked == [None, None]
    held.clear()
    assert list(held) == ["rows.a", "rows.b"]


def test_a_fact_of_a_source_is_read_like_any_other(monkeypatch) -> None:
    fact = Fact("rows.due", "unit", "", "Có hạn", lambda units, period: dict.fromkeys(units))
    monkeypatch.setattr(facts.REGISTRY, "_sources", {})
    facts.source("rows.", lambda code: {"rows.due": fact} if code in (None, "rows.due") else {})
    assert facts.get("rows.due") is fact
    with pytest.raises(facts.UnknownFact, match=r"rows\.due"):
        facts.get("rows.du")
