"""``python -m vanban``."""

from __future__ import annotations

from vanban.cli import run

if __name__ == "__main__":
    raise SystemExit(run())
