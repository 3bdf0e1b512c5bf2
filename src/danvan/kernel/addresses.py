"""Addresses of many rows of one kind."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

# Digits alone satisfy both kinds of converters the product uses, <int:…> and <slug:…>.
_KEY = "98765432109"


def of_each(name: str) -> Callable[[int | str], str]:
    """Key → address of the page ``name``, which takes one number or slug.

    ``reverse`` is asked once and the key set into its answer: a figure of ten thousand units
    that leads to ten thousand pages spends its time on the figure. NoReverseMatch as there.
    """
    before, after = reverse(name, args=[_KEY]).rsplit(_KEY, 1)
    return lambda key: f"{before}{key}{after}"
