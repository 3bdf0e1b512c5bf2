"""The office extends a whole group at once, with a document as its ground."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from danvan.assignments import forms, naming, queries, rules, wording
from danvan.assignments.actions import extensions
from danvan.assignments.models import Directive
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused
from danvan.programmes.models import Task
from danvan.programmes.queries import visible_to as programmes_visible_to
from danvan.ui import written

# More units than fit a form: then the extension is for all that have handed in nothing.
CHOOSABLE = 200


@require_http_methods(["GET", "HEAD", "POST"])
def of_task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task of a programme, and one period of it if it recurs."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    tasks = Task.objects.select_related("programme__plan", "provision")
    programmes = programmes_visible_to(actor).order_by().values("pk")
    task = get_object_or_404(tasks, pk=pk, programme__in=programmes)
    matrix = reverse("assignments:matrix", args=[task.programme_id])
    title = wording.cut(task.text, 120)
    return _extend(request, task, title, f"{matrix}?nhiem_vu={task.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def of_directive(request: HttpRequest, pk: int) -> HttpResponse:
    """One directive given to several units."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    directive = get_object_or_404(queries.directives_visible_to(actor), pk=pk)
    back = reverse("assignments:directive", args=[directive.pk])
    return _extend(request, directive, directive.title, back)


def _extend(request: HttpRequest, subject: Task | Directive, title: str, back: str) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    allowed = rules.may_extend_group(actor, subject)
    if not allowed:
        raise Refused(allowed)
    form = _form(request, subject)
    if request.method == "POST" and form.is_valid():
        moved = extensions.extend_group(subject, by=actor, **form.words())
        messages.success(request, _("Đã gia hạn cho %(n)d đơn vị.") % {"n": moved})
        return redirect(back)
    left = form.fields["units"].choices  # type: ignore[attr-defined]
    context = {"form": form, "title": title, "back": back, "left": len(left), "many": form.many}
    return render(request, "assignments/extend_group.html", context)


def _form(request: HttpRequest, subject: Task | Directive) -> forms.ExtendGroupForm:
    owed = list(extensions.movable(subject).values_list("unit", "period_end", "period_label"))
    units = {unit for unit, _end, _label in owed}
    names = naming.names(units, clock.today()) if units else {}
    periods = {end: label for _unit, end, label in owed if end}
    return forms.ExtendGroupForm(
        request.POST or None,
        units=[] if len(names) > CHOOSABLE else names.items(),
        many=len(names),
        periods=[(written.day(end), label) for end, label in sorted(periods.items())],
    )
