"""Democracy inside agencies: every unit at a glance, one unit, its checklist."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from danvan.democracy.actions import boards, checks
from danvan.democracy.forms import checks as forms
from danvan.democracy.models import Board, CheckItem, Regulation, StaffConference
from danvan.democracy.queries import checks as queries
from danvan.democracy.rules import checks as rules
from danvan.democracy.views.asking import Work, number_asked, serve
from danvan.documents import downloads
from danvan.kernel import audit, clock
from danvan.kernel.access import Actor, actor_of, demand
from danvan.organisations.models import Unit

Kind = Regulation.Kind


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Units in view × what democracy inside them asks: a constant number of queries."""
    actor, form = actor_of(request), forms.YearForm.of(request.GET)
    year, asked = form.year(), number_asked(request, "don_vi")
    units = queries.units_visible_to(actor, clock.today())
    shown = [(pk, name) for pk, name in units if asked in (None, pk)]
    context = {
        "year": year, "form": form, "asked": asked,
        "rows": _rows(shown, year), "items": bool(queries.items_of(year)),
    }  # fmt: skip
    return render(request, "democracy/check_units.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: regulations, conferences, boards; whoever keeps them writes here."""
    actor = actor_of(request)
    found, name = _unit(actor, pk)
    panels, answer, status = serve(request, _works(found, actor))
    if answer:
        return answer
    year = clock.today().year
    commune = bool(queries.communes_on([found.pk], clock.today()))
    held = found.democracy_boards.prefetch_related("checks")
    context = {
        "unit": found, "name": name, "year": year, "panels": panels,
        "progress": queries.progress([found.pk], year)[found.pk],
        "regulations": found.democracy_regulations.all(),
        "conferences": [(c, queries.doubts_of_conference(c))
                        for c in found.staff_conferences.all()],
        "boards": [(b, queries.doubts_of_board(b, commune)) for b in held],
        "today": clock.today(), "may": rules.may_keep(actor, found),
    }  # fmt: skip
    return render(request, "democracy/check_unit.html", context, status=status)


@require_safe
def checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """The items of a year with the unit's answers and where each comes from."""
    actor = actor_of(request)
    found, name = _unit(actor, pk)
    form = forms.YearForm.of(request.GET)
    year = form.year()
    context = {
        "unit": found, "name": name, "year": year, "form": form,
        "lines": queries.checklist(found, year),
        "progress": queries.progress([found.pk], year)[found.pk],
        "may": rules.may_keep(actor, found),
    }  # fmt: skip
    return render(request, "democracy/checklist.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, pk: int, item: int, year: int) -> HttpResponse:
    """Answering one item; the next unanswered one comes after it."""
    actor = actor_of(request)
    found, name = _unit(actor, pk)
    lines = queries.checklist(found, year)
    line = next((one for one in lines if one.item.pk == item), None)
    if line is None:
        raise Http404
    form = forms.AnswerForm(request.POST or None, request.FILES or None, known=line.answer)
    if request.method == "POST":
        demand(rules.may_keep(actor, found))
        if form.is_valid():
            checks.answer(found, item=line.item, year=year, by=actor, **form.cleaned_data)
            messages.success(request, _("Đã ghi câu trả lời."))
            return redirect(_next(found, year, line.item, lines))
    context = {
        "unit": found, "name": name, "year": year, "line": line, "form": form,
        "may": rules.may_keep(actor, found),
        "history": audit.of(line.answer) if line.answer else [],
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "democracy/check_item.html", context, status=status)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """What proves an answer, as it was sent."""
    found = get_object_or_404(queries.answers_visible_to(actor_of(request)), pk=pk)
    if found.file is None:
        raise Http404
    return downloads.send(found.file, found.file_name)


def _unit(actor: Actor, pk: int) -> tuple[Unit, str]:
    """A unit in view with its name; Http404 otherwise."""
    names = dict(queries.units_visible_to(actor, clock.today()))
    if pk not in names:
        raise Http404
    return Unit.objects.get(pk=pk), names[pk]


def _next(unit: Unit, year: int, done: CheckItem, lines: list[queries.Line]) -> str:
    """Where one goes after an answer: the next item without one, else the list."""
    left = [one.item.pk for one in lines if one.answer is None and one.item.pk != done.pk]
    if left:
        return reverse("democracy:check_item", args=[unit.pk, left[0], year])
    return f"{reverse('democracy:checklist', args=[unit.pk])}?nam={year}"


def _rows(units: list[tuple[int, str]], year: int) -> list[dict[str, Any]]:
    """One line per unit; six queries for all."""
    keys, day = [pk for pk, _name in units], clock.today()
    progress = queries.progress(keys, year)
    kinds: dict[int, set[str]] = {pk: set() for pk in keys}
    for row in queries.regulations_on(keys, day):
        kinds[row.unit_id].add(row.kind)
    conferences = {
        row.unit_id: row for row in
        StaffConference.objects.filter(unit__in=keys, held_on__year=year).order_by("held_on")
    }  # fmt: skip
    boards_of: dict[int, list[Board]] = {pk: [] for pk in keys}
    for board in queries.boards_on(keys, day):
        boards_of[board.unit_id].append(board)
    return [
        {
            "unit": pk, "name": name, "progress": progress[pk],
            "regulation": Kind.DEMOCRACY in kinds[pk], "conduct": Kind.CONDUCT in kinds[pk],
            "conference": conferences.get(pk), "boards": boards_of[pk],
        }
        for pk, name in units
    ]  # fmt: skip


def _works(unit: Unit, actor: Actor) -> list[Work]:
    may = rules.may_keep(actor, unit)
    held = list(unit.democracy_regulations.filter(valid_to__isnull=True))
    known = list(unit.democracy_boards.all())
    works = [
        Work("quy-che", _("Ghi quy chế, quy tắc đang áp dụng"), _("Ghi văn bản"), may,
             forms.RegulationForm, lambda sent: checks.add_regulation(unit, by=actor, **sent),
             _("Đã ghi văn bản đang áp dụng.")),
        Work("hoi-nghi", _("Ghi hội nghị cán bộ, công chức, viên chức, người lao động"),
             _("Ghi hội nghị"), may, forms.ConferenceForm,
             lambda sent: checks.hold_conference(unit, by=actor, **sent), _("Đã ghi hội nghị.")),
        Work("ban", _("Ghi Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng"),
             _("Ghi Ban"), may, forms.BoardForm,
             lambda sent: boards.add(unit, by=actor, **sent), _("Đã ghi Ban.")),
    ]  # fmt: skip
    if known:
        works.append(
            Work("kiem-tra", _("Ghi cuộc kiểm tra của Ban"), _("Ghi cuộc kiểm tra"),
                 rules.may_check(actor, known[0]), partial(forms.BoardCheckForm, boards=known),
                 partial(_check, known, actor), _("Đã ghi cuộc kiểm tra."))
        )  # fmt: skip
    if held:
        works.append(
            Work("het-ap-dung", _("Ghi văn bản hết áp dụng"), _("Ghi hết áp dụng"), may,
                 partial(forms.EndForm, held=held), partial(_end, held, actor),
                 _("Đã ghi văn bản hết áp dụng."), style="outline-danger")
        )  # fmt: skip
    return works


def _check(known: list[Board], actor: Actor, sent: dict[str, Any]) -> None:
    chosen = sent.pop("board")
    boards.check(next(b for b in known if b.pk == chosen), by=actor, **sent)


def _end(held: list[Regulation], actor: Actor, sent: dict[str, Any]) -> None:
    chosen = sent.pop("regulation")
    checks.end_regulation(next(r for r in held if r.pk == chosen), by=actor, **sent)
