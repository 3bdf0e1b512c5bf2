"""Digital signatures inside a PDF, told in words. Nothing is fetched: it works off the network.

Whether the bytes are as they were signed is always known; who signed is only as sure as the
trust roots named in ``settings.PDF_TRUST_ROOTS`` (paths of PEM or DER certificates; empty: no
signer is vouched for). Nghị định 30/2020, Điều 5: a signed electronic document is an original.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

MOST = 20  # signatures looked at in one file


class Verdict(Enum):
    """``value``: (words, tone of a badge)."""

    VALID = (gettext_lazy("hợp lệ"), "success")
    UNKNOWN_SIGNER = (gettext_lazy("không xác minh được người ký"), "warning")
    ALTERED = (gettext_lazy("đã bị sửa sau khi ký"), "danger")

    @property
    def words(self) -> str:
        return str(self.value[0])

    @property
    def tone(self) -> str:
        return str(self.value[1])


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: who the certificate says signed, when by his own clock, and what of it."""

    verdict: Verdict
    signer: str
    signed_at: dt.datetime | None
    why: str


def read(data: bytes, roots: Sequence[str] | None = None) -> list[Signature] | None:
    """The signatures of a PDF in the order given; None if the file cannot be read as one."""
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        found = reader.embedded_signatures[:MOST]
    except (PdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return None
    paths = settings.PDF_TRUST_ROOTS if roots is None else roots
    trusted = list(_certificates(paths))
    # The library starts an event loop of its own, which the caller's thread may have already.
    with ThreadPoolExecutor(max_workers=1) as apart:
        return list(apart.map(lambda one: _judged(one, trusted), found))


def _certificates(paths: Sequence[str]) -> Iterator[Any]:
    yield from load_certs_from_pemder(list(paths)) if paths else ()


def _judged(embedded: Any, roots: list[Any]) -> Signature:
    signer, at = _signer(embedded), embedded.self_reported_timestamp
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    # The library warns in its log of every signer it does not know: here that is an answer.
    log = logging.getLogger("pyhanko")
    held, log.disabled = log.disabled, True
    try:
        status = validate_pdf_signature(embedded, context)
    except (SignatureValidationError, SigningError, PdfError, ValueError) as error:
        told = _("Chữ ký không đọc được hoặc không còn khớp với nội dung (%s).")
        return Signature(Verdict.ALTERED, signer, at, told % type(error).__name__)
    finally:
        log.disabled = held
    if not (status.intact and status.valid):
        told = _("Nội dung của tệp không còn như lúc ký.")
        return Signature(Verdict.ALTERED, signer, at, told)
    if status.modification_level == ModificationLevel.OTHER or not status.docmdp_ok:
        told = _("Sau khi ký, tệp được thêm nội dung mà chữ ký không cho phép.")
        return Signature(Verdict.ALTERED, signer, at, told)
    if status.trusted:
        return Signature(Verdict.VALID, signer, at, _("Nội dung nguyên vẹn, chứng thư tin cậy."))
    return Signature(Verdict.UNKNOWN_SIGNER, signer, at, _unknown(bool(roots)))


def _unknown(any_root: bool) -> str:
    if any_root:
        return _(
            "Nội dung nguyên vẹn, nhưng chứng thư không do tổ chức trong danh sách tin cậy cấp."
        )
    return _("Nội dung nguyên vẹn, nhưng hệ thống chưa khai báo tổ chức chứng thực nào.")


def _signer(embedded: Any) -> str:
    try:
        names = embedded.signer_cert.subject.native
    except (ValueError, AttributeError, KeyError):
        return _("không rõ")
    name = names.get("common_name") or names.get("organization_name") or _("không rõ")
    return str(name)
