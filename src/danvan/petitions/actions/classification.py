"""What it is, whether it can be dealt with, whether here: and parting what is mixed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, refuse
from danvan.kernel.actions import action, record
from danvan.petitions import indexing, rules
from danvan.petitions.actions import sealing_in
from danvan.petitions.actions.intake import next_number
from danvan.petitions.actions.steps import keep, recount
from danvan.petitions.models import CONFIDENTIAL, Content, Kind, Petition
from danvan.vault.models import Sealed


@dataclass(frozen=True, slots=True)
class Class:
    """The four axes (TT 05/2021/TT-TTCP, Điều 6), and what changes the limits."""

    kind: str
    eligible: bool
    competent: bool
    people: int = 1
    instance: int = 1
    remote: bool = False
    delegated: bool = False
    further: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One matter of a mixed petition, in the office's words."""

    kind: str
    subject: str
    text: str


@action("petitions.petition.classify", may=rules.may_classify, says=gettext_lazy("phân loại đơn"))
@sensitive_variables("summary", "words")
def classify(
    petition: Petition,
    *,
    found: Class,
    summary: str = "",
    words: str = "",
    note: str = "",
    by: Actor,
) -> Petition:
    """Keeps the classes. Found to be a denunciation, its sender goes into the vault here.

    ``summary``, ``words``: the office's words without anything that tells who wrote it; needed
    when what was not confidential becomes so.
    """
    if found.kind == Kind.ANONYMOUS and petition.sealed_id:
        raise Refused(refuse(_("Đã biết người tố cáo nên không xếp vào đơn không rõ người gửi.")))
    if found.further and found.kind != Kind.DENUNCIATION:
        raise Refused(refuse(_("Chỉ đơn tố cáo mới là tố cáo tiếp.")))
    becomes = found.kind in CONFIDENTIAL and not petition.confidential
    if becomes and not (summary.strip() and words.strip()):
        raise Refused(refuse(_("Ghi lại tóm tắt, nội dung không có gì cho biết ai tố cáo.")))
    if becomes:
        sealing_in.seal_in(petition, beside=f"{summary}\n{words}\n{note}")
    if found.kind == Kind.ANONYMOUS:
        petition.sealed = None
    for axis in fields(Class):
        setattr(petition, axis.name, getattr(found, axis.name))
    petition.confidential = found.kind in CONFIDENTIAL
    petition.state = Petition.State.CLASSIFIED
    petition.subject = summary.strip() or petition.subject
    _rewrite(petition, words)
    kinds = str(Kind(found.kind).label)
    keep(petition, "classified", by=by, said=note, kind=kinds, competent=found.competent)
    indexing.refresh(petition)
    return petition


@action("petitions.petition.split", may=rules.may_split, says=gettext_lazy("tách nội dung đơn"))
@sensitive_variables("parts")
def split(petition: Petition, *, parts: Sequence[Part], by: Actor) -> list[Petition]:
    """Each matter becomes a part of its own under this one (TT 05/2021/TT-TTCP, Điều 21).

    A denunciation among them leaves as a petition of its own number, with nothing in the clear
    that leads from one to the other: its sender, known here, must not be known there.
    """
    if len(parts) < 2 or any(not p.subject.strip() or not p.text.strip() for p in parts):
        raise Refused(refuse(_("Tách thành ít nhất hai phần, mỗi phần ghi tóm tắt và nội dung.")))
    if petition.sealed_id:
        raise Refused(refuse(_("Đơn tố cáo giữ kín không tách; hãy tiếp nhận nội dung kia riêng.")))
    secret = [p for p in parts if p.kind in CONFIDENTIAL]
    if len(secret) > 1:
        raise Refused(refuse(_("Gộp các nội dung tố cáo vào một phần.")))
    beside = "\n".join(f"{p.subject}\n{p.text}" for p in secret)
    sealed = sealing_in.seal_copy(petition, beside=beside) if secret else None
    petition.state = Petition.State.SPLIT
    if secret:
        _only_the_rest(petition, [p for p in parts if p not in secret])
    made = [_part(petition, part, n, sealed, by) for n, part in enumerate(parts, start=1)]
    keep(petition, "split", by=by, rows=sum(p.parent_id is not None for p in made))
    indexing.refresh(petition)
    return made


@action(
    "petitions.petition.override_regime",
    may=rules.may_override_regime,
    says=gettext_lazy("chọn quy định áp dụng cho đơn"),
)
def override_regime(petition: Petition, *, day: dt.date, reason: str, by: Actor) -> Petition:
    """Counts every limit by the rules in force on ``day`` instead of the receipt date."""
    if not reason.strip():
        raise Refused(refuse(_("Ghi lý do áp dụng quy định của ngày khác.")))
    before, petition.regime_on = petition.regime_on, day
    petition.regime_reason = reason.strip()[:300]
    recount(petition)
    petition.save()
    concerns = None if petition.confidential else petition.holder_id
    told = "" if petition.confidential else reason.strip()
    record(petition, concerns=concerns, reason=told, regime=[before, day])
    return petition


def _rewrite(petition: Petition, text: str) -> None:
    if text.strip():
        Content.objects.update_or_create(petition=petition, defaults={"text": text.strip()})
        petition.content.refresh_from_db()


def _only_the_rest(petition: Petition, rest: Sequence[Part]) -> None:
    """The whole, its papers and wording, is in the vault now; here stands what is no secret."""
    sealing_in.drop_papers(petition)
    petition.subject = "; ".join(p.subject for p in rest)[:300] or _("Đã tách nội dung")
    petition.content.text = "\n\n".join(p.text for p in rest)
    petition.content.save()


def _part(whole: Petition, part: Part, place: int, sealed: Sealed | None, by: Actor) -> Petition:
    confidential = part.kind in CONFIDENTIAL
    serial, number = None, f"{whole.number}-{place}"
    if confidential:
        serial, number = next_number(whole.body, whole.year)
    made = Petition.objects.create(
        body=whole.body, holder=whole.body, year=whole.year, serial=serial, number=number,
        parent=None if confidential else whole, channel=whole.channel,
        received_on=whole.received_on, received_at=clock.now(), received_by_id=by.id,
        kind_said=part.kind, kind=part.kind, subject=part.subject.strip(), people=whole.people,
        confidential=confidential, sealed=sealed if part.kind == Kind.DENUNCIATION else None,
        at_reception=whole.at_reception, forwarder=whole.forwarder,
        forwarder_name=whole.forwarder_name,
    )  # fmt: skip
    Content.objects.create(petition=made, text=part.text.strip())
    keep(made, "received", on=whole.received_on, by=by)
    indexing.refresh(made)
    return made
