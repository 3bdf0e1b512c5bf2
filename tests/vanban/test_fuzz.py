"""Each reader is fuzzed for a few seconds; ten minutes are run by hand (docs/vanban/fuzzing.md)."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.vanban.fuzz.__main__ import NAMES


@pytest.mark.parametrize("reader", NAMES)
def test_a_few_seconds_of_fuzzing_find_nothing(reader: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.vanban.fuzz", reader, "--seconds", "3", "--seed", "7"],
        capture_output=True, text=True, cwd=ROOT, timeout=120,
        env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 findings" in done.stdout
