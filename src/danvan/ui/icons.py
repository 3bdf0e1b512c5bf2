"""Heroicons (outline) as inline SVG, drawn once and kept: a matrix repeats few icons often."""

from __future__ import annotations

from functools import lru_cache

from django.utils.safestring import SafeString
from heroicons import IconDoesNotExist
from heroicons.templatetags.heroicons import heroicon_outline


@lru_cache(maxsize=512)
def draw(name: str, size: int = 20, extra: str = "") -> SafeString:
    """The icon as SVG, hidden from screen readers: a word must stand beside it."""
    classes = f"ico {extra}".strip()
    svg = heroicon_outline(
        str(name), size=size, aria_hidden="true", focusable="false", **{"class": classes}
    )
    return SafeString(svg)


def exists(name: str) -> bool:
    """Whether there is an icon of that name."""
    try:
        draw(name)
    except IconDoesNotExist:
        return False
    return True
