"""Dialogues: the list, one with its verbs, its papers, the promises, the rules."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from danvan.assignments import queries as assignments
from danvan.assignments import rules as assigning
from danvan.assignments import tracking
from danvan.democracy import committees, dialogue_papers
from danvan.democracy.actions import catalogues
from danvan.democracy.actions import dialogue as acts
from danvan.democracy.committees import called
from danvan.democracy.forms import dialogue as forms
from danvan.democracy.models import Dialogue, DialogueRule, Promise
from danvan.democracy.queries import dialogue as queries
from danvan.democracy.rules import dialogue as rules
from danvan.democracy.views.asking import Work, number_asked, serve
from danvan.documents import downloads
from danvan.kernel import audit, clock
from danvan.kernel.access import Actor, Refused, actor_of, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.organisations.queries import bodies_on, names_on
from danvan.ui.downloads import DOCX, attachment

PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Dialogues by day, the newest first; ``?don_vi=&nam=`` narrows."""
    actor = actor_of(request)
    found, unit, year = queries.visible_to(actor), number_asked(request, "don_vi"), _year(request)
    if unit:
        found = found.filter(host=unit)
    if year:
        found = found.filter(held_on__year=year)
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    names = names_on(clock.today(), {row.host_id for row in page.object_list})
    counted = queries.counted(page.object_list)
    context = {
        "page": page,
        "rows": [(row, called(names, row.host), counted.get(row.pk, 0))
                 for row in page.object_list],
        "may_plan": bool(committees.own_units(actor, clock.today())),
        "asked": unit or year,
    }  # fmt: skip
    return render(request, "democracy/dialogue_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """A new dialogue of one of the person's units."""
    actor = actor_of(request)
    units = committees.own_units(actor, clock.today())
    if not units:
        raise Refused(rules.may_plan(actor, Unit(pk=0)))
    form = forms.PlanForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        host = get_object_or_404(Unit, pk=form.cleaned_data["host"])
        made = acts.plan(host, meeting=form.meeting(), by=actor)
        return redirect("democracy:dialogue", pk=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "democracy/dialogue_plan.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def dialogue(request: HttpRequest, pk: int) -> HttpResponse:
    """One dialogue: what was said of it, its figures with their rules, its promises, its verbs."""
    actor = actor_of(request)
    found = get_object_or_404(queries.visible_to(actor), pk=pk)
    panels, answer, status = serve(request, _works(found, actor))
    if answer:
        return answer
    inside = _reads_minutes(actor, found)
    context = {
        "dialogue": found,
        "host": called(names_on(found.held_on, [found.host_id]), found.host),
        "measures": queries.measures(found),
        "promises": queries.promise_lines(found, actor),
        "panels": panels,
        "inside": inside,
        "history": audit.of(found) if inside else [],
        "publish_before": queries.publish_before(found),
    }
    return render(request, "democracy/dialogue.html", context, status=status)


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as .docx, for who may tell the people of it."""
    actor, found = _inside(request, pk)
    return attachment(dialogue_papers.notice(found, actor), "thong-bao-doi-thoai.docx", DOCX)


@require_safe
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as .docx, once there are any."""
    _actor, found = _inside(request, pk)
    if not found.took_place:
        raise Http404
    return attachment(dialogue_papers.minutes(found), "bien-ban-doi-thoai.docx", DOCX)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The signed minutes as they were sent."""
    _actor, found = _inside(request, pk)
    if found.file is None:
        raise Http404
    return downloads.send(found.file, found.file_name)


@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Every conclusion that became work, how it stands; ``?don_vi=&nam=`` (of the due date)."""
    actor, unit, year = actor_of(request), number_asked(request, "don_vi"), _year(request)
    found = assignments.visible_to(actor).filter(pk__in=Promise.objects.values("assignment"))
    if unit:
        found = found.filter(unit=unit)
    if year:
        found = found.filter(due_on__year=year)
    page = Paginator(found.order_by("due_on", "pk"), PAGE).get_page(request.GET.get("trang"))
    lines = tracking.lines(page.object_list)
    of = dict(
        Promise.objects.filter(assignment__in=[line.assignment.pk for line in lines])
        .values_list("assignment", "dialogue")
    )  # fmt: skip
    context = {"page": page, "rows": [(line, of[line.assignment.pk]) for line in lines],
               "asked": unit or year}  # fmt: skip
    return render(request, "democracy/dialogue_promises.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rules_page(request: HttpRequest) -> HttpResponse:
    """Which figures hold, since when, from where; the locality's own may be added."""
    actor = actor_of(request)
    body = Unit.objects.filter(pk__in=actor.scopes(roles.PROGRAMME_OFFICE)).order_by("pk").first()
    may = rules.may_set_rule(actor, body) if body else rules.may_set_rule(actor, Unit(pk=0))
    works = [
        Work("quy-dinh", _("Đặt quy định của địa phương"), _("Ghi quy định"), may, forms.RuleForm,
             lambda sent: acts.set_rule(body, by=actor, **sent),
             _("Đã ghi quy định của địa phương.")),
    ]  # fmt: skip
    panels, answer, status = serve(request, works)
    if answer:
        return answer
    held = list(DialogueRule.objects.select_related("body").order_by("kind", "-valid_from"))
    names = names_on(clock.today(), {rule.body_id for rule in held if rule.body_id})
    context = {
        "rows": [(rule, names.get(rule.body_id or 0, "")) for rule in held],
        "panels": panels, "may": may,
    }  # fmt: skip
    return render(request, "democracy/dialogue_rules.html", context, status=status)


@require_POST
def enact(request: HttpRequest) -> HttpResponse:
    """Puts the shipped figures, checklist and questionnaire in force."""
    actor = actor_of(request)
    body = Unit.objects.filter(pk__in=actor.scopes(roles.PROGRAMME_OFFICE)).order_by("pk").first()
    if body is None:
        body = Unit.objects.filter(pk__in=bodies_on(clock.today())).order_by("pk").first()
    if body is None:
        raise Refused(refuse(_("Chưa có cơ quan thường trực chương trình.")))
    catalogues.enact(body, by=actor)
    messages.success(request, _("Đã đưa danh mục vào dùng."))
    return redirect("democracy:dialogue_rules")


def _works(found: Dialogue, actor: Actor) -> list[Work]:
    """What can be done to a dialogue, in the order of its life."""
    change = partial(forms.MeetingForm.of, found)
    promise = partial(forms.PromiseForm, units=_promisers(found, actor))
    return [
        Work("sua", _("Sửa dự kiến"), _("Lưu dự kiến"), rules.may_change(actor, found), change,
             lambda sent: acts.change(found, meeting=acts.Meeting(**sent), by=actor),
             _("Đã sửa dự kiến.")),
        Work("thong-bao", _("Thông báo cho Nhân dân"), _("Ghi đã thông báo"),
             rules.may_announce(actor, found), forms.AnnounceForm,
             lambda sent: acts.announce(found, by=actor, **sent),
             _("Đã ghi việc thông báo; cuộc đối thoại hiện trên trang công khai."), "megaphone"),
        Work("bien-ban", _("Ghi biên bản"), _("Ghi biên bản"), rules.may_hold(actor, found),
             forms.HeldForm,
             lambda sent: acts.hold(found, held=forms.held_of(sent), file=sent["file"], by=actor),
             _("Đã ghi biên bản."), "document-text"),
        Work("ket-luan", _("Giao việc theo kết luận"), _("Giao việc"),
             rules.may_promise(actor, found), promise,
             lambda sent: acts.promise(
                 found, **{**sent, "unit": Unit.objects.get(pk=sent["unit"])}, by=actor),
             _("Đã giao việc; theo dõi đến khi người nêu ý kiến xác nhận."), "clipboard-document"),
        Work("cong-khai", _("Công khai kết quả"), _("Ghi đã công khai"),
             rules.may_publish(actor, found), forms.PublishForm,
             lambda sent: acts.publish(found, by=actor, **sent),
             _("Đã công khai kết quả."), "globe-alt"),
        Work("khong-to-chuc", _("Không tổ chức"), _("Ghi không tổ chức"),
             rules.may_cancel(actor, found), forms.ReasonForm,
             lambda sent: acts.cancel(found, by=actor, **sent),
             _("Đã ghi không tổ chức."), "x-circle", "outline-danger"),
    ]  # fmt: skip


def _promisers(found: Dialogue, actor: Actor) -> list[tuple[int, str]]:
    """The host; every unit of the committee to who gives out its work."""
    if assigning.may_assign(actor, found.body):
        return committees.units_of(found.body, clock.today())
    return list(names_on(clock.today(), [found.host_id]).items())


def _reads_minutes(actor: Actor, found: Dialogue) -> bool:
    """Minutes, names and history are the host's and its overseers', not everybody's."""
    own = found.host_id in actor.scopes(*committees.BELONGING)
    return own or found.body_id in queries.oversees(actor)


def _inside(request: HttpRequest, pk: int) -> tuple[Actor, Dialogue]:
    actor = actor_of(request)
    found = get_object_or_404(queries.visible_to(actor), pk=pk)
    if not _reads_minutes(actor, found):
        raise Refused(
            refuse(_("Giấy tờ nội bộ của cuộc đối thoại chỉ đơn vị tổ chức và cơ quan theo dõi "
                     "xem được; kết quả công khai có trên trang."))
        )  # fmt: skip
    return actor, found


def _year(request: HttpRequest) -> int | None:
    year = number_asked(request, "nam")
    return year if year and 1900 <= year <= 2200 else None
