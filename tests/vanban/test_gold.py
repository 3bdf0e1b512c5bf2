"""The figures reached on the labelled documents are a floor: a fall fails."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from tests.vanban.shared_files import GOLD, needs_gold
from vanban import compile_text
from vanban.schema import as_gold

pytestmark = needs_gold

#: Pooled F1 over the five labelled documents, as reached.
FLOOR = {
    "header": 1.0,
    "recipients": 1.0,
    "sections": 1.0,
    "citations": 1.0,
    "deadlines": 1.0,
    "targets": 1.0,
    "assignments": 1.0,
}


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    folder = tmp_path_factory.mktemp("predictions")
    for path in sorted((GOLD / "text").glob("*.txt")):
        prediction = as_gold(compile_text(path.read_text(encoding="utf-8")))
        (folder / f"{path.stem}.json").write_text(
            json.dumps(prediction, ensure_ascii=False), encoding="utf-8"
        )
    module = scorer()
    summary: dict[str, dict[str, object]] = module.summary(
        module.score_dir(str(folder), str(GOLD / "labels"))
    )
    return summary


@pytest.mark.parametrize("kind", FLOOR)
def test_pooled_f1(kind: str, result: dict[str, dict[str, object]]) -> None:
    micro = result[kind]["micro"]
    assert isinstance(micro, (list, tuple))
    assert micro[2] >= FLOOR[kind] - 1e-9


@pytest.mark.parametrize(
    "path", sorted((GOLD / "unlabelled").glob("*.txt")), ids=lambda p: Path(p).stem
)
def test_every_other_real_document_yields_a_header_and_a_tree(path: Path) -> None:
    document = compile_text(path.read_text(encoding="utf-8"))
    assert document.header.symbol
    assert document.header.type
    assert document.header.subject
    assert document.header.issuer
    assert document.provisions
