"""Habits turned into tests about the repository itself."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

SRC = ROOT / "src"
SOURCES = [p for p in SRC.rglob("*.py") if "migrations" not in p.parts]
FORBIDDEN_MODULES = {"utils", "util", "helpers", "helper", "common", "misc"}
FORBIDDEN_ENDINGS = ("Manager", "Helper", "Util", "Utils", "Service")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def tracked() -> list[Path]:
    """Files git knows or would add; a copy without git falls back to the folder."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout.split("\n")  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git here")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def test_names_say_what_a_thing_is() -> None:
    for path in SOURCES:
        assert path.stem not in FORBIDDEN_MODULES, path
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                assert not node.name.endswith(FORBIDDEN_ENDINGS), f"{path}: {node.name}"


@pytest.mark.parametrize("part", ["views", "forms"])
def test_views_and_forms_write_nothing(part: str) -> None:
    """A change is a verb: no save, create or delete outside actions."""
    writes = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create",
              "update_or_create"}  # fmt: skip
    seen = 0
    for path in (SRC / "danvan").rglob("*.py"):
        if path.stem != part and part not in path.parent.parts[-1:]:
            continue
        seen += 1
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in writes, f"{path}:{node.lineno}"
    assert seen


def test_no_signals() -> None:
    for path in SOURCES:
        assert "django.db.models.signals" not in path.read_text(encoding="utf-8"), path


def test_only_the_clock_asks_the_time() -> None:
    asking = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|time\.localtime\(")
    for path in (SRC / "danvan").rglob("*.py"):
        if path.name != "clock.py":
            assert not asking.search(path.read_text(encoding="utf-8")), path


def test_money_and_points_are_never_floats() -> None:
    for path in (SRC / "danvan").rglob("models*/**/*.py"):
        assert "FloatField" not in path.read_text(encoding="utf-8"), path


def test_public_functions_of_the_kernel_are_explained() -> None:
    for path in (SRC / "danvan" / "kernel").glob("*.py"):
        for node in tree(path).body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"
            if public and node.name not in {"KernelConfig", "State"}:
                assert ast.get_docstring(node), f"{path}: {node.name}"


def test_no_machine_path_and_no_left_over_marker() -> None:
    # Written in two halves, so that this file does not find itself.
    marks = re.compile(r"/(?:home/\w+/|work/\w)|TO" + "DO|FIX" + "ME|NotImplemented" + "Error")
    for path in tracked():
        if path.suffix in {".py", ".html", ".md", ".toml", ".css", ".js", ".mjs", ".csv"}:
            assert not marks.search(path.read_text(encoding="utf-8", errors="ignore")), path


def test_no_lock_file_names_a_registry() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_every_dependency_has_its_line() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    for requirement in wanted:
        name = re.split(r"[\[~=<>;]", requirement)[0].strip().lower()
        assert f"`{name}`" in told, name


def test_links_in_the_docs_lead_somewhere() -> None:
    link = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in link.findall(page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page}: {target}"
