"""Entering a document by hand or by file, correcting what is said of it, its text as amended."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import vanban
from danvan.documents import queries, rules
from danvan.documents.actions import reviews
from danvan.documents.models import Document, Provision, TextVersion
from danvan.kernel import clock
from danvan.kernel.access import Actor, Stale
from danvan.kernel.actions import action, record
from danvan.kernel.models import StoredFile
from danvan.organisations.models import Unit
from danvan.ui import written

FIELDS = (
    "type", "code", "subject", "issuer_name", "issued_on", "in_force_from", "in_force_to",
    "validity_source", "signer", "signer_position", "recipients",
)  # fmt: skip


@action(
    "documents.document.register",
    may=rules.may_keep_register,
    says=gettext_lazy("đăng ký văn bản"),
)
def register(
    body: Unit,
    *,
    values: dict[str, Any],
    text: str = "",
    file: StoredFile | None = None,
    file_name: str = "",
    by: Actor,
) -> Document:
    """Enters a received document. One known already only by citation is completed, not doubled.

    Raises ValidationError at "code" when it is in the register with a text or file already.
    """
    document = queries.known(values.get("code", ""), values.get("issued_on"))
    if document is not None and document.origin != Document.Origin.CITED:
        raise ValidationError({"code": _("Văn bản này đã có trong sổ: %s.") % document})
    document = document or Document()
    document.origin = Document.Origin.RECEIVED
    for name in FIELDS:
        if name in values:
            setattr(document, name, values[name])
    document.text, document.file, document.file_name = text, file, file_name[:200]
    check(document)
    document.save()
    if text and not document.provisions.exists():
        _keep_provisions(document)
    reviews.open_pending()
    record(document, concerns=body.pk, code=document.code, issued_on=document.issued_on,
           file=file.sha256 if file else "")  # fmt: skip
    return document


def _keep_provisions(document: Document) -> None:
    """The tree of the text, so that its clauses can be pointed at."""
    made: list[Provision] = []
    for node in vanban.compile_text(document.text).provisions:
        made.append(
            Provision(
                document=document, order=node.index, marker=node.marker, path=node.path[:120],
                depth=node.depth, heading=node.heading, text=node.text,
                start=node.span.start, end=node.span.end,
                parent=None if node.parent is None else made[node.parent],
            )
        )  # fmt: skip
        made[-1].save()


def check(document: Document) -> None:
    """The mistakes a person can make, each at its field."""
    wrong: dict[str, str] = {}
    if not document.code and not document.subject.strip():
        wrong["code"] = _("Ghi số, ký hiệu; nếu là luật chỉ biết tên thì ghi trích yếu.")
    start, end = document.in_force_from, document.in_force_to
    if start and document.issued_on and start < document.issued_on:
        wrong["in_force_from"] = _("Ngày có hiệu lực không thể trước ngày ban hành (%s).") % (
            written.day(document.issued_on)
        )
    if end and (first := start or document.issued_on) and end < first:
        wrong["in_force_to"] = _("Ngày hết hiệu lực không thể trước ngày bắt đầu (%s).") % (
            written.day(first)
        )
    if (start or end) and not document.validity_source.strip():
        wrong["validity_source"] = _("Ghi nguồn của ngày hiệu lực.")
    if wrong:
        raise ValidationError(wrong)


def seen(document: Document) -> str:
    """What a person who opens the form has seen; a change by another makes it stale."""
    return "|".join(str(getattr(document, name)) for name in FIELDS)


@action(
    "documents.document.correct",
    may=rules.may_keep_register,
    says=gettext_lazy("sửa thông tin văn bản"),
)
def correct(
    document: Document, *, values: dict[str, Any], seen_before: str | None = None, by: Actor
) -> Document:
    """Changes what is said of a document; history keeps before and after of each field.

    A new last day opens review tasks, a day taken away closes them. What the body issued
    keeps number, type, issuer and day. Raises Stale when somebody changed it in between.
    """
    if seen_before is not None and seen_before != seen(document):
        raise Stale(_("Người khác vừa sửa văn bản này. Hãy xem lại rồi sửa tiếp."))
    fixed = ISSUED_KEEPS if document.origin == Document.Origin.ISSUED else ()
    changed: dict[str, Any] = {}
    for name in FIELDS:
        if name in values and name not in fixed and values[name] != getattr(document, name):
            changed[TOLD_AS.get(name, name)] = [getattr(document, name), values[name]]
            setattr(document, name, values[name])
    check(document)
    other = queries.known(document.code, document.issued_on)
    if other is not None and other != document:
        raise ValidationError({"code": _("Số, ký hiệu này là của %s.") % other})
    document.save()
    reviews.drop_unsettled(document)
    reviews.open_pending()
    record(document, concerns=document.issuer_id, **changed)
    return document


# "subject" is the record itself in the words of history.
TOLD_AS = {"subject": "summary"}
ISSUED_KEEPS = ("type", "code", "issuer_name", "issued_on", "recipients")


@action(
    "documents.text.add",
    may=rules.may_keep_register,
    says=gettext_lazy("ghi lời văn đã sửa đổi"),
)
def add_text(
    document: Document,
    *,
    valid_from: dt.date,
    text: str,
    amended_by: Document | None,
    source: str,
    by: Actor,
) -> TextVersion:
    """The document's text as it reads from ``valid_from`` on. Raises ValidationError at a field."""
    before, text = document.text_on(valid_from), "\n".join(text.splitlines())
    if document.text_versions.filter(valid_from=valid_from).exists():
        raise ValidationError({"valid_from": _("Đã có lời văn áp dụng từ ngày này.")})
    if document.issued_on and valid_from < document.issued_on:
        raise ValidationError({"valid_from": _("Ngày áp dụng không thể trước ngày ban hành.")})
    if text.strip() == before.strip():
        raise ValidationError({"text": _("Lời văn này giống hệt lời văn trước đó.")})
    version = TextVersion.objects.create(
        document=document, valid_from=valid_from, text=text, amended_by=amended_by,
        source=source.strip(), entered_at=clock.now(),
    )  # fmt: skip
    record(
        document, concerns=document.issuer_id, valid_from=valid_from, source=source,
        acting=amended_by.short if amended_by else "",
    )  # fmt: skip
    return version
