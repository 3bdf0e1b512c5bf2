"""Addresses of many rows of one kind, and whom the pages behind figures open to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, reverse

from danvan.kernel.access import Actor

# Digits alone satisfy both kinds of converters the product uses, <int:…> and <slug:…>.
_KEY = "98765432109"


def of_each(name: str) -> Callable[[int | str], str]:
    """Key → address of the page ``name``, which takes one number or slug.

    ``reverse`` is asked once and the key set into its answer: a figure of ten thousand units
    that leads to ten thousand pages spends its time on the figure. NoReverseMatch as there.
    """
    before, after = reverse(name, args=[_KEY]).rsplit(_KEY, 1)
    return lambda key: f"{before}{key}{after}"


_OPENS: dict[str, Callable[[Actor], Any]] = {}


def opens(name: str, may: Callable[[Actor], Any]) -> None:
    """The page ``name`` refuses everybody for whom ``may`` does not hold: a figure that stands
    before them leads nobody else there."""
    _OPENS[name] = may


def open_to(actor: Actor, url: str) -> bool:
    """Whether a link to this local address may be shown to ``actor``; asks what ``opens`` told."""
    try:
        may = _OPENS.get(resolve(urlsplit(url).path).view_name)
    except Resolver404:
        return True
    return may is None or bool(may(actor))
