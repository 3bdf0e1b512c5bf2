"""The Front's supervision: programmes, one subject, one recommendation."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from danvan.democracy import committees
from danvan.democracy.actions import supervision as acts
from danvan.democracy.committees import called
from danvan.democracy.forms import supervision as forms
from danvan.democracy.forms.dialogue import ReasonForm
from danvan.democracy.models import (
    Reply,
    Supervision,
    SupervisionProgramme,
)
from danvan.democracy.queries import supervision as queries
from danvan.democracy.rules import supervision as rules
from danvan.democracy.views.asking import Work, number_asked, serve
from danvan.documents import downloads
from danvan.kernel import audit, clock
from danvan.kernel.access import Actor, actor_of, demand
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.organisations.queries import names_on

PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Programmes by year with the subjects one may read."""
    actor = actor_of(request)
    found = list(queries.programmes_visible_to(actor))
    subjects = queries.with_counts(
        queries.supervisions_visible_to(actor).filter(programme__in=found)
    )
    held: dict[int, list[Supervision]] = {}
    for row in subjects:
        held.setdefault(row.programme_id, []).append(row)
    names = names_on(clock.today(), {row.unit_id for row in subjects})
    context = {
        "rows": [(p, [(s, called(names, s.unit)) for s in held.get(p.pk, [])])
                 for p in found],
        "may_add": bool(actor.scopes(roles.OBSERVER)),
    }  # fmt: skip
    return render(request, "democracy/supervision_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new programme of the Front."""
    actor = actor_of(request)
    body = Unit.objects.filter(pk__in=actor.scopes(roles.OBSERVER)).order_by("pk").first()
    demand(rules.may_keep(actor, body or 0))
    form = forms.ProgrammeForm(request.POST or None, initial={"year": clock.today().year})
    if request.method == "POST" and form.is_valid():
        made = acts.add_programme(body, by=actor, **form.values())
        messages.success(request, _("Đã ghi chương trình giám sát; thêm từng nội dung bên dưới."))
        return redirect("democracy:supervision_programme", pk=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "democracy/supervision_add.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """One programme: its subjects, how far each is; the Front adds more."""
    actor = actor_of(request)
    found = get_object_or_404(queries.programmes_visible_to(actor), pk=pk)
    units = committees.units_of(found.body, clock.today())
    works = [
        Work("them", _("Thêm nội dung giám sát"), _("Thêm nội dung"), rules.may_add(actor, found),
             partial(forms.SubjectForm, units=units), partial(_add_subject, found, actor),
             _("Đã thêm nội dung giám sát."), "plus"),
    ]  # fmt: skip
    panels, answer, status = serve(request, works)
    if answer:
        return answer
    rows = queries.with_counts(queries.supervisions_visible_to(actor).filter(programme=found))
    names = names_on(clock.today(), {row.unit_id for row in rows})
    context = {
        "programme": found, "panels": panels,
        "rows": [(row, called(names, row.unit)) for row in rows],
    }  # fmt: skip
    return render(request, "democracy/supervision_programme.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def supervision(request: HttpRequest, pk: int) -> HttpResponse:
    """One subject: finding, recommendations with replies and remedies, the Front's verbs."""
    actor = actor_of(request)
    found = get_object_or_404(queries.supervisions_visible_to(actor), pk=pk)
    panels, answer, status = serve(request, _works(found, actor))
    if answer:
        return answer
    today = clock.today()
    context = {
        "supervision": found,
        "unit": called(names_on(today, [found.unit_id]), found.unit),
        "told": [(one, one.overdue(today)) for one in queries.told(found, actor)],
        "panels": panels,
        "history": audit.of(found),
    }
    return render(request, "democracy/supervision.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    """One recommendation: the unit replies, the Front says whether it is enough."""
    actor = actor_of(request)
    found = get_object_or_404(queries.recommendations_visible_to(actor), pk=pk)
    works = [
        Work("tra-loi", _("Trả lời kiến nghị"), _("Gửi trả lời"), rules.may_reply(actor, found),
             forms.ReplyForm, lambda sent: acts.reply(found, by=actor, **sent),
             _("Đã trả lời; việc khắc phục (nếu có) nằm trong danh sách nhiệm vụ.")),
        Work("nhan-xet", _("Nhận xét của Mặt trận"), _("Ghi nhận xét"),
             rules.may_remark(actor, found), forms.RemarkForm,
             lambda sent: acts.remark(found, by=actor, **sent), _("Đã ghi nhận xét.")),
    ]  # fmt: skip
    panels, answer, status = serve(request, works)
    if answer:
        return answer
    unit = found.supervision.unit
    told = next(
        one for one in queries.told(found.supervision, actor) if one.recommendation.pk == found.pk
    )
    context = {
        "told": told, "overdue": told.overdue(clock.today()),
        "recommendation": found, "supervision": found.supervision, "panels": panels,
        "unit": called(names_on(clock.today(), [unit.pk]), unit),
        "history": audit.of(found),
    }  # fmt: skip
    return render(request, "democracy/recommendation.html", context, status=status)


@require_safe
def recommendations(request: HttpRequest) -> HttpResponse:
    """What was asked of units and whether they answered: supervision, criticism, opinions."""
    actor, unit = actor_of(request), number_asked(request, "don_vi")
    year = number_asked(request, "nam")
    asked = queries.recommendations_visible_to(actor)
    opinions = queries.opinions_visible_to(actor)
    if unit:
        asked, opinions = asked.filter(supervision__unit=unit), opinions.filter(to_unit=unit)
    if year:
        asked = asked.filter(sent_on__year=year)
        opinions = opinions.filter(received_on__year=year)
    page = Paginator(asked.order_by("-sent_on", "-pk"), PAGE).get_page(request.GET.get("trang"))
    told = list(opinions[:PAGE])
    units = {row.supervision.unit_id for row in page.object_list} | {o.to_unit_id for o in told}
    names = names_on(clock.today(), units)
    context = {
        "page": page, "asked": unit or year,
        "rows": [(r, names.get(r.supervision.unit_id, "")) for r in page.object_list],
        "opinions": [(o, names.get(o.to_unit_id, "")) for o in told],
    }  # fmt: skip
    return render(request, "democracy/recommendation_list.html", context)


@require_safe
def reply_file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The signed reply as it was sent."""
    seen = queries.recommendations_visible_to(actor_of(request)).values("pk")
    found = get_object_or_404(Reply.objects.select_related("file"), pk=pk, recommendation__in=seen)
    if found.file is None:
        raise Http404
    return downloads.send(found.file, found.file_name)


def _works(found: Supervision, actor: Actor) -> list[Work]:
    conclude = rules.may_conclude(actor, found)
    return [
        Work("ket-qua", _("Ghi kết quả giám sát"), _("Ghi kết quả"), conclude, forms.FindingForm,
             lambda sent: acts.conclude(found, by=actor, **sent), _("Đã ghi kết quả giám sát.")),
        Work("kien-nghi", _("Gửi kiến nghị"), _("Gửi kiến nghị"),
             rules.may_recommend(actor, found), forms.RecommendationForm,
             lambda sent: acts.recommend(found, by=actor, **sent),
             _("Đã gửi kiến nghị; đơn vị thấy trên bàn làm việc."), "paper-airplane"),
        Work("khong-thuc-hien", _("Không thực hiện"), _("Ghi không thực hiện"), conclude,
             ReasonForm, lambda sent: acts.drop(found, by=actor, **sent),
             _("Đã ghi không thực hiện."), "x-circle", "outline-danger"),
    ]  # fmt: skip


def _add_subject(found: SupervisionProgramme, actor: Actor, sent: dict[str, Any]) -> None:
    unit = Unit.objects.get(pk=sent["unit"])
    acts.add(found, by=actor, **{**sent, "unit": unit})
