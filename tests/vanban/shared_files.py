"""Where the shared files lie: $DANVAN_SHARED, or ``shared`` beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("DANVAN_SHARED") or Path(__file__).resolve().parents[3] / "shared")
SEED = SHARED / "seed" / "ke-hoach-49.txt"
GOLD = SHARED / "gold"

needs_seed = pytest.mark.skipif(not SEED.is_file(), reason=f"không có văn bản gốc {SEED}")
needs_gold = pytest.mark.skipif(
    not (GOLD / "score.py").is_file(), reason=f"không có bộ nhãn {GOLD}"
)
