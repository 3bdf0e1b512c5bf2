"""Pages for people without an account: checking in at a session, reading and acknowledging.

Nobody is asked for more than a personal code. Whoever is signed in needs none.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from danvan.kernel import clock, throttling
from danvan.kernel.access import Actor, Refused, demand, refuse
from danvan.kernel.throttling import place_of
from danvan.study import codes, learners, paging, queries, quiz, reckoning, rules
from danvan.study.actions import attendance, reading
from danvan.study.forms.people import CodeForm, QuizForm
from danvan.study.models import Acknowledgement, Campaign, Learner, StudySession, StudyText
from danvan.study.rules import LEARNER

# A whole hall stands behind one address, so the count is generous; the code itself has 40 bits.
HALL, READERS = 4000, 300
WINDOW = dt.timedelta(minutes=10)
# From scanning the wall to sending the code: time to type eight characters.
TYPING = 300
DEVICE, DEVICE_DAYS = "danvan_may", 2
READER, READING = "study_reader", dt.timedelta(minutes=60)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Scanned from the wall: the code there proves one stands before it, the personal code who."""
    session = get_object_or_404(StudySession.objects.select_related("campaign"), pk=pk)
    mark = request.COOKIES.get(DEVICE, "") or secrets.token_hex(16)
    arrived = _arrived(request, session, code, mark)
    form = CodeForm(request.POST or None)
    context: dict[str, Any] = {"session": session, "form": form, "arrived": arrived}
    status = 200
    if not arrived:
        context["stale"], status = True, 410
    elif not (decision := rules.may_check_in(LEARNER, session)):
        context["closed"], status = decision.reason, 403
    elif request.method == "POST":
        status = _counted(request, session, form, mark, context)
    answer = render(request, "study/check_in.html", context, status=status)
    return _marked(request, answer, mark)


def _counted(
    request: HttpRequest, session: StudySession, form: CodeForm, mark: str, context: dict[str, Any]
) -> int:
    """Counts the person or says why not; the status of the answer."""
    if wait := throttling.count("study.check_in", place_of(request), times=HALL, within=WINDOW):
        context["wait"] = -(-wait // 60)
        return 429
    if not form.is_valid():
        return 422
    learner = learners.by_code(form.cleaned_data["code"])
    if learner is None:
        form.add_error("code", _("Không có mã này. Hãy xem lại mã, hoặc báo người tổ chức."))
        return 422
    try:
        device = codes.device(mark)
        row = attendance.check_in(session, learner=learner, device=device, by=LEARNER)
    except Refused as refused:
        context["refused"], context["done"] = refused.decision.reason, refused.decision.done
        return 409
    context["row"], context["name"] = row, learner.person
    return 200


def _arrived(request: HttpRequest, session: StudySession, code: str, mark: str) -> str:
    """A signed proof that this phone saw the wall just now, or saw it within TYPING; "" if not."""
    if request.method == "POST":
        try:
            told = signing.loads(request.POST.get("arrived", ""), salt="study.arrived",
                                 max_age=TYPING)  # fmt: skip
        except signing.BadSignature:
            return ""
        return request.POST["arrived"] if told == [session.pk, mark] else ""
    if not codes.is_on_the_wall(session, code):
        return ""
    return signing.dumps([session.pk, mark], salt="study.arrived")


def _marked(request: HttpRequest, answer: HttpResponse, mark: str) -> HttpResponse:
    if request.COOKIES.get(DEVICE) != mark:
        answer.set_cookie(
            DEVICE, mark, max_age=DEVICE_DAYS * 86400, httponly=True, samesite="Lax",
            secure=request.is_secure(),
        )  # fmt: skip
    return answer


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """The way in to reading: a personal code; whoever is known goes straight to the shelf."""
    if request.method != "POST" and _reader(request) is not None:
        return redirect("study:shelf")
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        wait = throttling.count("study.read", place_of(request), times=READERS, within=WINDOW)
        if wait:
            context = {"form": form, "wait": -(-wait // 60)}
            return render(request, "study/door.html", context, status=429)
        status = 422
        learner = learners.by_code(form.cleaned_data["code"]) if form.is_valid() else None
        if learner is not None:
            request.session.cycle_key()
            request.session[READER] = [learner.pk, clock.now().timestamp()]
            return redirect("study:shelf")
        if form.is_valid():
            form.add_error("code", _("Không có mã cá nhân này. Hãy xem lại mã hoặc hỏi đơn vị."))
    return render(request, "study/door.html", {"form": form}, status=status)


@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Done: the next person at this phone is nobody yet."""
    request.session.pop(READER, None)
    messages.success(request, _("Đã kết thúc phiên đọc trên máy này."))
    return redirect("study:door")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def shelf(request: HttpRequest) -> HttpResponse:
    """What this person has to study, text by text."""
    learner = _reader(request)
    if learner is None:
        return redirect("study:door")
    context = {
        "name": learner.person,
        "rows": [_row(campaign, learner) for campaign in queries.to_read(learner)],
        "by_code": _way(request) == "code",
    }
    return render(request, "study/shelf.html", context)


def _row(campaign: Campaign, learner: Learner) -> dict[str, Any]:
    texts = list(campaign.texts.select_related("document", "version"))
    ways = dict(learner.acknowledgements.filter(campaign=campaign).values_list("text", "way"))
    screens = {text for text, way in ways.items() if way != Acknowledgement.Way.PAPER}
    accepted = reckoning.accepted(texts)
    read = [(t, not accepted[t.pk].isdisjoint(ways)) for t in texts if t.pk in accepted]
    attended = learner.attendances.filter(session__campaign=campaign).exists()
    return {
        "campaign": campaign,
        "attended": attended,
        "texts": read,
        "unasked": bool(read)
        and all(done for _text, done in read)
        and not reckoning.asks_questions(accepted, screens),
        "passed": campaign.tries.filter(learner=learner, passed=True).exists(),
    }


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int, page: int) -> HttpResponse:
    """One page of a text. "Trang tiếp" says this one was read; the last leads to the sentence."""
    learner, text = _reading(request, pk)
    if learner is None:
        return redirect("study:door")
    if not 1 <= page <= text.pages:
        return redirect("study:page", pk=pk, page=1)
    if request.method == "POST":
        reading.see(text, learner, page)
        if page < text.pages:
            return redirect("study:page", pk=pk, page=page + 1)
        return redirect("study:acknowledge", pk=pk)
    context = {
        "text": text, "page": page, "words": paging.pages(text.text)[page - 1],
        "seen": text.seen.filter(learner=learner).count(), "name": learner.person,
    }  # fmt: skip
    return render(request, "study/page.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """The sentence of acknowledgement, once every page was seen."""
    learner, text = _reading(request, pk)
    if learner is None:
        return redirect("study:door")
    if request.method == "POST":
        actor, way = _as(request)
        reading.acknowledge(text, learner=learner, way=way, by=actor)
        messages.success(request, _("Đã ghi xác nhận của bạn."))
        return redirect("study:shelf")
    seen = set(text.seen.filter(learner=learner).values_list("page", flat=True))
    missing = [n for n in range(1, text.pages + 1) if n not in seen]
    done = text.acknowledgements.filter(learner=learner).first()
    context = {"text": text, "missing": missing, "done": done, "name": learner.person}
    return render(request, "study/acknowledge.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def quiz_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions drawn for this person; what was wrong is told with its ground."""
    learner = _reader(request)
    if learner is None:
        return redirect("study:door")
    campaign = _asked(learner, pk)
    demand(rules.may_answer(LEARNER, campaign))
    asked = quiz.drawn(campaign, learner)
    form = QuizForm(request.POST or None, questions=asked)
    context: dict[str, Any] = {"campaign": campaign, "form": form, "name": learner.person}
    if request.method == "POST" and form.is_valid():
        if wait := throttling.count("study.quiz", learner.who, times=10, within=WINDOW):
            context["wait"] = -(-wait // 60)
            return render(request, "study/quiz.html", context, status=429)
        answers = form.answers()
        context["tried"] = reading.answer(
            campaign, learner=learner, answers=answers, by=_as(request)[0]
        )
        context["told_answers"] = [(q, answers.get(q.pk) == q.right) for q in asked]
        return render(request, "study/quiz.html", context)
    context["passed"] = campaign.tries.filter(learner=learner, passed=True).exists()
    context["short"] = len(asked) < campaign.quiz_size
    return render(request, "study/quiz.html", context, status=422 if form.is_bound else 200)


def _reader(request: HttpRequest) -> Learner | None:
    """Who reads: the person signed in, else whoever told a code here within READING."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.id is not None:
        return learners.of([actor.id])[actor.id]
    pk, since = request.session.get(READER, (None, 0))
    if pk is None or clock.now().timestamp() - since > READING.total_seconds():
        return None
    return Learner.objects.filter(pk=pk, person__isnull=False).select_related("person").first()


def _way(request: HttpRequest) -> str:
    return "code" if request.actor.id is None else "account"  # type: ignore[attr-defined]


def _as(request: HttpRequest) -> tuple[Actor, str]:
    """In whose name history writes it, and how the person was known."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return (actor, "account") if actor.id is not None else (LEARNER, "code")


def _asked(learner: Learner, campaign: int) -> Campaign:
    """The campaign, if it asks something of this person today; else 404."""
    held = {c.pk: c for c in queries.to_read(learner)}
    return get_object_or_404(Campaign.objects.filter(pk__in=held), pk=campaign)


def _reading(request: HttpRequest, pk: int) -> tuple[Learner | None, StudyText]:
    """The reader and a text of a campaign that asks them; 404 for others, 403 if it is over."""
    learner = _reader(request)
    rows = StudyText.objects.select_related("document", "version", "campaign")
    if learner is None:
        return None, StudyText()
    text = get_object_or_404(rows, pk=pk, campaign__state=Campaign.State.OPEN)
    _asked(learner, text.campaign_id)
    if not (decision := rules.may_read(LEARNER, text)):
        raise Refused(refuse(decision.reason))
    return learner, text
