"""Finds a Chromium: the system's, else the one npm brought."""

from __future__ import annotations

import os
import shutil
import subprocess

from tests.conftest import ROOT

CACHE = ROOT / ".cache" / "chromium"
UNPACK = (
    "import('@sparticuz/chromium').then(async m => console.log(await m.default.executablePath()))"
)


def find() -> tuple[str, dict[str, str]] | None:
    """The executable and the environment it needs, or None where there is neither."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found, {}
    node = shutil.which("node", path=f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}")
    if node is None or not (ROOT / "node_modules" / "@sparticuz").exists():
        return None
    CACHE.mkdir(parents=True, exist_ok=True)
    # The package unpacks into TMPDIR and brings the NSS libraries only where it believes
    # to be on a bare machine; both are said by the environment.
    env = {**os.environ, "TMPDIR": str(CACHE), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs24.x"}
    unpacked = subprocess.run(
        [node, "-e", UNPACK], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    libraries = f"{CACHE / 'al2023' / 'lib'}:{os.environ.get('LD_LIBRARY_PATH', '')}"
    return unpacked.stdout.strip(), {"LD_LIBRARY_PATH": libraries}
