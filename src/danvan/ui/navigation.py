"""The navigation is a registry: each context adds its own entry in ``AppConfig.ready()``.

    navigation.add("desk", _("Bàn làm việc"), "desk:home", "home", 10)

An entry whose ``may`` says no is not shown. Visitors who are not signed in see none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core import checks
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from danvan.kernel.access import Actor

# Headings of the sidebar; entries of a group have orders next to one another.
PROGRAMME, PEOPLE = _("Chương trình"), _("Học tập, phong trào")
CITIZENS, OFFICE = _("Người dân"), _("Hồ sơ chung")


def everyone(actor: Actor) -> bool:
    """The default rule of an entry: any signed-in person."""
    return actor.id is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the sidebar. ``group`` is the small heading it stands under."""

    code: str
    label: Any
    url_name: str
    icon: str
    order: int
    may: Callable[[Actor], Any] = everyone
    group: Any = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as shown on one page. ``opens_group`` is set on the first of a group."""

    code: str
    label: str
    url: str
    icon: str
    active: bool
    group: str = ""
    opens_group: bool = False


@dataclass(frozen=True, slots=True)
class Introduction:
    """How the topbar introduces the person: for which unit, in which role (plain text)."""

    unit: str = ""
    role: str = ""


_entries: dict[str, Entry] = {}
_introduce: Callable[[HttpRequest], Introduction] | None = None


def add(
    code: str,
    label: Any,
    url_name: str,
    icon: str,
    order: int,
    may: Callable[[Actor], Any] = everyone,
    group: Any = "",
) -> Entry:
    """Adds an entry; the same code again replaces it (``ready`` may run twice in tests)."""
    _entries[code] = Entry(code, label, url_name, icon, order, may, group)
    return _entries[code]


def introduce(by: Callable[[HttpRequest], Introduction]) -> None:
    """Says who knows the unit and role of the person signed in (called once per page)."""
    global _introduce
    _introduce = by


def introduction(request: HttpRequest) -> Introduction:
    """The unit and role to show; empty when nobody registered to say."""
    return _introduce(request) if _introduce else Introduction()


def entries() -> list[Entry]:
    """All entries in the order of the sidebar."""
    return sorted(_entries.values(), key=lambda e: (e.order, e.code))


def items(request: HttpRequest, actor: Actor) -> list[Item]:
    """What this person sees, with the entry of the current page marked."""
    shown: list[Item] = []
    allowed = [e for e in entries() if e.may(actor)]
    active, group = _active(request, allowed), ""
    for entry in allowed:
        try:
            url = reverse(entry.url_name)
        except NoReverseMatch:
            # ``check`` reports it at start-up; a page must not fall over for it.
            continue
        label, heading = str(entry.label), str(entry.group)
        shown.append(
            Item(
                entry.code,
                label,
                url,
                entry.icon,
                entry.code == active,
                heading,
                heading != group and bool(heading),
            )
        )
        group = heading
    return shown


def _active(request: HttpRequest, among: Sequence[Entry]) -> str:
    """The code of the entry this page belongs to: the exact page first, then its namespace.

    Of several in one namespace, the one whose address this page's begins with at most length.
    """
    match = request.resolver_match
    if match is None:
        return ""
    for entry in among:
        if entry.url_name == match.view_name:
            return entry.code
    own = [e for e in among if e.url_name.rpartition(":")[0] == (match.namespace or None)]
    above = [(len(url), e.code) for e in own if request.path.startswith(url := _address(e))]
    return max(above)[1] if above else own[0].code if own else ""


def _address(entry: Entry) -> str:
    """Its own address; one that begins nothing where ``check`` reports that it has none."""
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return " "


def back(request: HttpRequest) -> str:
    """The page the person came from, if it is one of ours; else nothing."""
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        referer, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return referer if ours else ""


def check(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Every entry must lead somewhere and have an icon that exists."""
    from danvan.ui.icons import exists

    found: list[checks.CheckMessage] = []
    for entry in entries():
        try:
            reverse(entry.url_name)
        except NoReverseMatch:
            found.append(
                checks.Error(
                    f"Navigation entry {entry.code!r} names no page: {entry.url_name!r}.",
                    id="ui.E001",
                )
            )
        if not exists(entry.icon):
            found.append(
                checks.Error(
                    f"Navigation entry {entry.code!r} names no icon: {entry.icon!r}.",
                    id="ui.E002",
                )
            )
    return found
