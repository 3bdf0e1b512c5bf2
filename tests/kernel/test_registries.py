"""Codes kept at start-up and codes looked up in data stand in one registry."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from danvan.kernel import facts
from danvan.kernel.facts import Fact
from danvan.kernel.registries import Registry


def test_a_source_is_asked_each_time_and_only_for_its_prefix() -> None:
    rows, asked = {"rows.a": 1}, []

    def find(codes: Collection[str] | None) -> dict[str, int]:
        asked.append(codes if codes is None else list(codes))
        return {k: v for k, v in rows.items() if codes is None or k in codes}

    held: Registry[int] = Registry()
    held["kept"] = 0
    held.source("rows.", find)
    assert (held["kept"], held["rows.a"], held.get("other.a")) == (0, 1, None)
    assert asked == [["rows.a"]]
    rows["rows.b"] = 2
    assert "rows.b" in held
    assert "rows.c" not in held
    assert sorted(held) == ["kept", "rows.a", "rows.b"]
    asked.clear()
    found = held.among(["rows.b", "kept", "rows.c", "other.a", "rows.a"])
    assert list(found.items()) == [("rows.b", 2), ("kept", 0), ("rows.a", 1)]
    assert asked == [["rows.b", "rows.c", "rows.a"]]
    asked.clear()
    assert held.among(["kept", "kept"]) == {"kept": 0} and asked == []
    assert sorted(held.values()) == [0, 1, 2]
    assert dict(held.items())["rows.b"] == 2
    assert asked == [None, None]
    held.clear()
    assert list(held) == ["rows.a", "rows.b"]


def test_a_fact_of_a_source_is_read_like_any_other(monkeypatch) -> None:
    fact = Fact("rows.due", "unit", "", "Có hạn", lambda units, period: dict.fromkeys(units))
    monkeypatch.setattr(facts.REGISTRY, "_sources", {})
    facts.source(
        "rows.", lambda codes: {"rows.due": fact} if "rows.due" in (codes or ["rows.due"]) else {}
    )
    assert facts.get("rows.due") is fact
    period = facts.Period.year(2023)
    assert facts.read(["rows.due"], [7], period) == {"rows.due": {7: None}}
    assert facts.read_known(["rows.du", "rows.due"], [7], period) == {"rows.due": {7: None}}
    with pytest.raises(facts.UnknownFact, match=r"rows\.du"):
        facts.read(["rows.du"], [7], period)
    with pytest.raises(facts.UnknownFact, match=r"rows\.due"):
        facts.get("rows.du")
