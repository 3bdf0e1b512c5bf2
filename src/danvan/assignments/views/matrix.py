"""The matrix units × dated duties, on the screen, on paper and as a workbook."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from danvan.assignments import exports, forms, queries, rules
from danvan.assignments.drawing import Drawing
from danvan.assignments.matrix import Choice, Matrix, build
from danvan.kernel.access import Actor
from danvan.programmes.models import Programme, Task
from danvan.ui.downloads import XLSX, attachment


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """The matrix of the newest programme in view."""
    visible = queries.listed(request.actor)  # type: ignore[attr-defined]
    programme = queries.programmes_of(visible).first()
    if programme is None:
        return render(request, "assignments/no_matrix.html")
    return redirect("assignments:matrix", pk=programme.pk)


@require_safe
def matrix(request: HttpRequest, pk: int) -> HttpResponse:
    """Units × dated duties of a programme; a unit's people see their own row."""
    actor = request.actor  # type: ignore[attr-defined]
    programmes = queries.programmes_of(queries.listed(actor))
    programme = get_object_or_404(programmes, pk=pk)
    form = forms.MatrixFilter(request.GET)
    asked = form.asked()
    choice = Choice(
        asked["khoi"], asked["trang_thai"], asked["nhiem_vu"] or None, asked["ten"].strip()
    )
    visible = queries.in_matrix(actor, programme)
    if request.GET.get("xuat") == "xlsx":
        return _workbook(build(programme, visible, choice))
    built = build(programme, visible, choice, page=request.GET.get("trang", 1))
    context = {
        "matrix": built,
        "groups": Drawing(built).groups(),
        "programme": programme,
        "form": form,
        "choice": choice,
        "task": _may_extend(actor, programme, choice.task),
        "export": _export_address(request),
        "years": _years(list(programmes), programme),
    }
    return render(request, "assignments/matrix.html", context)


def _workbook(built: Matrix) -> HttpResponse:
    return attachment(exports.workbook(built), exports.file_name(built), XLSX)


def _export_address(request: HttpRequest) -> str:
    """The same filters, as a workbook."""
    query = request.GET.copy()
    query["xuat"] = "xlsx"
    return f"?{query.urlencode()}"


def _years(programmes: list[Programme], chosen: Programme) -> list[tuple[str, str, bool]]:
    if len(programmes) < 2:
        return []
    return [
        (str(p.year), reverse("assignments:matrix", args=[p.pk]), p == chosen) for p in programmes
    ]


def _may_extend(actor: Actor, programme: Programme, pk: int | None) -> Task | None:
    """The one task the matrix is about, where the person may extend all of its units."""
    task = Task.objects.filter(pk=pk, programme=programme).first() if pk else None
    return task if task and rules.may_extend_group(actor, task) else None
