"""The roster of each unit, codes, exemptions; and what is kept of one person."""

from __future__ import annotations

import datetime as dt
import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.kernel import clock
from danvan.kernel.access import Actor, actor_of, demand
from danvan.organisations.models import Person, Unit
from danvan.organisations.queries import names_on
from danvan.organisations.queries import visible_to as units_visible_to
from danvan.study import learners, pages, personal, queries, roster, rules
from danvan.study.actions import learners as giving
from danvan.study.forms.people import ExemptionForm
from danvan.study.models import Exemption, Learner
from danvan.ui.downloads import attachment
from danvan.ui.fields import DayField


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """How many people each unit counts on a day."""
    actor, day = actor_of(request), _day(request)
    around = queries.rosters_of(actor, day)
    found = roster.on(day, [unit for unit, _key, _name in around])
    context = {
        "day": day,
        "rooms": pages.tabs("rosters"),
        "rows": [(key, name, found[unit]) for unit, key, name in around],
        "rule": roster.RULE,
        "total": len({p for r in found.values() for p in r.counted}),
    }
    return render(request, "study/rosters.html", context)


@require_safe
def unit(request: HttpRequest, key: str) -> HttpResponse:
    """Everybody who counts, joiners and leavers of the year, exemptions, codes."""
    actor, held = _asked(request, key)
    demand(rules.may_see_names(actor, held))
    return render(request, "study/roster.html", _roster(request, actor, held))


@never_cache
@require_POST
def give_codes(request: HttpRequest, key: str) -> HttpResponse:
    """New personal codes, shown on this page alone: to be printed and handed out."""
    actor, held = _asked(request, key)
    chosen = [int(p) for p in request.POST.getlist("people") if p.isdecimal()]
    given = giving.give_codes(held, people=chosen or None, by=actor)
    context = {"unit": held, "name": _name(held), "given": given}
    return render(request, "study/codes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_exemption(request: HttpRequest, key: str) -> HttpResponse:
    actor, held = _asked(request, key)
    demand(rules.may_ask_exemption(actor, held))
    people = roster.on(clock.today(), [held.pk])[held.pk].people
    form = ExemptionForm(request.POST or None, people=list(people.items()))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        person = Person.objects.get(pk=values.pop("person"))
        giving.ask_exemption(held, person=person, **values, by=actor)
        messages.success(request, _("Đã gửi đề nghị miễn học; người này còn được tính đến khi "
                                    "cơ quan thường trực đồng ý."))  # fmt: skip
        return redirect("study:roster", key=key)
    context = {"form": form, "unit": held, "name": _name(held)}
    status = 422 if form.is_bound else 200
    return render(request, "study/ask_exemption.html", context, status=status)


@require_safe
def exemptions(request: HttpRequest) -> HttpResponse:
    """What was asked, waiting first."""
    actor = actor_of(request)
    rows = list(queries.exemptions_visible_to(actor))
    rows.sort(key=lambda row: row.state != Exemption.State.ASKED)
    names = names_on(clock.today(), {row.unit_id for row in rows})
    told = [(row, names.get(row.unit_id) or str(row.unit)) for row in rows]
    context = {"rows": told, "rooms": pages.tabs("exemptions")}
    return render(request, "study/exemptions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One request with its reason; granted or refused here."""
    actor = actor_of(request)
    held = get_object_or_404(queries.exemptions_visible_to(actor), pk=pk)
    may = rules.may_decide(actor, held)
    if request.method == "POST":
        granted = request.POST.get("granted") == "yes"
        reason = request.POST.get("reason", "")[:300]
        giving.decide_exemption(held, granted=granted, reason=reason, by=actor)
        messages.success(request, _("Đã ghi quyết định."))
        return redirect("study:exemptions")
    names = names_on(clock.today(), [held.unit_id])
    context = {"row": held, "may": may, "name": names.get(held.unit_id, str(held.unit))}
    return render(request, "study/exemption.html", context)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """What study keeps of one person, why, how long; taking it along, having it erased."""
    actor, held = _person(request, pk)
    row = Learner.objects.filter(person=held).first()
    context = {
        "person": held,
        "kept": personal.kept(held),
        "purpose": personal.PURPOSE,
        "retention": personal.RETENTION,
        "may_erase": rules.may_erase(actor, row) if row else None,
    }
    return render(request, "study/person.html", context)


@require_safe
def person_export(request: HttpRequest, pk: int) -> HttpResponse:
    _actor, held = _person(request, pk)
    text = json.dumps(personal.kept(held).as_data(), ensure_ascii=False, indent=1)
    return attachment(text.encode(), f"du-lieu-hoc-tap-{pk}.json", "application/json")


@require_POST
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    actor, held = _person(request, pk)
    row = learners.of([held.pk])[held.pk]
    giving.erase(row, reason=request.POST.get("reason", "")[:300], by=actor)
    messages.success(request, _("Đã xóa mã, dấu vết đọc và liên kết tới tên; số liệu giữ nguyên."))
    return redirect("study:list")


def _asked(request: HttpRequest, key: str) -> tuple[Actor, Unit]:
    actor = actor_of(request)
    return actor, get_object_or_404(units_visible_to(actor), key=key)


def _person(request: HttpRequest, pk: int) -> tuple[Actor, Person]:
    """403 for whom it does not concern; people of the organisation are no secret."""
    actor = actor_of(request)
    held = get_object_or_404(Person, pk=pk)
    demand(rules.may_see_person(actor, held))
    return actor, held


def _name(unit: Unit) -> str:
    return names_on(clock.today(), [unit.pk]).get(unit.pk, str(unit))


def _day(request: HttpRequest) -> dt.date:
    """The day asked for in ``?ngay=``; today if there is none or it is no day."""
    from django.core.exceptions import ValidationError

    try:
        asked: dt.date | None = DayField(required=False).clean(request.GET.get("ngay", ""))
    except ValidationError:
        asked = None
    return asked or clock.today()


def _roster(request: HttpRequest, actor: Actor, held: Unit) -> dict[str, object]:
    day = _day(request)
    found = roster.on(day, [held.pk])[held.pk]
    came, went = roster.moves(held.pk, dt.date(day.year, 1, 1), day)
    coded = dict(Learner.objects.filter(person__in=found.people).exclude(code_hash="")
                 .values_list("person_id", "code_given_at"))  # fmt: skip
    return {
        "unit": held,
        "name": names_on(day, [held.pk]).get(held.pk, str(held)),
        "day": day,
        "rows": [
            (pk, name, found.posts[pk], found.exempt.get(pk, ""), coded.get(pk))
            for pk, name in found.people.items()
        ],
        "counted": len(found.counted),
        "exempt": len(found.exempt),
        "uncoded": len(set(found.people) - set(coded)),
        "came": came,
        "went": went,
        "rule": roster.RULE,
        "exemptions": Exemption.objects.filter(unit=held).select_related("person"),
        "may_ask": rules.may_ask_exemption(actor, held),
        "may_give": rules.may_give_codes(actor, held),
    }
