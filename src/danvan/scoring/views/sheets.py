"""The self-score sheet: filling it in, the gate before submission, sending it back."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from danvan.kernel import audit, clock
from danvan.kernel.access import Refused, Stale, actor_of
from danvan.organisations.queries import name_on
from danvan.scoring import computing, gate, sheet_pages
from danvan.scoring.actions import sheets as actions
from danvan.scoring.actions.sheets import save
from danvan.scoring.computing import Computed
from danvan.scoring.duties import why_due
from danvan.scoring.forms.sheets import SheetForm
from danvan.scoring.models import Proof, Score, Sheet
from danvan.scoring.queries import sheets as queries
from danvan.scoring.rules import sheets as rules

HISTORY = 15


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole sheet, or one criterion at a time (``?tieu-chi=1.1``)."""
    page = _Page(request, _visible(request, pk))
    if request.method != "POST":
        return page.shown()
    if not page.may_fill:
        raise Refused(page.may_fill)
    form = page.form(request.POST, request.FILES)
    if not form.is_valid():
        return page.shown(form, status=422)
    try:
        page.keep(form)
    except Stale as stale:
        return page.told_stale(form, stale.reason)
    return page.after_saving()


@require_http_methods(["GET", "HEAD", "POST"])
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """The gate: what is still missing, what handing in today means, and the act itself."""
    found = _visible(request, pk)
    if request.method == "POST":
        revision = request.POST.get("revision", "")
        actions.submit(
            found, revision=int(revision) if revision.isdecimal() else None, by=actor_of(request)
        )
        messages.success(request, _("Đã nộp phiếu tự chấm và hồ sơ chấm điểm."))
        return redirect("scoring:sheet", pk=pk)
    scores = computing.scores_of([found])
    computed, proofs = computing.shown(found, scores), queries.proofs_of(found)
    lacking = gate.lacking(scores, computed, {k: len(v) for k, v in proofs.items()})
    lines = {ln.score.pk: ln for ln in sheet_pages.lines_of(scores, computed, proofs)}
    context = {
        **_head(found),
        "missing": [
            (title, help, [lines[s.pk] for s in held]) for title, help, held in _told(lacking)
        ],
        "lacking": lacking,
        "total": sheet_pages.total_of(scores),
        "lateness": sheet_pages.lateness_of(found, clock.today()),
        "may_submit": rules.may_submit(actor_of(request), found),
    }
    return render(request, "scoring/sheets/gate.html", context)


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    actions.return_to_unit(found, reason=request.POST.get("reason", ""), by=actor_of(request))
    messages.success(request, _("Đã trả lại phiếu cho đơn vị."))
    return redirect("scoring:sheet", pk=pk)


class _Page:
    """One request for a sheet's page: what it shows, and the two ways out of a saving."""

    def __init__(self, request: HttpRequest, sheet: Sheet) -> None:
        self.request, self.sheet = request, sheet
        self.actor = actor_of(request)
        self.may_fill = rules.may_fill(self.actor, sheet)
        asked = request.GET.get("tieu-chi", "")
        codes = [score.criterion.code for score in self.scores] if asked else []
        self.at = codes.index(asked) if asked in codes else None

    # A whole sheet that is saved needs none of the three: they are read when they are looked at.
    @cached_property
    def scores(self) -> list[Score]:
        return computing.scores_of([self.sheet])

    @cached_property
    def computed(self) -> dict[int, Computed]:
        return computing.shown(self.sheet, self.scores)

    @cached_property
    def proofs(self) -> dict[int, list[Proof]]:
        return queries.proofs_of(self.sheet)

    @property
    def chosen(self) -> list[Score]:
        return self.scores if self.at is None else [self.scores[self.at]]

    def form(self, *args: Any) -> SheetForm:
        scores, reusable = queries.to_claim(self.sheet), None
        if self.at is not None:
            one = self.chosen[0]
            scores = [s for s in scores if s.criterion_id == one.criterion_id]
            reusable = self._reusable(one)
        initial = {"revision": self.sheet.revision}
        return SheetForm(*args, scores=scores, reusable=reusable, initial=initial)

    def keep(self, form: SheetForm) -> None:
        fill = self.computed if "fill" in self.request.POST else None
        claims, proofs = form.claims(fill), form.proofs()
        if not claims and not proofs:
            messages.info(self.request, _("Không có thay đổi nào để lưu."))
            return
        seen = form.cleaned_data["revision"]
        save(self.sheet, revision=seen, claims=claims, proofs=proofs, by=self.actor)
        messages.success(self.request, _("Đã lưu %d tiêu chí.") % len(claims) if claims else
                         _("Đã lưu minh chứng."))  # fmt: skip

    def after_saving(self) -> HttpResponse:
        url = reverse("scoring:sheet", args=[self.sheet.pk])
        if self.at is None:
            return HttpResponseRedirect(url)
        step = 1 if "next" in self.request.POST else 0
        following = self.scores[(self.at + step) % len(self.scores)].criterion.code
        return HttpResponseRedirect(f"{url}?tieu-chi={following}")

    def told_stale(self, form: SheetForm, reason: str) -> HttpResponse:
        """The typed values over the colleague's; nothing was written."""
        # The scores as the form showed them: told by what it remembers of each field.
        before = {s.pk: sheet_pages.claim_said(form.as_shown(s)) for s in form.scores}
        page = _Page(self.request, _visible(self.request, self.sheet.pk))
        others = sheet_pages.others_values(before, page.chosen, form)
        rebased = form.rebased(page.form(), page.sheet.revision)
        return page.shown(rebased, others=others, stale=reason, status=409)

    def shown(self, form: SheetForm | None = None, **more: Any) -> HttpResponse:
        status = more.pop("status", 200)
        if form is None and self.may_fill:
            form = self.form()
        others = more.pop("others", None)
        lines = sheet_pages.lines_of(self.chosen, self.computed, self.proofs, form, others)
        context = {
            **_head(self.sheet),
            "form": form,
            "sections": sheet_pages.sections_of(lines),
            "total": sheet_pages.total_of(self.scores),
            "may_fill": self.may_fill,
            "may_return": rules.may_return(self.actor, self.sheet),
            "history": audit.of(self.sheet)[:HISTORY],
            "returned": queries.last_return(self.sheet) if self.sheet.submitted_at else None,
            # A browser does not keep chosen files in a form that comes back with its errors.
            "lost_files": bool(form and form.errors and self.request.FILES),
            **more,
        }
        if self.at is None:
            return render(self.request, "scoring/sheets/sheet.html", context, status=status)
        context |= {"line": lines[0], **self._neighbours()}
        return render(self.request, "scoring/sheets/criterion.html", context, status=status)

    def _neighbours(self) -> dict[str, Any]:
        at = self.at or 0
        return {
            "previous": self.scores[at - 1].criterion if at else None,
            "following": self.scores[at + 1].criterion if at + 1 < len(self.scores) else None,
            "place": at + 1,
            "count": len(self.scores),
        }

    def _reusable(self, score: Score) -> dict[str, list[tuple[int, str]]]:
        held = {p.attachment_id for p in self.proofs.get(score.pk, [])}
        others = [p for key, found in self.proofs.items() if key != score.pk for p in found]
        return {
            "attachments": [
                (a.pk, f"{a.name} – {a.submission.assignment.task}")
                for a in queries.handed_in_by(self.sheet)
                if a.pk not in held
            ],
            "again": [(p.pk, f"{p.name} ({p.score.criterion.code})") for p in _distinct(others)],
        }


def _distinct(proofs: list[Proof]) -> list[Proof]:
    """Each file once, however many criteria it proves."""
    found: dict[Any, Proof] = {}
    for proof in proofs:
        found.setdefault((proof.file_id, proof.attachment_id, proof.address), proof)
    return list(found.values())


def _told(lacking: gate.Lacking) -> list[tuple[str, str, list[Score]]]:
    kinds = (
        (
            _("Chưa chấm"),
            _("Ghi điểm tự chấm (0 nếu không đạt) hoặc chọn “không phát sinh”."),
            lacking.unclaimed,
        ),
        (
            _("Đã chấm nhưng chưa có minh chứng"),
            _("Không có minh chứng thì không được điểm: thêm minh chứng hoặc ghi 0."),
            lacking.unproven,
        ),
        (
            _("Chưa ghi lý do"),
            _("Điểm tự chấm khác số hệ thống tính, hoặc ghi “không phát sinh”, thì nêu lý do."),
            lacking.unexplained,
        ),
    )
    return [kind for kind in kinds if kind[2]]


def _head(sheet: Sheet) -> dict[str, Any]:
    """What every page about a sheet says of it."""
    task = queries.dossier_tasks([sheet]).get((sheet.round.programme_id, sheet.unit_id))
    return {
        "sheet": sheet,
        "round": sheet.round,
        "unit_name": name_on(sheet.unit, sheet.round.dossier_due),
        "why_due": why_due(sheet, task.task.due_text if task and task.task else ""),
        "dossier": task,
    }


def _visible(request: HttpRequest, pk: int) -> Sheet:
    found = queries.visible_to(actor_of(request))
    if request.method == "POST":
        # What is sent is kept, not shown: the documents behind the sheet stay unread.
        found = found.select_related(None).select_related("round", "unit")
    return get_object_or_404(found, pk=pk)
