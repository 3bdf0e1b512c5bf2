"""History: what was done; the log of what was refused; whether the chain holds."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from danvan.desk import queries, rules, words
from danvan.desk.actions.history import verify as walk
from danvan.desk.forms import HistoryForm, SpanForm
from danvan.kernel import actions, audit, clock
from danvan.kernel.access import Refused
from danvan.kernel.models import Entry, Refusal
from danvan.organisations import queries as organisations

PER_PAGE = 30
# As many characters as a line of the table takes twice over.
SHORT = 140


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    visible = queries.visible_to(actor)
    form = HistoryForm(queries.acts(visible), request.GET)
    lines = queries.between(visible, form.given("tu"), form.given("den"))
    if act := form.given("viec"):
        lines = lines.filter(action=act)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("trang"))
    names = organisations.names_on(clock.today(), {e.concerns for e in page if e.concerns})
    context = {
        "form": form,
        "page": page,
        "lines": [(e, *_told(e), names.get(e.concerns or 0, "")) for e in page],
        "filtered": any(request.GET.get(name) for name in ("viec", "tu", "den")),
        "verified": queries.last_verification(),
        "may_verify": rules.may_verify(actor),
        "may_read_refusals": rules.may_read_refusals(actor),
    }
    return render(request, "desk/history.html", context)


def _told(line: Entry) -> tuple[bool, dict[str, list[Any]]]:
    """Whether the line is as it was written, and what it changed, in words: what is long as
    (what, all of it), to be unfolded."""
    told = words.changes(line.facts, line.subject_type)
    changes: dict[str, list[Any]] = {
        "short": [each for each in told if len(each) <= SHORT],
        "long": [(each.partition(": ")[0], each) for each in told if len(each) > SHORT],
    }
    return audit.digest(line) == line.hash, changes


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    found = walk(by=request.actor)  # type: ignore[attr-defined]
    if found:
        messages.error(request, _("Chuỗi nhật ký bị đứt: %(first)s") % {"first": found[0]})
    else:
        messages.success(request, _("Chuỗi nhật ký nguyên vẹn."))
    return redirect("desk:history")


@require_safe
def refusals(request: HttpRequest) -> HttpResponse:
    decision = rules.may_read_refusals(request.actor)  # type: ignore[attr-defined]
    if not decision:
        raise Refused(decision)
    form = SpanForm(request.GET)
    rows = queries.between(Refusal.objects.all(), form.given("tu"), form.given("den"))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    for row in page:
        known = actions.REGISTRY.get(row.action)
        row.says = known.says if known else row.action  # type: ignore[attr-defined]
    return render(request, "desk/refusals.html", {"form": form, "page": page})
