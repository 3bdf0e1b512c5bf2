"""A session: calling it, the code on the wall, who came, its papers and photos."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.documents import downloads
from danvan.kernel import clock
from danvan.kernel.access import Actor, actor_of, demand
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.organisations.queries import names_on
from danvan.study import codes, pages, queries, roster, rules
from danvan.study.actions import attendance, sessions
from danvan.study.forms.sessions import FileForm, PresentForm, SessionForm
from danvan.study.models import SessionFile, StudySession

# How often the wall is drawn anew, in seconds: within one step of its code.
REFRESH = codes.STEP // 2


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A session of a campaign, organised by one of the actor's units or the programme office."""
    actor = actor_of(request)
    campaign = get_object_or_404(queries.visible_to(actor), pk=pk)
    demand(rules.may_hold(actor, campaign))
    form = SessionForm(request.POST or None, organisers=_organisers(actor))
    if request.method == "POST" and form.is_valid():
        organiser = Unit.objects.get(pk=form.cleaned_data["organiser"])
        made = sessions.hold(campaign, organiser=organiser, **form.values(), by=actor)
        messages.success(request, _("Đã lập buổi học."))
        return redirect("study:session", pk=made.pk)
    context = {"form": form, "campaign": campaign, "training_class": None}
    return render(request, "study/hold.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def new_of_class(request: HttpRequest, pk: int) -> HttpResponse:
    """A session of a class; the organiser is the line's."""
    actor = actor_of(request)
    held = get_object_or_404(queries.classes_visible_to(actor), pk=pk)
    demand(rules.may_keep_class(actor, held))
    form = SessionForm(request.POST or None, organisers=[])
    if request.method == "POST" and form.is_valid():
        made = sessions.hold_class(held, **form.values(), by=actor)
        messages.success(request, _("Đã lập buổi học."))
        return redirect("study:session", pk=made.pk)
    context = {"form": form, "campaign": None, "training_class": held}
    return render(request, "study/hold.html", context, status=422 if form.is_bound else 200)


@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """Time, place, papers; who came (names only of units one may see)."""
    actor, held = _asked(request, pk)
    open_units = _open_units(actor, held)
    rows = list(
        held.attendances.filter(unit__in=open_units)
        .select_related("learner__person", "enrolment")
        .order_by("unit__versions__sort_key", "learner__person__sort_key", "pk")
        .distinct()
    )
    day = clock.local_day(held.starts_at)
    present = list(dict.fromkeys(rows))
    names = names_on(day, {row.unit_id for row in present})
    context = {
        "session": held,
        "rows": [(row, names.get(row.unit_id, "")) for row in present],
        "hidden": held.attendances.count() - len(present),
        "files": held.files.select_related("file"),
        "file_form": FileForm(),
        "units": _units(actor, held),
        "may_run": rules.may_run(actor, held),
        "may_list": rules.may_list(actor, held),
        "may_start": rules.may_start(actor, held),
        "may_stop": rules.may_stop(actor, held),
        "organiser": names_on(day, [held.organiser_id]).get(held.organiser_id, ""),
    }
    return render(request, "study/session.html", context)


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _asked(request, pk)
    sessions.start(held, by=actor)
    messages.success(request, _("Đã mở điểm danh; chiếu màn hình mã QR cho mọi người quét."))
    return redirect("study:wall", pk=pk)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _asked(request, pk)
    sessions.stop(held, by=actor)
    messages.success(request, _("Đã đóng điểm danh."))
    return redirect("study:session", pk=pk)


@never_cache
@require_safe
def wall(request: HttpRequest, pk: int) -> HttpResponse:
    """The code on the wall: large, drawn anew by the browser itself (header Refresh, no script)."""
    actor, held = _asked(request, pk)
    demand(rules.may_run(actor, held))
    url = reverse("study:check_in", args=[held.pk, codes.on_the_wall(held)])
    context = {
        "session": held,
        "address": request.build_absolute_uri(url),
        "count": held.attendances.count(),
        "may_check_in": rules.may_check_in(actor, held),
        "may_start": rules.may_start(actor, held),
        "seconds": codes.STEP,
    }
    answer = render(request, "study/wall.html", context)
    if held.running:
        answer["Refresh"] = str(REFRESH)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Ticking who came, as the signed list says: one unit at a time."""
    actor, held = _asked(request, pk)
    demand(rules.may_list(actor, held))
    units = _units(actor, held)
    asked = request.GET.get("don_vi", "")
    unit = int(asked) if asked.isdecimal() and int(asked) in units else next(iter(units), None)
    day = clock.local_day(held.starts_at)
    here = roster.on(day, [unit])[unit].people if unit else {}
    counted = set(held.attendances.values_list("learner__person_id", flat=True))
    guests = _guests(held, unit)
    form = PresentForm(
        request.POST or None,
        people=[(p, name) for p, name in here.items() if p not in counted],
        enrolments=guests,
    )
    if request.method == "POST" and form.is_valid():
        chosen = dict.fromkeys(form.cleaned_data.get("people") or [], unit)
        enrolments = form.cleaned_data.get("enrolments") or []
        count = attendance.write_down(held, people=chosen, enrolments=enrolments, by=actor)  # type: ignore[arg-type]
        messages.success(request, _("Đã ghi %d người dự.") % count)
        return redirect("study:session", pk=pk)
    context = {
        "form": form, "session": held, "units": units, "unit": unit,
        "nobody": not form.fields,
    }  # fmt: skip
    return render(request, "study/present.html", context, status=422 if form.is_bound else 200)


@require_POST
def strike(request: HttpRequest, pk: int, attendance: int) -> HttpResponse:
    from danvan.study.actions import attendance as counting

    actor, held = _asked(request, pk)
    reason = request.POST.get("reason", "")
    counting.strike(held, attendance=attendance, reason=reason, by=actor)
    messages.success(request, _("Đã gạch tên khỏi danh sách dự."))
    return redirect("study:session", pk=pk)


@require_http_methods(["POST"])
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _asked(request, pk)
    demand(rules.may_run(actor, held))
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        sessions.attach(held, **form.cleaned_data, by=actor)
        messages.success(request, _("Đã thêm tệp vào buổi học."))
        return redirect("study:session", pk=pk)
    context = {"session": held, "form": form}
    return render(request, "study/attach.html", context, status=422)


@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    """A paper or photo for who sees the session; a signed list for who may see its names."""
    actor = actor_of(request)
    visible = SessionFile.objects.filter(
        session__in=queries.sessions_visible_to(actor).values("pk")
    )
    held = get_object_or_404(visible.select_related("file", "session__campaign"), pk=pk)
    if held.kind == SessionFile.Kind.SIGNED_LIST:
        demand(rules.may_see_list(actor, held.session))
    return downloads.send(held.file, held.name, shown=True)


def _asked(request: HttpRequest, pk: int) -> tuple[Actor, StudySession]:
    actor = actor_of(request)
    return actor, get_object_or_404(queries.sessions_visible_to(actor), pk=pk)


def _organisers(actor: Actor) -> list[tuple[int, str]]:
    """The units the actor may organise for: those they act for, and the programme office."""
    units = queries.acts_for(actor)
    if actor.has(roles.PROGRAMME_OFFICE):
        units |= actor.scopes(roles.MEMBER)
    return sorted(names_on(clock.today(), units).items(), key=lambda pair: pair[1])


def _open_units(actor: Actor, held: StudySession) -> set[int]:
    """Units among those who came whose names this person may see."""
    units = set(held.attendances.values_list("unit_id", flat=True))
    if rules.may_see_list(actor, held):
        return units
    scopes = {hold.scope for hold in actor.holds}
    return units & scopes


def _units(actor: Actor, held: StudySession) -> dict[int, str]:
    """Units whose people may be written down: all for the office, else the organiser's own."""
    day = clock.local_day(held.starts_at)
    if held.campaign is not None:
        asked: set[int] = set(roster.heirs(held.campaign.units.values_list("pk", flat=True), day))
        if not rules.may_keep(actor, held.campaign.body):
            asked &= {held.organiser_id, *queries.acts_for(actor)}
        return pages.names(held.campaign, asked)
    line = held.training_class.line  # type: ignore[union-attr]
    return names_on(day, set(line.needs.values_list("unit_id", flat=True)) | {line.organiser_id})


def _guests(held: StudySession, unit: int | None) -> list[tuple[int, Any]]:
    """Enrolled people of the unit who hold no post and are not counted yet."""
    if held.training_class is None:
        return []
    counted = held.attendances.filter(enrolment__isnull=False).values("enrolment")
    rows = held.training_class.enrolments.filter(learner=None, unit=unit, erased_at=None)
    return [(row.pk, f"{row.name}, {row.post}" if row.post else row.name)
            for row in rows.exclude(pk__in=counted)]  # fmt: skip
