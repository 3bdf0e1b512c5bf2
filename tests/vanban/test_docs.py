"""Every page of docs/vanban is true: its code runs, prints what it says, and no module lacks one.

Blocks that begin with ">>>" are doctests; other ``python`` blocks are executed. All blocks of a
page share one namespace and run in a folder of their own.
"""

from __future__ import annotations

import doctest
import os
import re
from pathlib import Path

import pytest

import vanban

PAGES = Path(__file__).parents[2] / "docs" / "vanban"
PACKAGE = Path(vanban.__file__).parent
_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
#: Pages that are about no single module.
_ESSAYS = {"README", "tutorial", "fuzzing"}


def pages() -> list[Path]:
    return sorted(PAGES.glob("*.md"))


def modules() -> set[str]:
    found = {p.stem for p in PACKAGE.glob("*.py") if not p.stem.startswith("__")}
    return found | {p.parent.name for p in PACKAGE.glob("*/__init__.py")}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_the_code_of_a_page_runs_and_prints_what_it_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    names: dict[str, object] = {"__name__": page.stem}
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    parser = doctest.DocTestParser()
    for at, match in enumerate(_BLOCK.finditer(page.read_text(encoding="utf-8"))):
        code = match[1]
        if code.startswith(">>>"):
            test = parser.get_doctest(code, {}, f"{page.stem}[{at}]", str(page), 0)
            test.globs = names
            outcome = runner.run(test, clear_globs=False)
            assert outcome.failed == 0, f"{page.name}: block {at + 1}"
        else:
            exec(compile(code, f"{page.name}[{at}]", "exec"), names)
    assert os.getcwd() == str(tmp_path)


def test_every_module_has_a_page_with_an_example() -> None:
    without = {
        name
        for name in modules()
        if not (PAGES / f"{name}.md").exists()
        or not _BLOCK.search((PAGES / f"{name}.md").read_text(encoding="utf-8"))
    }
    assert without == set()


def test_every_page_is_about_a_module_that_exists_and_stands_in_the_index() -> None:
    index = (PAGES / "README.md").read_text(encoding="utf-8")
    for page in pages():
        assert page.stem in modules() | _ESSAYS
        assert page.stem == "README" or f"({page.name})" in index, page.name


def test_the_tutorial_takes_ten_lines() -> None:
    blocks = _BLOCK.findall((PAGES / "tutorial.md").read_text(encoding="utf-8"))
    (lines,) = [b.splitlines() for b in blocks if b.startswith("from vanban")]
    assert len([line for line in lines if line.strip()]) <= 10
