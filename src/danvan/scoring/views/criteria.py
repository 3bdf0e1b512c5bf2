"""Score sheets: the list, one printed, bringing one in from a table."""

from __future__ import annotations

import base64

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from danvan.kernel.access import Refused, actor_of
from danvan.organisations.models import Unit
from danvan.scoring import exporting, importing, regulation_pages, template_files
from danvan.scoring.actions import criteria as actions
from danvan.scoring.criteria_pages import bands_said, printed_sections
from danvan.scoring.forms.criteria import ConfirmForm, EndForm, ImportForm, UploadForm
from danvan.scoring.models import CriteriaSet
from danvan.scoring.queries import sheets as queries
from danvan.scoring.rules import rounds as rules
from danvan.ui.downloads import XLSX, attachment

SALT, ONE_DAY = "scoring.criteria", 24 * 60 * 60


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every score sheet, by block and date."""
    actor = actor_of(request)
    body = queries.body_kept_by(actor)
    context = {
        "sets": list(queries.criteria_visible_to(actor)),
        "may_import": body is not None and rules.may_import_criteria(actor, body),
    }
    return render(request, "scoring/criteria/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """One score sheet to be read and printed; the programme office may set its last day."""
    held = get_object_or_404(queries.criteria_visible_to(actor_of(request)), pk=pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _ended(request, held, form):
        messages.success(request, _("Đã ghi ngày hết áp dụng."))
        return redirect("scoring:criteria_set", pk=pk)
    bands = list(held.bands.all())
    context = {
        "set": held,
        "sections": printed_sections(held),
        "bands": bands_said(bands),
        "caps": held.caps.select_related("ceiling"),
        "form": form,
        "may_end": rules.may_end_criteria(actor_of(request), held),
    }
    status = 422 if form.errors else 200
    return render(request, "scoring/criteria/printed.html", context, status=status)


@require_safe
def regulation(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet in the wording of a regulation, for reading and for paper."""
    held = get_object_or_404(queries.criteria_visible_to(actor_of(request)), pk=pk)
    context = {"set": held, "articles": regulation_pages.articles(held)}
    return render(request, "scoring/criteria/regulation.html", context)


@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as the table it may be brought in from again."""
    held = get_object_or_404(queries.criteria_visible_to(actor_of(request)), pk=pk)
    return attachment(exporting.workbook([held]), f"bang-diem-{held.block}-{pk}.xlsx", XLSX)


def _ended(request: HttpRequest, held: CriteriaSet, form: EndForm) -> bool:
    """Whether it was done; a day that cannot be is told at the field."""
    may = rules.may_end_criteria(actor_of(request), held)
    if not may:
        raise Refused(may)
    try:
        actions.end(held, last_day=form.cleaned_data["last_day"], by=actor_of(request))
    except Refused as refused:
        form.add_error("last_day", refused.decision.reason)
        return False
    return True


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The table to fill in, with the composite sheet as an example."""
    return attachment(template_files.workbook(), "mau-bang-diem.xlsx", XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Two steps: the file is read and judged; only what was seen to be sound is written."""
    body = _body(request)
    if request.method != "POST":
        return _asked(request, UploadForm())
    if "sealed" in request.POST:
        return _confirmed(request, body)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _asked(request, form, status=422)
    sent = form.cleaned_data["file"]
    data = sent.read()
    try:
        table = importing.read(sent.name, data)
    except importing.NotATable as error:
        form.add_error("file", str(error))
        return _asked(request, form, status=422)
    plan = importing.check(table)
    context = {
        "plan": plan,
        "table": table,
        "file_name": sent.name,
        "values": form.values(),
        "clashes": _clashes(plan, form),
        "sealed": signing.dumps(
            {
                "name": sent.name,
                "data": base64.b64encode(data).decode(),
                "typed": form.typed(),
            },
            salt=SALT,
            compress=True,
        ),
    }
    return render(request, "scoring/criteria/report.html", context)


def _confirmed(request: HttpRequest, body: Unit) -> HttpResponse:
    """Everything is read and judged again: what comes from a browser is never believed."""
    sealed = ConfirmForm(request.POST)
    try:
        kept = signing.loads(request.POST["sealed"], salt=SALT, max_age=ONE_DAY)
    except signing.BadSignature:
        kept = None
    if kept is None or not sealed.is_valid():
        messages.error(request, _("Bản xem trước đã quá hạn hoặc bị thay đổi. Hãy chọn lại tệp."))
        return redirect("scoring:import_criteria")
    form = ImportForm(kept["typed"])
    plan = importing.check(importing.read(kept["name"], base64.b64decode(kept["data"])))
    if not form.is_valid():
        messages.error(request, _("Thông tin nhập không còn hợp lệ. Hãy nhập lại."))
        return redirect("scoring:import_criteria")
    made = actions.import_sets(body, plan=plan, by=actor_of(request), **form.values())
    messages.success(request, _("Đã nhập %d bảng điểm.") % len(made))
    return redirect("scoring:criteria")


def _asked(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    return render(request, "scoring/criteria/import.html", {"form": form}, status=status)


def _clashes(plan: importing.Plan, form: UploadForm) -> list[str]:
    """Score sheets that hold on one of the days already, told before anything is written."""
    days = form.cleaned_data["valid_from"], form.cleaned_data["valid_to"]
    held = actions.overlapping([s.block for s in plan.sets], *days)
    return [actions.overlap_said(one) for one in held]


def _body(request: HttpRequest) -> Unit:
    """The body whose programme office the person works in; told why not, if in none."""
    body = queries.body_kept_by(actor_of(request))
    if body is None:
        raise Refused(rules.may_import_criteria(actor_of(request), Unit()))
    return body
