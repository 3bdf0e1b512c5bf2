"""What a visit on site found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.emulation import rules
from danvan.emulation.models import Exemplar, Visit, VisitFile
from danvan.emulation.workflow import EXEMPLAR
from danvan.kernel import clock, files
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record


@action(
    "emulation.visit.enter", may=rules.may_visit, says=gettext_lazy("ghi kết quả kiểm tra thực tế")
)
def enter(
    exemplar: Exemplar,
    *,
    visited_on: dt.date,
    visitors: str,
    seen: str,
    minutes: UploadedFile,
    photos: Sequence[UploadedFile] = (),
    by: Actor,
) -> Visit:
    """Keeps the visit with its minutes and pictures; the first one makes the model verified."""
    if visited_on > clock.today():
        raise Refused(refuse(_("Ngày kiểm tra không thể ở tương lai.")))
    if not (visitors.strip() and seen.strip()):
        raise Refused(refuse(_("Ghi ai kiểm tra và đã ghi nhận điều gì.")))
    visit = Visit.objects.create(
        exemplar=exemplar, visited_on=visited_on, visitors=visitors.strip(), seen=seen.strip(),
        entered_at=clock.now(), entered_by_id=by.id,
    )  # fmt: skip
    _attach(visit, VisitFile.Kind.MINUTES, minutes)
    for photo in photos:
        _attach(visit, VisitFile.Kind.PHOTO, photo)
    if EXEMPLAR.allows(exemplar.state, "verify"):
        exemplar.state = EXEMPLAR.target("verify")
        exemplar.save(update_fields=["state"])
    record(exemplar, concerns=exemplar.unit_id, day=visited_on, visitors=visit.visitors,
           files=1 + len(photos))  # fmt: skip
    return visit


def _attach(visit: Visit, kind: str, file: UploadedFile) -> None:
    name = (file.name or kind)[-200:]
    VisitFile.objects.create(visit=visit, kind=kind, file=files.store(file), name=name)
