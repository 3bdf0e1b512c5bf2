"""Matrix, desk and register of a city of 10 000 units × 30 duties, over HTTP with 8 clients.

``run()`` fills a migrated, empty database, then asks a server of two workers.
"""

from __future__ import annotations

import datetime as dt

from bench import digest, matrix, serving

DAY = dt.date(2023, 6, 15)


def run() -> list[str]:
    """One line a page, beside the page that does nothing."""
    from django.db import connection
    from django.urls import reverse

    from danvan.kernel import clock

    with clock.set_to(DAY):
        programme, _client = matrix.setting_up()
        digest.people()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    address = reverse("assignments:matrix", args=[programme.pk])
    pages = {
        "matrix, first page": address,
        "matrix, page 40": f"{address}?trang=40",
        "matrix, overdue": f"{address}?trang_thai=qua-han",
        "desk of the office": "/",
        "all assignments": reverse("assignments:all"),
        "leader's page": reverse("oversight:programme", args=[programme.pk]),
    }
    from danvan.accounts.models import User

    cookie = serving.cookie_of(User.objects.get(username="noi-vu"))
    size = f"{matrix.UNITS} units × {matrix.DUTIES} duties, {connection.vendor}"
    return [f"{line}; {size}" for line in serving.measured(pages, cookie, today=DAY.isoformat())]
