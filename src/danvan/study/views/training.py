"""The year's training plan against what was done; classes, who took part, certificates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, actor_of, demand, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.organisations.queries import name_on, names_on, oversees
from danvan.study import pages, queries, roster, rules
from danvan.study.actions import learners as giving
from danvan.study.actions import training
from danvan.study.forms.training import ClassForm, EnrolForm, LineForm, NeedForm, SettleForm
from danvan.study.models import Enrolment, Need, PlanLine, TrainingClass


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Lines of a year with needed, enrolled and completed."""
    actor, asked = actor_of(request), request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else clock.today().year
    lines = queries.plan_lines(queries.lines_visible_to(actor).filter(year=year, withdrawn_at=None))
    names = names_on(clock.today(), {line.organiser_id for line in lines})
    context = {
        "year": year,
        "rooms": pages.tabs("training"),
        "years": [(y, y == year) for y in range(clock.today().year - 2, clock.today().year + 2)],
        "rows": [(line, names.get(line.organiser_id) or str(line.organiser)) for line in lines],
        "may_plan": _body(actor) is not None,
    }
    return render(request, "study/training.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A line more; the organiser is one's own unit, any unit for the programme office."""
    actor = actor_of(request)
    body = _body(actor)
    if body is None:
        raise Refused(
            refuse(_("Chỉ cơ quan thường trực và người được giao của các đơn vị mới lập kế hoạch."))
        )
    units = queries.units_under(body, clock.today())
    office = bool(rules.may_keep(actor, body))
    organisers = [u for u in units if office or u[0] in queries.acts_for(actor)]
    form = LineForm(
        request.POST or None, organisers=organisers, units=units,
        initial={"year": clock.today().year},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        values["organiser"] = Unit.objects.get(pk=values["organiser"])
        made = training.plan(body, **values, by=actor)
        messages.success(request, _("Đã ghi vào kế hoạch; các đơn vị được hỏi nhu cầu."))
        return redirect("study:line", pk=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "study/plan_line.html", {"form": form}, status=status)


@require_safe
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """One line: the need of each unit beside who completed, and its classes."""
    actor, held = _line(request, pk)
    needs = list(held.needs.select_related("unit"))
    for need in needs:
        need.line = held
    names = names_on(clock.today(), {n.unit_id for n in needs} | {held.organiser_id})
    counts = queries.outcomes(held)
    rows = [
        {
            "need": need,
            "name": names.get(need.unit_id) or str(need.unit),
            "done": counts.get(need.unit_id, 0),
            "may": rules.may_tell_need(actor, need),
        }
        for need in needs
    ]
    context = {
        "line": held,
        "organiser": names.get(held.organiser_id) or str(held.organiser),
        "rows": sorted(rows, key=lambda row: str(row["name"])),
        "needed": sum(n.people for n in needs),
        "done": sum(counts.values()),
        "classes": queries.classes_of(held),
        "form": ClassForm(),
        "may": rules.may_train(actor, held),
    }
    return render(request, "study/line.html", context)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _line(request, pk)
    training.withdraw(held, reason=request.POST.get("reason", "")[:300], by=actor)
    messages.success(request, _("Đã rút nội dung tập huấn khỏi kế hoạch."))
    return redirect("study:training")


@require_http_methods(["GET", "HEAD", "POST"])
def ask_need(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks further units for their need."""
    actor, held = _line(request, pk)
    demand(rules.may_train(actor, held))
    asked = set(held.needs.values_list("unit_id", flat=True))
    left = [u for u in queries.units_under(held.body, clock.today()) if u[0] not in asked]
    if request.method == "POST":
        known = {str(unit) for unit, _name in left}
        chosen = [int(u) for u in request.POST.getlist("units") if u in known]
        count = training.ask_need(held, units=chosen, by=actor)
        messages.success(request, _("Đã hỏi thêm %d đơn vị.") % count)
        return redirect("study:line", pk=pk)
    return render(request, "study/ask_need.html", {"line": held, "units": left})


@require_http_methods(["GET", "HEAD", "POST"])
def tell_need(request: HttpRequest, pk: int) -> HttpResponse:
    """How many people of a unit need it."""
    actor = actor_of(request)
    lines = queries.lines_visible_to(actor).values("pk")
    rows = Need.objects.filter(line__in=lines).select_related("line__body", "unit")
    need = get_object_or_404(rows, pk=pk)
    demand(rules.may_tell_need(actor, need))
    form = NeedForm(request.POST or None, initial={"people": need.people, "note": need.note})
    if request.method == "POST" and form.is_valid():
        training.tell_need(need, **form.cleaned_data, by=actor)
        messages.success(request, _("Đã ghi nhu cầu tập huấn."))
        return redirect("study:line", pk=need.line_id)
    context = {"form": form, "need": need, "name": _name(need.unit)}
    return render(request, "study/need.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def open_class(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _line(request, pk)
    demand(rules.may_train(actor, held))
    form = ClassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = training.open_class(held, **form.cleaned_data, by=actor)
        messages.success(request, _("Đã mở lớp; ghi danh học viên ở trang của lớp."))
        return redirect("study:class", pk=made.pk)
    context = {"form": form, "line": held}
    return render(request, "study/open_class.html", context, status=422 if form.is_bound else 200)


@require_safe
def training_class(request: HttpRequest, pk: int) -> HttpResponse:
    """Who takes part, how often they came, what came of it."""
    actor, held = _class(request, pk)
    return render(request, "study/class.html", _of_class(actor, held, SettleForm()))


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    """People of one unit join the class."""
    actor, held = _class(request, pk)
    demand(rules.may_keep_class(actor, held))
    units = queries.units_under(held.line.body, clock.today())
    asked = request.POST.get("unit") or request.GET.get("don_vi", "")
    known = {str(unit): unit for unit, _name in units}
    unit = known.get(asked, units[0][0])
    counted = set(held.enrolments.values_list("learner__person_id", flat=True))
    people = roster.on(clock.today(), [unit])[unit].people
    form = EnrolForm(
        request.POST or None, units=units, initial={"unit": unit},
        people=[(p, name) for p, name in people.items() if p not in counted],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        values["unit"] = Unit.objects.get(pk=values["unit"])
        count = training.enrol(held, **values, by=actor)
        messages.success(request, _("Đã ghi danh %d học viên.") % count)
        return redirect("study:class", pk=pk)
    context = {"form": form, "held": held, "units": units, "unit": unit}
    return render(request, "study/enrol.html", context, status=422 if form.is_bound else 200)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks come per row of the class's table: ket_qua_<id>, so_<id>."""
    actor, held = _class(request, pk)
    demand(rules.may_keep_class(actor, held))
    form = SettleForm(request.POST)
    told = {e.pk: request.POST.get(f"ket_qua_{e.pk}", "") for e in held.enrolments.all()}
    if form.is_valid():
        completed = {
            e: request.POST.get(f"so_{e}", "").strip()[:60]
            for e, said in told.items()
            if said == Enrolment.Outcome.COMPLETED
        }
        absent = [e for e, said in told.items() if said == Enrolment.Outcome.ABSENT]
        day = form.cleaned_data["on"]
        try:
            count = training.settle(held, completed=completed, absent=absent, on=day, by=actor)
        except Refused as refused:
            if refused.decision.done:
                raise
            form.add_error("on", refused.decision.reason)
        else:
            messages.success(request, _("Đã ghi kết quả của %d học viên.") % count)
            return redirect("study:class", pk=pk)
    context = _of_class(actor, held, form, request.POST)
    return render(request, "study/class.html", context, status=422)


@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate on paper, for whoever completed."""
    actor = actor_of(request)
    rows = Enrolment.objects.filter(
        training_class__in=queries.classes_visible_to(actor).values("pk"),
        outcome=Enrolment.Outcome.COMPLETED, erased_at=None,
    )  # fmt: skip
    related = ("learner__person", "unit", "training_class__line__organiser",
               "training_class__line__body")  # fmt: skip
    held = get_object_or_404(rows.select_related(*related), pk=pk)
    demand(rules.may_see_enrolment(actor, held))
    day = held.completed_on or held.training_class.ends_on
    names = names_on(day, [held.unit_id, held.training_class.line.organiser_id])
    context = {
        "row": held,
        "may_erase": None if held.learner_id else rules.may_erase_name(actor, held),
        "unit": names.get(held.unit_id, ""),
        "organiser": names.get(held.training_class.line.organiser_id, ""),
        "body": name_on(held.training_class.line.body, day),
    }
    return render(request, "study/certificate.html", context)


@require_POST
def erase_name(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    classes = queries.classes_visible_to(actor).values("pk")
    rows = Enrolment.objects.filter(training_class__in=classes, learner=None)
    held = get_object_or_404(rows.select_related("training_class__line__body"), pk=pk)
    giving.erase_name(held, reason=request.POST.get("reason", "")[:300], by=actor)
    messages.success(request, _("Đã xóa tên học viên; lớp vẫn tính một người."))
    return redirect("study:class", pk=held.training_class_id)


def _of_class(actor: Actor, held: TrainingClass, form: SettleForm, typed: Any = None) -> Any:
    watching = held.line.body_id in oversees(actor)
    may = rules.may_keep_class(actor, held)
    scopes = {hold.scope for hold in actor.holds}
    rows = [e for e in queries.enrolments_of(held) if watching or may or e.unit_id in scopes]
    names = names_on(held.starts_on, {e.unit_id for e in rows})
    typed = typed or {}
    return {
        "held": held,
        "rows": [
            (e, names.get(e.unit_id) or str(e.unit), typed.get(f"ket_qua_{e.pk}", ""),
             typed.get(f"so_{e.pk}", ""))
            for e in rows
        ],
        "hidden": held.enrolments.count() - len(rows),
        "open_rows": any(e.outcome == Enrolment.Outcome.ENROLLED for e in rows),
        "sessions": held.sessions.all(),
        "form": form,
        "may": may,
    }  # fmt: skip


def _line(request: HttpRequest, pk: int) -> tuple[Actor, PlanLine]:
    actor = actor_of(request)
    return actor, get_object_or_404(queries.lines_visible_to(actor), pk=pk)


def _class(request: HttpRequest, pk: int) -> tuple[Actor, TrainingClass]:
    actor = actor_of(request)
    return actor, get_object_or_404(queries.classes_visible_to(actor), pk=pk)


def _body(actor: Actor) -> Unit | None:
    """The committee in whose plan the actor may write."""
    kept = actor.scopes(roles.PROGRAMME_OFFICE)
    around = Unit.objects.filter(pk__in=kept or queries.bodies_around(actor))
    return next((b for b in around.order_by("pk") if rules.may_plan(actor, b)), None)


def _name(unit: Unit) -> str:
    return names_on(clock.today(), [unit.pk]).get(unit.pk, str(unit))
