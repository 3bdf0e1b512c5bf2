"""Giving a document its number and date, and keeping it: one deliberate act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents import rules
from danvan.documents.actions import dispatch
from danvan.documents.models import Document, NumberSeries
from danvan.kernel import clock, files
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.organisations import naming
from danvan.organisations.models import Unit, UnitVersion
from danvan.organisations.models.units import in_force


def issue(
    body: Unit,
    *,
    type_code: str,
    type_name: str,
    subject: str,
    text: str,
    make_file: Callable[[str, dt.date], bytes],
    signer: str,
    signer_position: str,
    recipients: Sequence[str],
    file_name: str,
    drafted_by: str = "",
    by: Actor,
) -> Document:
    """Takes the next number of the body's series (``type_code``, this year), dates it today.

    ``make_file(symbol, day)`` gives the bytes once number and date are known; if it fails,
    or whatever calls this fails later, no number is used up. Nghị định 30/2020, Điều 15:
    numbers run from 01 on 1 January to 31 December; below 10 a 0 stands in front. An official
    letter has no type in its symbol: body and drafting unit instead ("15/UBND-NV"). The units
    of ours among ``recipients`` get it over the network in the same act.
    Raises Refused if ``by`` neither signs for the body nor numbers its documents.
    """
    words = Document(
        origin=Document.Origin.ISSUED,
        type=type_name,
        subject=subject,
        text=text,
        signer=signer,
        signer_position=signer_position,
        recipients=list(recipients),
        file_name=file_name,
    )
    document: Document = _number_and_keep(body, words, type_code, make_file, drafted_by, by=by)
    return document


@action("documents.document.issue", may=rules.may_issue, says=gettext_lazy("ban hành văn bản"))
def _number_and_keep(
    body: Unit,
    document: Document,
    series: str,
    make_file: Callable[[str, dt.date], bytes],
    drafted_by: str,
    *,
    by: Actor,
) -> Document:
    day = clock.today()
    version = _version(body, day)
    organ = naming.abbreviation(version.name, version.kind)
    symbol = f"{organ}-{drafted_by}" if drafted_by else f"{series}-{organ}"
    document.code = f"{_take(body, day.year, series):02d}/{symbol}"
    document.issuer, document.issuer_name = body, version.name
    document.issued_on = document.in_force_from = day
    document.file = files.store(make_file(document.code, day))
    document.save()
    sent = dispatch.send_over_network(document, by=by)
    record(
        document, concerns=body.pk, code=document.code, issued_on=day, signer=document.signer,
        addressees=sent,
    )  # fmt: skip
    return document


@action(
    "documents.numbering.continue",
    may=rules.may_number,
    says=gettext_lazy("đặt số văn bản tiếp theo"),
)
def continue_from(body: Unit, *, series: str, year: int, last: int, by: Actor) -> NumberSeries:
    """Lets a series go on after ``last``, the last number given on paper. Never backwards."""
    row = _series(body, year, series)
    if last < row.last:
        told = {"last": row.last, "given": last}
        raise Refused(refuse(_("Đã cấp đến số %(last)d nên không lùi về %(given)d được.") % told))
    before, row.last = row.last, last
    row.save(update_fields=["last"])
    record(row, concerns=body.pk, series=series, year=year, last=[before, last])
    return row


def _version(body: Unit, day: dt.date) -> UnitVersion:
    version = body.versions.filter(in_force(day)).first()
    if version is None:
        raise Refused(refuse(_("Cơ quan không hoạt động vào ngày này nên không ban hành được.")))
    return version


def _take(body: Unit, year: int, series: str) -> int:
    row = _series(body, year, series)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def _series(body: Unit, year: int, series: str) -> NumberSeries:
    NumberSeries.objects.get_or_create(body=body, year=year, series=series)
    return NumberSeries.objects.select_for_update().get(body=body, year=year, series=series)
