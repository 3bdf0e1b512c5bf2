"""What the public addresses point at, from what the contexts beneath already have."""

from __future__ import annotations

from typing import Any

from danvan.democracy.models import SurveyUnit


def arguments(built: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Address name → arguments."""
    told = {name: built[f"democracy:{name}"] for name in (
        "disclosure", "disclosure_file", "consultation", "dialogue")}  # fmt: skip
    asked = SurveyUnit.objects.order_by("pk").first()
    return {
        **{f"portal:{name}": found for name, found in told.items()},
        "portal:ranking": built["scoring:published"],
        "portal:survey": {"code": asked.code if asked else "khong"},
        "portal:table": {"name": "xep-loai"},
    }
