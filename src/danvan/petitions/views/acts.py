"""Every act on a petition the same way: one small form, the same predicate as its verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from danvan.kernel import clock
from danvan.kernel.access import Actor, Decision, Refused, actor_of, demand, refuse
from danvan.organisations.models import Unit
from danvan.organisations.queries import names_on, subordinates
from danvan.petitions import queries, rules
from danvan.petitions.actions import (
    classification,
    handling,
    rulings,
    talks,
    transfers,
    watching,
)
from danvan.petitions.forms import acts as forms
from danvan.petitions.models import Petition

Run = Callable[[Petition, Any, Actor], Any]


@dataclass(frozen=True, slots=True)
class Act:
    """An act with a page of its own: its words, its rule, its form, its verb."""

    slug: str
    label: Any
    icon: str
    may: Callable[[Actor, Petition], Decision]
    form: type[forms.ActForm]
    run: Run
    grave: bool = False


def _unit(data: dict[str, Any]) -> Unit:
    return get_object_or_404(Unit, pk=data["unit"])


def _plain(verb: Callable[..., Any]) -> Run:
    """A verb that takes what the form holds, by the same names."""
    return lambda petition, form, by: verb(petition, **form.cleaned_data, by=by)


def _classify(petition: Petition, form: Any, by: Actor) -> None:
    words = {n: form.cleaned_data[n] for n in ("summary", "words", "note")}
    classification.classify(petition, found=form.found(), **words, by=by)


def _verify(petition: Petition, form: Any, by: Actor) -> None:
    data = form.cleaned_data
    handling.give_to_verify(petition, unit=_unit(data), note=data["note"], by=by)


def _transfer(petition: Petition, form: Any, by: Actor) -> None:
    data = form.cleaned_data
    transfers.transfer(
        petition, to_name=data["to_name"], to_unit=_unit(data) if data["unit"] else None,
        clause=data["clause"], by=by,
    )  # fmt: skip


def _join(petition: Petition, form: Any, by: Actor) -> None:
    data = form.cleaned_data
    lead = queries.visible_to(by).filter(number=data["lead"].strip()).first()
    if lead is None:
        raise Refused(refuse(_("Không tìm thấy đơn số này.")))
    transfers.join(petition, lead=lead, kind=data["kind"], reason=data["reason"], by=by)


def _decide(petition: Petition, form: Any, by: Actor) -> None:
    rulings.decide(petition, result=form.result(), on=form.cleaned_data["on"], by=by)


def _enforce(petition: Petition, form: Any, by: Actor) -> None:
    data = form.cleaned_data
    rulings.enforce(petition, title=data["title"], unit=_unit(data), due_on=data["due_on"], by=by)


ACTS = {
    act.slug: act
    for act in (
        Act("phan-loai", gettext_lazy("Phân loại"), "tag", rules.may_classify,
            forms.ClassifyForm, _classify),
        Act("tach", gettext_lazy("Tách nội dung"), "scissors", rules.may_split, forms.SplitForm,
            lambda p, f, by: classification.split(p, parts=f.parts(), by=by)),
        Act("thu-ly", gettext_lazy("Thụ lý, nhận giải quyết"), "check", rules.may_accept,
            forms.AcceptForm, _plain(handling.accept)),
        Act("khong-thu-ly", gettext_lazy("Không thụ lý"), "no-symbol", rules.may_refuse,
            forms.TurnDownForm, _plain(handling.turn_down), grave=True),
        Act("chuyen", gettext_lazy("Chuyển cơ quan khác"), "paper-airplane", rules.may_transfer,
            forms.TransferForm, _transfer),
        Act("luu", gettext_lazy("Lưu đơn"), "archive-box", rules.may_file, forms.GroundForm,
            _plain(handling.put_away), grave=True),
        Act("gop", gettext_lazy("Giải quyết chung với đơn khác"), "link", rules.may_join,
            forms.JoinForm, _join),
        Act("xac-minh", gettext_lazy("Giao xác minh"), "user-group", rules.may_verify,
            forms.VerifyForm, _verify),
        Act("moi-doi-thoai", gettext_lazy("Mời đối thoại"), "calendar-days", rules.may_call_talk,
            forms.CallTalkForm, _plain(talks.call)),
        Act("doi-thoai", gettext_lazy("Ghi buổi đối thoại"), "users", rules.may_hold_talk,
            forms.HoldTalkForm, _plain(talks.hold)),
        Act("gia-han", gettext_lazy("Gia hạn"), "clock", rules.may_change_clock, forms.ExtendForm,
            _plain(handling.extend)),
        Act("tam-dinh-chi", gettext_lazy("Tạm đình chỉ"), "pause", rules.may_change_clock,
            forms.PauseForm, _plain(handling.pause)),
        Act("tiep-tuc", gettext_lazy("Tiếp tục giải quyết"), "play", rules.may_resume,
            forms.NoteForm, _plain(handling.resume)),
        Act("ket-qua", gettext_lazy("Ghi kết quả giải quyết"), "scale", rules.may_decide,
            forms.DecideForm, _decide),
        Act("cong-khai", gettext_lazy("Công khai kết quả"), "megaphone", rules.may_publish,
            forms.PublishForm, _plain(rulings.publish)),
        Act("thi-hanh", gettext_lazy("Giao thi hành"), "clipboard-document-list",
            rules.may_enforce, forms.EnforceForm, _enforce),
        Act("ket-thuc", gettext_lazy("Kết thúc"), "check-circle", rules.may_close, forms.NoteForm,
            _plain(rulings.close)),
        Act("tra-loi-lai", gettext_lazy("Trả lời ý kiến chưa đồng ý"), "chat-bubble-left-right",
            rules.may_answer_dispute, forms.AnswerForm, _plain(rulings.answer_dispute)),
        Act("them-tai-lieu", gettext_lazy("Thêm tài liệu"), "paper-clip", rules.may_mark,
            forms.AttachForm, _plain(handling.attach)),
        Act("rut", gettext_lazy("Người gửi rút đơn"), "arrow-uturn-left", rules.may_withdraw,
            forms.GroundForm, _plain(handling.withdraw), grave=True),
        Act("ap-dung", gettext_lazy("Áp dụng quy định của ngày khác"), "book-open",
            rules.may_override_regime, forms.RegimeForm, _plain(classification.override_regime)),
    )
}  # fmt: skip
# Acts that a later page still offers when nothing else is left to do.
QUIET = ("them-tai-lieu", "rut", "ap-dung", "gop", "tach")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The form of one act; refused with its reason to who may not."""
    actor = actor_of(request)
    if slug not in ACTS:
        raise Http404
    petition = get_object_or_404(queries.visible_to(actor), pk=pk)
    chosen = ACTS[slug]
    demand(chosen.may(actor, petition))
    units = _units(petition)
    form = chosen.form(
        request.POST or None, request.FILES or None, petition=petition, units=units,
        initial=_first(petition),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        chosen.run(petition, form, actor)
        messages.success(request, _("Đã ghi: %s.") % str(chosen.label).lower())
        return _back(actor, petition)
    context = {"petition": petition, "act": chosen, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "petitions/act.html", context, status=status)


@require_http_methods(["POST"])
def watch(request: HttpRequest, pk: int) -> HttpResponse:
    """On the watch-list, or off it, with the reason that was asked."""
    actor = actor_of(request)
    petition = get_object_or_404(queries.visible_to(actor), pk=pk)
    verb = watching.unwatch if petition.hot_since else watching.watch
    verb(petition, reason=request.POST.get("reason", ""), by=actor)
    messages.success(request, _("Đã cập nhật danh sách điểm nóng."))
    return redirect("petitions:petition", pk=pk)


@require_http_methods(["POST"])
def mark(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """A duty of the law noted as done today."""
    actor = actor_of(request)
    petition = get_object_or_404(queries.visible_to(actor), pk=pk)
    handling.mark(petition, step=step, note=request.POST.get("reason", ""), by=actor)
    messages.success(request, _("Đã ghi việc đã làm."))
    return redirect("petitions:petition", pk=pk)


def _back(actor: Actor, petition: Petition) -> HttpResponse:
    """To the petition, or to the list if it left one's view (it is confidential now)."""
    if queries.visible_to(actor).filter(pk=petition.pk).exists():
        return redirect("petitions:petition", pk=petition.pk)
    return redirect("petitions:list")


def _units(petition: Petition) -> list[tuple[int, str]]:
    """The body and the units under it today."""
    day = clock.today()
    own = names_on(day, [petition.body_id])
    under = [(v.unit_id, v.name) for v in subordinates(petition.body, day)]
    above = [] if under else _siblings(petition, own)
    return [*own.items(), *under, *above]


def _siblings(petition: Petition, own: dict[int, str]) -> list[tuple[int, str]]:
    """Of a unit without units under it: the body above and what is beside it."""
    day = clock.today()
    version = petition.body.versions.order_by("-valid_from").first()
    if version is None or version.parent is None:
        return []
    beside = [(v.unit_id, v.name) for v in subordinates(version.parent, day)]
    return [*names_on(day, [version.parent.pk]).items(),
            *((pk, name) for pk, name in beside if pk not in own)]  # fmt: skip


def _first(petition: Petition) -> dict[str, Any]:
    """What the forms begin with."""
    today = clock.today()
    return {
        "kind": petition.known_kind, "people": petition.people, "instance": petition.instance,
        "remote": petition.remote, "delegated": petition.delegated, "eligible": True,
        "further": petition.further,
        "competent": True if petition.competent is None else petition.competent, "on": today,
    }  # fmt: skip
