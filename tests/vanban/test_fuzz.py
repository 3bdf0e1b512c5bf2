"""A short, seeded run of the fuzzer on each reader; ten minutes each are run by hand."""

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
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=120,
        env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing found" in done.stdout
