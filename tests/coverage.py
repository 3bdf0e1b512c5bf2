"""Branch coverage of the two contexts everything rests on: ``python -m tests.coverage``.

Each context is measured by its own tests alone: what another context happens to run proves
nothing of it. The kernel speaks to both databases, so its tests run on both. Exit code 1 when
one falls under FLOOR. ``python -m tests.coverage kernel`` takes one of them; lines never run
and branches never taken are listed by file.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

FLOOR = 100  # percent of lines and branches together
# Context → its tests.
OWN = {"kernel": ["tests/kernel"], "scoring": ["tests/scoring"]}
SERVER = [sys.executable, "-m", "tests.postgres"]
TOOL = [sys.executable, "-m", "coverage"]


def measured(context: str) -> bool:
    """Runs the context's tests under the tracer and prints its report; whether it holds.

    The report is printed also when a test fails; the answer is then no.
    """
    run = [*TOOL, "run", "--parallel-mode", f"--source=src/danvan/{context}", "-m", "pytest"]
    tests = [*OWN[context], "--no-migrations", "-m", "not browser"]
    with tempfile.TemporaryDirectory() as folder:
        told = {**os.environ, "COVERAGE_FILE": os.path.join(folder, "coverage")}
        steps = [
            [*run, *tests],
            [*TOOL, "combine", "-q"],
            [*TOOL, "report", f"--fail-under={FLOOR}"],
        ]
        if context == "kernel":
            steps.insert(0, [*SERVER, *run, *tests])
        return not any([subprocess.call(step, env=told) for step in steps])


def main() -> int:
    asked = [c for c in OWN if c in sys.argv[1:]] or list(OWN)
    return int(not all([measured(context) for context in asked]))


if __name__ == "__main__":
    sys.exit(main())
