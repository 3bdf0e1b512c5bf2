"""What import-linter cannot see: strings that name a context above one's own."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

SRC = ROOT / "src" / "danvan"
# Bottom up, as in docs/map.md and the contract in pyproject.toml.
FLOORS = [
    {"kernel"}, {"ui"}, {"accounts"}, {"organisations"}, {"documents"}, {"programmes"},
    {"assignments"}, {"vault"},
    {"chasing", "democracy", "indices", "petitions", "registers", "scoring", "study"},
    {"emulation"}, {"reports"}, {"desk", "oversight", "portal"}, {"demo"},
]  # fmt: skip
LAYERS = sorted(context for floor in FLOORS for context in floor)
URL_TAG = re.compile(r"""\{%\s*(?:url|act)\s+["'](\w+):""")
INCLUDE = re.compile(r"""\{%\s*(?:include|extends)\s+["'](\w+)/""")
# Any page may lead to the desk, the sign-in and the shell: they are how one moves about.
EVERYWHERE = {"ui", "desk", "accounts"}


def above(context: str) -> set[str]:
    """Every context on a higher floor, and its neighbours on its own."""
    floor = next(i for i, names in enumerate(FLOORS) if context in names)
    return set().union(*FLOORS[floor:]) - {context} - EVERYWHERE


def named_in_code(path: Path) -> set[str]:
    """Contexts named by a string foreign key ("scoring.Sheet") or reverse("scoring:sheet")."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        callee = getattr(node.func, "attr", getattr(node.func, "id", ""))
        for argument in node.args[:1]:
            if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                continue
            if callee in {"ForeignKey", "OneToOneField", "ManyToManyField", "get_model"}:
                found.add(argument.value.split(".")[0])
            if callee in {"reverse", "reverse_lazy", "redirect", "resolve_url"}:
                found.add(argument.value.split(":")[0])
    return found


@pytest.mark.parametrize("context", LAYERS)
def test_code_names_nothing_above_itself(context: str) -> None:
    for path in (SRC / context).rglob("*.py"):
        if "migrations" not in path.parts:
            assert not named_in_code(path) & above(context), path


@pytest.mark.parametrize("context", LAYERS)
def test_templates_name_nothing_above_themselves(context: str) -> None:
    for path in (SRC / context).rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        named = set(URL_TAG.findall(text)) | set(INCLUDE.findall(text))
        assert not named & above(context), path


@pytest.mark.parametrize("context", LAYERS)
def test_a_template_borrows_only_from_the_ui(context: str) -> None:
    for path in (SRC / context).rglob("*.html"):
        borrowed = set(INCLUDE.findall(path.read_text(encoding="utf-8")))
        assert borrowed <= {context, "ui"}, path


def test_the_order_here_is_the_order_of_the_contract() -> None:
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]
    floors = [set(names.split(" | ")) for names in contract["layers"]]
    assert floors == FLOORS[::-1]


def test_every_context_has_its_page() -> None:
    packages = {p.parent.name for p in SRC.glob("*/apps.py")}
    assert packages == set(LAYERS)
    for name in packages:
        assert (ROOT / "docs" / "contexts" / f"{name}.md").exists(), name
        assert f"`{name}`" in (ROOT / "docs" / "map.md").read_text(encoding="utf-8"), name
