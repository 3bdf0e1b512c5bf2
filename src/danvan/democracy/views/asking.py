"""What the pages of dialogue, supervision, opinions, checks and surveys share: their verbs.

A page lists what can be done to its record as ``Work``s. Each becomes a panel with its form
(or the reason why not); what is sent names the work (``viec``) and runs it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from danvan.kernel.access import Decision, demand


@dataclass(frozen=True, slots=True)
class Work:
    """One verb of a page: ``do`` gets the cleaned values; ``said`` is told after it."""

    code: str
    title: Any
    button: Any
    may: Decision
    form: Callable[..., forms.Form]
    do: Callable[[dict[str, Any]], Any]
    said: Any
    icon: str = "pencil-square"
    style: str = "primary"


@dataclass(frozen=True, slots=True)
class Panel:
    """A work as the page shows it. ``open``: what was sent and has to be corrected."""

    work: Work
    form: forms.Form
    open: bool = False

    @property
    def multipart(self) -> bool:
        return self.form.is_multipart()


def serve(
    request: HttpRequest, works: Sequence[Work]
) -> tuple[list[Panel], HttpResponse | None, int]:
    """Panels of the works to show, or the answer after one was done; and the status.

    A work that is refused stays out of view unless the refusal tells something (``done``); one
    that is sent all the same is refused with its reason. Raises Http404 for an unknown one.
    """
    sent = request.POST.get("viec", "") if request.method == "POST" else None
    known = {work.code: work for work in works}
    if sent is not None and sent not in known:
        raise Http404
    panels, status = [], 200
    for work in works:
        if sent != work.code:
            panels.append(Panel(work, work.form(prefix=work.code)))
            continue
        demand(work.may)
        form = work.form(request.POST, request.FILES, prefix=work.code)
        if form.is_valid():
            work.do(form.cleaned_data)
            messages.success(request, work.said)
            return [], redirect(request.get_full_path()), 302
        panels.append(Panel(work, form, open=True))
        status = 422
    return [panel for panel in panels if panel.work.may], None, status


def number_asked(request: HttpRequest, name: str) -> int | None:
    """A whole number of the address, else None."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
