"""Consultation: the list, a draft with what is said of it, one opinion, the table."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from danvan.democracy import exports_telling, papers_telling
from danvan.democracy.actions import consultation as acts
from danvan.democracy.actions import draft_opinions
from danvan.democracy.forms import consultation as forms
from danvan.democracy.models import Consultation, DraftOpinion, DraftOpinionFile
from danvan.democracy.queries import consultation as queries
from danvan.democracy.rules import consultation as rules
from danvan.democracy.views.telling import units_of
from danvan.documents.downloads import send
from danvan.kernel import audit, clock
from danvan.kernel.access import Actor, actor_of, demand
from danvan.organisations.models import Unit
from danvan.ui import written
from danvan.ui.downloads import DOCX, XLSX, attachment

BOTH = ["GET", "HEAD", "POST"]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Drafts in view, those that take opinions in front."""
    actor = actor_of(request)
    held = queries.counted(queries.visible_to(actor)).order_by("-opens_on", "-pk")
    page = Paginator(held, 50).get_page(request.GET.get("trang"))
    context = {"page": page, "may": bool(units_of(actor)), "today": clock.today()}
    return render(request, "democracy/consultation_list.html", context)


@require_http_methods(BOTH)
def prepare(request: HttpRequest) -> HttpResponse:
    """A draft read into paragraphs; it is looked at before it is opened."""
    actor = actor_of(request)
    units = units_of(actor)
    if not units:
        demand(rules.may_prepare(actor, Unit(pk=0)))
    form = forms.ConsultationForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        unit = get_object_or_404(Unit, pk=form.cleaned_data["unit"])
        made = acts.prepare(unit, **form.words(), by=actor)
        messages.success(request, _("Đã đọc dự thảo thành từng đoạn; xem lại rồi mở lấy ý kiến."))
        return redirect("democracy:consultation", pk=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "democracy/consultation_prepare.html", {"form": form}, status=status)


VERBS: dict[str, tuple[Any, type[Any] | None, Any]] = {
    "mo": (acts.open_, None, gettext_lazy("Đã mở lấy ý kiến.")),
    "doi-han": (acts.reschedule, forms.RescheduleForm, gettext_lazy("Đã đổi thời hạn.")),
    "gop-y": (draft_opinions.speak, forms.SpeakForm, gettext_lazy("Đã ghi nhận ý kiến.")),
    "nhap": (draft_opinions.enter, forms.EnterForm, gettext_lazy("Đã nhập ý kiến.")),
    "ket-thuc": (acts.conclude, forms.ConcludeForm, gettext_lazy("Đã kết thúc.")),
    "rut": (acts.withdraw, forms.WithdrawForm, gettext_lazy("Đã rút dự thảo.")),
}


@require_http_methods(BOTH)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft with what is said of each paragraph; a POST runs the verb it names."""
    actor = actor_of(request)
    held = get_object_or_404(queries.counted(queries.visible_to(actor)), pk=pk)
    sent: dict[str, Any] = {}
    if request.method == "POST":
        name = request.POST.get("viec", "")
        if name not in VERBS:
            raise BadRequest(name)
        verb, _form, said = VERBS[name]
        demand(verb.action.may(actor, held))
        form = _forms(request, actor, held, name).get(name)
        if form is None or form.is_valid():
            verb(held, **_words(form, name), by=actor)
            messages.success(request, said)
            return redirect("democracy:consultation", pk=held.pk)
        sent = {name: form}
    context = _about(request, actor, held, sent)
    return render(request, "democracy/consultation.html", context, status=422 if sent else 200)


def _words(form: Any, name: str) -> dict[str, Any]:
    if form is None:
        return {}
    words = form.words() if hasattr(form, "words") else dict(form.cleaned_data)
    if name == "gop-y":
        words["unit"] = Unit.objects.get(pk=words["unit"])
    if name == "doi-han":
        words["short"] = True
    return words  # type: ignore[no-any-return]


def _forms(
    request: HttpRequest, actor: Actor, held: Consultation, sent: str = ""
) -> dict[str, Any]:
    """The forms by verb: bound is the one that was sent."""

    def made(name: str, cls: type[Any], **more: Any) -> Any:
        if name == sent:
            return cls(request.POST, request.FILES, **more)
        first = {"paragraph": request.GET.get("doan", ""), "given_on": clock.today()}
        return cls(initial=first | ({"closes_on": held.closes_on} if name == "doi-han" else {}),
                   **more)  # fmt: skip

    speak = {"consultation": held, "units": _speaking(actor, held)}
    return {
        "doi-han": made("doi-han", forms.RescheduleForm),
        "gop-y": made("gop-y", forms.SpeakForm, **speak),
        "nhap": made("nhap", forms.EnterForm, consultation=held),
        "ket-thuc": made("ket-thuc", forms.ConcludeForm),
        "rut": made("rut", forms.WithdrawForm),
    }


def _speaking(actor: Actor, held: Consultation) -> list[tuple[int, str]]:
    """The actor's units that may speak here: those asked; any where everybody is asked."""
    asked = set(held.asked.values_list("pk", flat=True))
    units = [(pk, name) for pk, name in units_of(actor) if pk != held.unit_id]
    return [(pk, name) for pk, name in units if held.public or pk in asked]


def _about(
    request: HttpRequest, actor: Actor, held: Consultation, sent: dict[str, Any]
) -> dict[str, Any]:
    opinions = list(queries.opinions_visible_to(actor).filter(consultation=held))
    runs = queries.runs(actor, held)
    made = _forms(request, actor, held) | sent
    speaking = _speaking(actor, held) and not runs
    return {
        "held": held, "runs": runs, "today": clock.today(),
        "pieces": queries.by_paragraph(held.paragraphs.all(), opinions),
        "whole": queries.of_whole(opinions), "opinions": opinions,
        "asked": [str(u) for u in held.asked.prefetch_related("versions")],
        "days": acts.days_open(held.opens_on, held.closes_on),
        "forms": {k.replace("-", "_"): v for k, v in made.items()},
        "may_table": rules.may_read_table(actor, held), "may_open": rules.may_open(actor, held),
        "may_change": rules.may_change(actor, held),
        "may_conclude": rules.may_conclude(actor, held),
        "may_enter": rules.may_enter(actor, held), "may_withdraw": rules.may_withdraw(actor, held),
        "may_speak": rules.may_speak(actor, held) if speaking else None,
        "history": audit.of(held)[:30] if runs else (),
    }  # fmt: skip


@require_http_methods(BOTH)
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """One opinion: its words and files, its answer; answering, grouping, telling its author."""
    actor = actor_of(request)
    held = get_object_or_404(queries.opinions_visible_to(actor), pk=pk)
    runs = queries.runs(actor, held.consultation)
    like = queries.like(held) if runs else []
    first = {
        "outcome": held.outcome, "text": held.answer, "seen": draft_opinions.mark_of(held),
    }  # fmt: skip
    answer = forms.AnswerForm(initial=first)
    group, tell = forms.GroupForm(like=like), forms.TellForm()
    if request.method == "POST":
        name = request.POST.get("viec", "")
        if name == "tra-loi":
            demand(rules.may_answer(actor, held))
            answer = forms.AnswerForm(request.POST)
            done = answer.is_valid() and draft_opinions.answer(
                held, **answer.cleaned_data, by=actor
            )
        elif name == "gop":
            demand(rules.may_group(actor, held))
            group = forms.GroupForm(request.POST, like=like)
            done = group.is_valid() and draft_opinions.group(
                held, same_as=next(o for o in like if o.pk == group.cleaned_data["same_as"]),
                by=actor,
            )  # fmt: skip
        elif name == "bo-gop":
            done = draft_opinions.group(held, same_as=None, by=actor)
        elif name == "bao":
            demand(rules.may_tell(actor, held))
            tell = forms.TellForm(request.POST)
            done = tell.is_valid() and draft_opinions.tell(held, **tell.cleaned_data, by=actor)
        else:
            raise BadRequest(name)
        if done:
            messages.success(request, _("Đã ghi."))
            return redirect(_next(request, held))
    context = {
        "opinion": held, "consultation": held.consultation, "runs": runs,
        "answer_form": answer, "group_form": group, "tell_form": tell,
        "alike": [o for o in like if queries.same_words(held, o)], "like": like,
        "duplicates": held.duplicates.all(), "may_answer": rules.may_answer(actor, held),
        "may_group": rules.may_group(actor, held), "may_tell": rules.may_tell(actor, held),
        "shown": runs or held.consultation.state == Consultation.State.CONCLUDED,
        "history": audit.of(held)[:30] if runs else (),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "democracy/consultation_opinion.html", context, status=status)


def _next(request: HttpRequest, held: DraftOpinion) -> str:
    """The same page; with "save and next" the next one that wants an answer, else the draft."""
    if "next" not in request.POST:
        return reverse("democracy:draft_opinion", args=[held.pk])
    left = held.consultation.opinions.filter(outcome="", same_as__isnull=True)
    following = left.filter(pk__gt=held.pk).first() or left.first()
    if following is None:
        return reverse("democracy:consultation", args=[held.consultation_id])
    return reverse("democracy:draft_opinion", args=[following.pk])


@require_safe
def opinion_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file sent with an opinion: for whoever reads the opinion with its name."""
    actor = actor_of(request)
    held = get_object_or_404(
        DraftOpinionFile.objects.select_related("file", "opinion__consultation"), pk=pk
    )
    own = held.opinion.unit_id in {pk for pk, _name in units_of(actor)}
    if not own and not queries.runs(actor, held.opinion.consultation):
        raise Http404
    return send(held.file, held.name, shown="xem" in request.GET)


@require_safe
def draft_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The draft as it was sent."""
    held = get_object_or_404(queries.visible_to(actor_of(request)), pk=pk)
    if held.file is None:
        raise Http404
    return send(held.file, held.file_name)


@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The table as .xlsx."""
    held, opinions = _table(request, pk)
    lines = [
        (
            n, o.number, papers_telling.place(o), o.text, o.who, str(o.get_channel_display()),
            written.day(o.given_on), str(o.standing.get_outcome_display()), o.standing.answer,
            str(o.same_as or ""), o.told_how,
        )
        for n, o in enumerate(opinions, start=1)
    ]  # fmt: skip
    title = _("Tiếp thu, giải trình ý kiến: %s") % held.title
    content = exports_telling.opinions(title, str(held.unit), lines)
    return attachment(content, f"tiep-thu-giai-trinh-{held.pk}.xlsx", XLSX)


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The report with the table as .docx, as the reader would sign it."""
    held, opinions = _table(request, pk)
    content = papers_telling.table(held, opinions, actor_of(request))
    return attachment(content, f"tiep-thu-giai-trinh-{held.pk}.docx", DOCX)


def _table(request: HttpRequest, pk: int) -> tuple[Consultation, list[DraftOpinion]]:
    """Before the end only for the asking unit and who oversees it."""
    actor = actor_of(request)
    held = get_object_or_404(queries.visible_to(actor), pk=pk)
    demand(rules.may_read_table(actor, held))
    return held, list(queries.opinions_visible_to(actor).filter(consultation=held))
