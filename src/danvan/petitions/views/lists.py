"""The board without backlog, the lists, and the same as a workbook."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, actor_of, refuse
from danvan.organisations import roles
from danvan.organisations.queries import names_on
from danvan.petitions import exports, indexing, queries, stages, workflow
from danvan.petitions.models import Kind, OutsideFigures, Petition, Transfer
from danvan.ui.downloads import XLSX, attachment

PAGE = 25
EXPORTED = 20_000
DUE = {
    "qua-han": "Quá hạn",
    "sap-den": "Đến hạn trong 14 ngày hoặc đã quá",
    "keo-dai": "Kéo dài trên 90 ngày",
    "tam-dung": "Đang tạm đình chỉ",
    "diem-nong": "Điểm nóng",
    "chua-xong": "Chưa giải quyết xong",
}


def keeper(request: HttpRequest) -> tuple[Actor, list[tuple[int, str]]]:
    """The actor and the bodies whose petitions they keep; Refused if there is none."""
    actor = actor_of(request)
    names = names_on(clock.today(), queries.bodies_of(actor))
    if not names:
        raise Refused(refuse(_("Trang này dành cho người tiếp nhận, giải quyết đơn thư.")))
    offices = actor.scopes(roles.INSPECTORATE, roles.ADMINISTRATION_OFFICE)
    return actor, sorted(names.items(), key=lambda pair: (pair[0] not in offices, pair[0]))


def chosen(request: HttpRequest, bodies: list[tuple[int, str]]) -> int:
    """The body asked for, else the one that keeps for others (the first of the list)."""
    asked = request.GET.get("co_quan", "")
    known = {pk for pk, _name in bodies}
    return int(asked) if asked.isdecimal() and int(asked) in known else bodies[0][0]


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What is not settled, per unit that has it: the worst first."""
    actor, bodies = keeper(request)
    body, today = chosen(request, bodies), clock.today()
    lines = queries.board(queries.kept_by(actor, body), {}, today)
    names = names_on(today, [line.unit for line in lines])
    context = {
        "bodies": bodies, "body": body, "today": today,
        "rows": [(names.get(line.unit, "–"), line) for line in lines],
        "total": queries.totals(lines),
        "arriving": Transfer.objects.filter(to_unit=body, received_on=None,
                                            petition__confidential=False).count(),
        "outside": OutsideFigures.objects.filter(unit=body)[:4],
    }  # fmt: skip
    return render(request, "petitions/board.html", context)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Petitions of a body with filters; searching without marks."""
    actor, bodies = keeper(request)
    body = chosen(request, bodies)
    found, asked = filtered(request, actor, body)
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    today = clock.today()
    names = names_on(today, {p.holder_id for p in page})
    context = {
        "bodies": bodies, "body": body, "page": page, "asked": asked, "due": DUE,
        "states": Petition.State.choices, "kinds": Kind.choices, "query": _query(request),
        "rows": [
            (p, names.get(p.holder_id, "–"), workflow.label(p), queries.overdue_days(p, today),
             stages.LABELS.get(p.due_stage, ""))
            for p in page
        ],
    }  # fmt: skip
    return render(request, "petitions/list.html", context)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The same list, without senders and without what is confidential."""
    actor, bodies = keeper(request)
    found, _asked = filtered(request, actor, chosen(request, bodies))
    rows = list(found.filter(confidential=False)[:EXPORTED])
    names = names_on(clock.today(), {p.holder_id for p in rows})
    return attachment(exports.workbook(rows, names, clock.today()), "don-thu.xlsx", XLSX)


def filtered(
    request: HttpRequest, actor: Actor, body: int
) -> tuple[QuerySet[Petition], dict[str, str]]:
    """What was asked for, and how."""
    asked = {k: request.GET.get(k, "").strip() for k in ("q", "loai", "trang_thai", "han", "giu")}
    found = queries.kept_by(actor, body)
    if asked["giu"].isdecimal():
        holder = int(asked["giu"])
        found = queries.visible_to(actor).filter(holder=holder)
    if asked["q"]:
        found = indexing.find(asked["q"], found)
    if asked["loai"] in Kind.values:
        found = found.filter(Q(kind=asked["loai"]) | Q(kind="", kind_said=asked["loai"]))
    if asked["trang_thai"] in Petition.State.values:
        found = found.filter(state=asked["trang_thai"])
    found, order = _by_due(found, asked["han"], clock.today())
    return found.order_by(*order), asked


def _by_due(
    found: QuerySet[Petition], asked: str, today: dt.date
) -> tuple[QuerySet[Petition], tuple[str, ...]]:
    unsettled = Q(state__in=workflow.UNSETTLED)
    narrowed: dict[str, Q] = {
        "qua-han": unsettled & Q(due_on__lt=today),
        "sap-den": Q(state__in=workflow.OPEN, due_on__lte=today + dt.timedelta(days=14)),
        "keo-dai": unsettled & Q(received_on__lt=today - queries.LONG),
        "tam-dung": unsettled & Q(paused_until__gte=today),
        "diem-nong": Q(hot_since__isnull=False),
        "chua-xong": unsettled,
    }
    if asked not in narrowed:
        return found, ("-received_on", "-pk")
    return found.filter(narrowed[asked]), ("due_on", "received_on", "pk")


def _query(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop("trang", None)
    return asked.urlencode()
