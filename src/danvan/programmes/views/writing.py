"""Writing a plan: begin, write, versions, hand over; and a unit's own plan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.documents import downloads
from danvan.kernel import clock
from danvan.kernel.access import Stale, demand, refuse
from danvan.programmes import beginning, queries, rules, writing
from danvan.programmes.actions import manuscripts
from danvan.programmes.actions.manuscripts import save
from danvan.programmes.forms import BeginForm, SectionFormSet, WordsForm
from danvan.programmes.models import Manuscript
from vanban.errors import ReadingError


def _manuscript(request: HttpRequest, pk: int) -> Manuscript:
    visible = queries.manuscripts_visible_to(request.actor)  # type: ignore[attr-defined]
    return get_object_or_404(visible, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """The programme office begins a plan; the form comes filled with what lies near."""
    actor = request.actor  # type: ignore[attr-defined]
    bodies = list(queries.bodies_served_by(actor))
    if not bodies:
        demand(refuse(_("Chỉ cơ quan thường trực chương trình mới soạn kế hoạch.")))
    asked = request.GET.get("co-quan", "")
    body = next((b for b in bodies if str(b.pk) == asked), bodies[0])
    form = BeginForm(
        request.POST if request.method == "POST" else None, body=body, initial=_near(body)
    )
    if form.is_valid():
        made = manuscripts.begin(body, **form.cleaned_data, by=actor)
        messages.success(request, _("Đã lập bản soạn. Mọi lần lưu đều giữ lại một bản."))
        return redirect("programmes:manuscript", made.pk)
    context = {"form": form, "manuscripts": queries.manuscripts_in_writing(actor), "body": body,
               "bodies": bodies}  # fmt: skip
    return render(request, "programmes/begin.html", context)


def _near(body: Any) -> dict[str, Any]:
    """The year after the last plan of the body, that plan, and the superior's of that year."""
    last = body.programmes.order_by("-year", "-published_at").first()
    year = last.year + 1 if last else clock.today().year
    above = body.drafts.filter(state="kept", year=year).order_by("-read_at").first()
    return {"year": year, "previous": last, "superior": above}


@require_http_methods(["GET", "HEAD", "POST"])
def manuscript(request: HttpRequest, manuscript: int) -> HttpResponse:
    """Header and sections; saving makes a version, ``doc`` saves and hands over to review."""
    actor = request.actor  # type: ignore[attr-defined]
    subject = _manuscript(request, manuscript)
    if request.method != "POST":
        return _page(request, subject, WordsForm.of(subject), _sections(subject))
    demand(rules.may_write(actor, subject))
    words, sections = WordsForm(request.POST), SectionFormSet(request.POST, prefix="phan")
    if not (words.is_valid() and sections.is_valid()):
        return _page(request, subject, words, sections)
    save(
        subject,
        header=words.header,
        sections=sections.kept,  # type: ignore[attr-defined]
        seen=words.cleaned_data["seen"],
        by=actor,
    )
    if "doc" in request.POST:
        return _hand_over(request, subject)
    messages.success(request, _("Đã lưu bản %d.") % subject.version)
    return redirect("programmes:manuscript", subject.pk)


def _hand_over(request: HttpRequest, subject: Manuscript) -> HttpResponse:
    try:
        draft = manuscripts.read(subject, by=request.actor)  # type: ignore[attr-defined]
    except (ValidationError, ReadingError) as error:
        words = WordsForm({**subject.header, "seen": subject.version})
        words.full_clean()
        told = error if isinstance(error, ValidationError) else ValidationError(error.message)
        words.add_error(None, ValidationError(told.messages))
        return _page(request, subject, words, _sections(subject))
    messages.success(request, _("Đã tạo văn bản và đọc xong. Hãy xem từng mục trước khi ban hành."))
    return redirect("programmes:review", draft.pk)


def _sections(subject: Manuscript) -> Any:
    return SectionFormSet(prefix="phan", initial=subject.sections)


def _page(request: HttpRequest, subject: Manuscript, words: Any, sections: Any) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "manuscript": subject,
        "words": words,
        "sections": sections,
        "may": rules.may_write(actor, subject),
        "may_hand_over": rules.may_hand_over(actor, subject),
        "versions": subject.versions.select_related("saved_by")[:5],
    }
    return render(request, "programmes/manuscript.html", context)


@require_POST
def autosave(request: HttpRequest, manuscript: int) -> HttpResponse:
    """For the script of the page: the new version's number, or why it was not kept."""
    actor = request.actor  # type: ignore[attr-defined]
    subject = _manuscript(request, manuscript)
    demand(rules.may_write(actor, subject))
    words, sections = WordsForm(request.POST), SectionFormSet(request.POST, prefix="phan")
    if not (words.is_valid() and sections.is_valid()):
        told = _("Chưa tự lưu được: có ô ghi chưa đúng.")
        return JsonResponse({"reason": told}, status=422)
    try:
        save(
            subject,
            header=words.header,
            sections=sections.kept,  # type: ignore[attr-defined]
            seen=words.cleaned_data["seen"],
            automatic=True,
            by=actor,
        )
    except Stale as stale:
        return JsonResponse({"reason": stale.reason}, status=409)
    told = _("Đã tự lưu bản %d.") % subject.version
    return JsonResponse({"version": subject.version, "reason": told})


@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, manuscript: int) -> HttpResponse:
    """Every version; ``?ban=`` shows one; a post takes one back."""
    actor = request.actor  # type: ignore[attr-defined]
    subject = _manuscript(request, manuscript)
    if request.method == "POST":
        number = request.POST.get("ban", "")
        wanted = get_object_or_404(
            subject.versions, number=int(number) if number.isdecimal() else 0
        )
        manuscripts.restore(subject, number=wanted.number, by=actor)
        messages.success(request, _("Đã lấy lại bản %d.") % wanted.number)
        return redirect("programmes:manuscript", subject.pk)
    asked = request.GET.get("ban", "")
    shown = subject.versions.filter(number=int(asked)).first() if asked.isdecimal() else None
    context = {
        "manuscript": subject,
        "versions": subject.versions.select_related("saved_by"),
        "shown": shown or subject.versions.first(),
        "may": rules.may_write(actor, subject),
    }
    return render(request, "programmes/versions.html", context)


@require_POST
def discard(request: HttpRequest, manuscript: int) -> HttpResponse:
    subject = _manuscript(request, manuscript)
    try:
        manuscripts.discard(
            subject,
            reason=request.POST.get("reason", ""),
            by=request.actor,  # type: ignore[attr-defined]
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("programmes:manuscript", subject.pk)
    messages.success(request, _("Đã bỏ bản soạn. Các bản đã lưu vẫn còn cùng lý do."))
    return redirect("programmes:index")


@require_GET
def file(request: HttpRequest, manuscript: int) -> HttpResponse:
    """The official .docx of the words last saved."""
    subject = _manuscript(request, manuscript)
    try:
        content = writing.file_of(subject, clock.today())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("programmes:manuscript", subject.pk)
    response = HttpResponse(content, content_type=downloads.TYPES["docx"])
    name = content_disposition_header(as_attachment=True, filename=writing.file_name(subject))
    response["Content-Disposition"] = name or "attachment"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def for_unit(request: HttpRequest, programme: int, unit: int) -> HttpResponse:
    """What the programme asks of a unit, and the beginning of the unit's own plan."""
    actor = request.actor  # type: ignore[attr-defined]
    subject = get_object_or_404(queries.visible_to(actor), pk=programme)
    mine = get_object_or_404(queries.units_acted_for(actor, subject), pk=unit)
    if request.method == "POST":
        made = manuscripts.begin_for_unit(mine, programme=subject, by=actor)
        messages.success(request, _("Đã lập bản soạn từ các nhiệm vụ được giao."))
        return redirect("programmes:manuscript", made.pk)
    context = {
        "programme": subject,
        "unit": mine,
        "name": writing.body_name(mine, clock.today()),
        "tasks": beginning.tasks_for(mine, subject),
        "written": mine.manuscripts.filter(assigned_by=subject, state="writing").first(),
        "may": rules.may_act_for(actor, mine),
    }
    return render(request, "programmes/for_unit.html", context)
