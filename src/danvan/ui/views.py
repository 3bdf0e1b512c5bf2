"""The gallery: every component in every state, as living documentation."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from danvan.kernel import clock
from danvan.kernel.access import ALLOWED, already, refuse
from danvan.ui import states
from danvan.ui.samples import SAMPLE_COMPUTATION, Line, SampleForm


def gallery(request: HttpRequest) -> HttpResponse:
    """Shows samples only; a POST goes nowhere and is answered with the same page."""
    return render(request, "ui/gallery.html", {**_words(), **_forms(), **_ways(request)})


def _words() -> dict[str, Any]:
    today = clock.today()
    return {
        "tones": [(tone, _("Nhãn %(tone)s") % {"tone": tone}) for tone in states.TONES],
        "codes": list(states.LOOKS),
        "dates": [today + dt.timedelta(days=n) for n in (10, 3, 0, -2)],
        "marks": [Decimal(v) for v in ("9.75", "8.5", "7", "6.25", "3")],
        "matrix": _matrix(),
        "computed": SAMPLE_COMPUTATION,
        "columns": [f"{a}.{b}" for a in (1, 2, 3) for b in (1, 2, 3, 4)],
    }


def _matrix() -> list[tuple[str, list[tuple[Decimal | None, str]]]]:
    names = ["Phường 1", "Phường 2", "Phường 10", "Xã Tân Thạnh Đông", "Phòng Tài chính – Kế hoạch"]
    marks = ["10", "9.5", "8.25", "7", "6", "4.5", "9", "-", "8", "10", "7.75", "9.25", "5.5"]
    rows = []
    for row, name in enumerate(names):
        cells = [marks[(row * 5 + column * 3) % len(marks)] for column in range(12)]
        rows.append((name, [(None if c == "-" else Decimal(c), "") for c in cells]))
    return rows


def _forms() -> dict[str, Any]:
    wrong = {
        "name": "",
        "points": "1.234",
        "day": "31/02/2023",
        "kind": "khac",
        "answer": "",
        "note": "Đã tổ chức <b>3</b> cuộc đối thoại.",
    }
    return {
        "blank": SampleForm(initial={"points": Decimal("9.50"), "day": dt.date(2023, 3, 27)}),
        "wrong": SampleForm(wrong, MultiValueDict(), prefix=None, auto_id="sai_%s"),
        "cells": SampleForm(auto_id="o_%s"),
        "allowed": ALLOWED,
        "refused": refuse(_("Còn 2 tiêu chí chưa có minh chứng.")),
        "done": already(_("Bản tự chấm đã nộp lúc 14:05 20/10/2023.")),
    }


def _ways(request: HttpRequest) -> dict[str, Any]:
    here = reverse("ui:gallery")
    number = request.GET.get("trang", "4")
    return {
        "here": here,
        "tabs": [
            (_("Tự chấm"), here, True, 12),
            (_("Thẩm định"), f"{here}?xem=tham-dinh", False, 3),
            (_("Lịch sử"), f"{here}?xem=lich-su", False),
        ],
        "page": Paginator(range(187), 20).get_page(number),
        "history": [
            Line(_("Nguyễn Thị Hương"), _("trả lại bản tự chấm"), _("Thiếu minh chứng mục 1.2.")),
            Line(_("Trần Văn Bình"), _("nộp bản tự chấm"), ""),
        ],
    }
