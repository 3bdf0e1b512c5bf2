"""Writing a plan in the product: begin, save, go back to a version, hand over to review."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.kernel import clock
from danvan.kernel.access import Actor, Stale
from danvan.kernel.actions import action, record
from danvan.organisations import queries as organisations
from danvan.organisations.models import Unit
from danvan.programmes import beginning, compiling, rules, writing
from danvan.programmes.actions import reading
from danvan.programmes.models import Draft, Manuscript, ManuscriptVersion, Programme
from danvan.ui import written

Json = dict[str, Any]


@action(
    "programmes.manuscript.begin", may=rules.may_read_in, says=gettext_lazy("bắt đầu soạn kế hoạch")
)
def begin(
    body: Unit,
    *,
    year: int,
    previous: Programme | None = None,
    superior: Draft | None = None,
    by: Actor,
) -> Manuscript:
    """A plan of the body from last year's, from a superior's, or from the template.

    A second click, or a colleague who was faster: the one there is.
    """
    origin = beginning.origin_of(previous, superior)
    known = body.manuscripts.filter(year=year, origin=origin, state="writing").first()
    if known is not None:
        record(known, concerns=body.pk, again=True)
        return known
    words = beginning.words_for_body(body, year, previous, superior)
    made = _keep(
        Manuscript(body=body, year=year, origin=origin, previous=previous, superior=superior),
        words.header, words.sections, words.remarks, by,
    )  # fmt: skip
    record(made, concerns=body.pk, origin=origin, year=year, remarks=len(words.remarks))
    return made


@action(
    "programmes.manuscript.begin_for_unit",
    may=rules.may_act_for,
    says=gettext_lazy("bắt đầu soạn kế hoạch của đơn vị"),
)
def begin_for_unit(unit: Unit, *, programme: Programme, by: Actor) -> Manuscript:
    """The unit's own plan, filled with what the programme asks of it."""
    known = unit.manuscripts.filter(assigned_by=programme, state="writing").first()
    if known is not None:
        record(known, concerns=unit.pk, again=True)
        return known
    words = beginning.words_for_unit(unit, programme)
    made = _keep(
        Manuscript(
            body=unit,
            year=programme.year,
            origin=Manuscript.Origin.ASSIGNED,
            assigned_by=programme,
        ),
        words.header,
        words.sections,
        words.remarks,
        by,
    )
    record(made, concerns=unit.pk, programme=programme.plan.code)
    return made


@action("programmes.manuscript.save", may=rules.may_write, says=gettext_lazy("lưu bản soạn"))
def save(
    manuscript: Manuscript,
    *,
    header: Json,
    sections: list[Json],
    seen: int,
    automatic: bool = False,
    by: Actor,
) -> Manuscript:
    """The next version. Raises Stale if somebody saved since version ``seen``."""
    if manuscript.version != seen:
        raise Stale(
            _("%(who)s đã lưu bản mới hơn lúc %(at)s. Bản của bạn chưa được ghi.")
            % {
                "who": manuscript.saved_by or _("Đồng nghiệp"),
                "at": written.moment(manuscript.saved_at),
            }
        )
    unchanged = manuscript.words == {"header": header, "sections": sections}
    if not unchanged:
        manuscript.version += 1
        _keep(manuscript, header, sections, manuscript.remarks, by, automatic)
    if manuscript.state == Manuscript.State.READ:
        manuscript.state, manuscript.draft = Manuscript.State.WRITING, None
        manuscript.save(update_fields=["state", "draft"])
    record(manuscript, concerns=manuscript.body_id, version=manuscript.version, automatic=automatic)
    return manuscript


@action(
    "programmes.manuscript.restore", may=rules.may_write, says=gettext_lazy("lấy lại bản đã lưu")
)
def restore(manuscript: Manuscript, *, number: int, by: Actor) -> Manuscript:
    """The words of an earlier version become the newest; nothing in between is lost."""
    old = manuscript.versions.get(number=number)
    manuscript.version += 1
    _keep(manuscript, old.words["header"], old.words["sections"], manuscript.remarks, by)
    record(manuscript, concerns=manuscript.body_id, version=[number, manuscript.version])
    return manuscript


@action(
    "programmes.manuscript.read", may=rules.may_hand_over, says=gettext_lazy("đưa bản soạn rà soát")
)
def read(manuscript: Manuscript, *, by: Actor) -> Draft:
    """Writes the official file and reads it as if it had been sent in.

    Raises ValidationError (what is missing) or ``vanban.errors.ReadingError``; then the
    manuscript stands as it was.
    """
    content = writing.file_of(manuscript, clock.today())
    file = SimpleUploadedFile(writing.file_name(manuscript), content)
    draft: Draft = reading.keep(
        manuscript.body,
        compiled=compiling.compile_plan(file),
        file=file,
        previous=manuscript.previous,
        superior=manuscript.superior,
        by=by,
    )
    manuscript.state, manuscript.draft = Manuscript.State.READ, draft
    manuscript.save(update_fields=["state", "draft"])
    record(manuscript, concerns=manuscript.body_id, draft=draft.pk, version=manuscript.version)
    return draft


@action("programmes.manuscript.discard", may=rules.may_write, says=gettext_lazy("bỏ bản soạn"))
def discard(manuscript: Manuscript, *, reason: str, by: Actor) -> Manuscript:
    """Given up, with the reason; versions stay."""
    if not reason.strip():
        raise ValidationError(_("Ghi lý do bỏ bản soạn."))
    manuscript.state = Manuscript.State.DISCARDED
    manuscript.save(update_fields=["state"])
    record(manuscript, concerns=manuscript.body_id, reason=reason.strip()[:300])
    return manuscript


def _keep(
    manuscript: Manuscript,
    header: Json,
    sections: list[Json],
    remarks: list[str],
    by: Actor,
    automatic: bool = False,
) -> Manuscript:
    """The words now, and the same words as a version for good."""
    manuscript.header, manuscript.sections, manuscript.remarks = header, sections, remarks
    manuscript.saved_by, manuscript.saved_at = organisations.person_of(by), clock.now()
    if manuscript.pk is None:
        manuscript.begun_by = manuscript.saved_by
    manuscript.save()
    ManuscriptVersion.objects.create(
        manuscript=manuscript,
        number=manuscript.version,
        words=manuscript.words,
        saved_by=manuscript.saved_by,
        saved_at=manuscript.saved_at,
        automatic=automatic,
    )
    return manuscript
