"""Reading a plan in."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from danvan.kernel import clock, files
from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record
from danvan.organisations import queries as organisations
from danvan.organisations.models import Unit
from danvan.programmes import compiling, rules
from danvan.programmes.compiling import Compiled
from danvan.programmes.models import Draft, Finding, Programme
from vanban import symbols


def read_in(body: Unit, *, file: UploadedFile, of_superior: bool = False, by: Actor) -> Draft:
    """The draft of a sent plan; the one there is already for the same bytes.

    ``of_superior``: it is a plan of the level above, to be kept as the ground of our own.

    The compiler runs before anything is stored or locked: a file that is no plan raises
    ``vanban.errors.ReadingError`` and leaves nothing behind.
    """
    compiled = compiling.compile_plan(file)
    draft: Draft = keep(body, compiled=compiled, file=file, of_superior=of_superior, by=by)
    return draft


@action("programmes.draft.read_in", may=rules.may_read_in, says=_("đọc kế hoạch vào để rà soát"))
def keep(
    body: Unit,
    *,
    compiled: Compiled,
    file: UploadedFile,
    of_superior: bool = False,
    previous: Programme | None = None,
    superior: Draft | None = None,
    by: Actor,
) -> Draft:
    """Stores file, draft and findings. The body is locked: a second click finds the first."""
    stored = files.store(file)
    kept = Draft.objects.filter(body=body, file=stored).exclude(state=Draft.State.DISCARDED)
    if known := kept.first():
        record(known, concerns=body.pk, again=file.name or "")
        return known
    draft = Draft.objects.create(
        body=body,
        file=stored,
        file_name=(file.name or "")[:200],
        text=compiled.document.text,
        provisions=compiled.provisions,
        read_by=organisations.person_of(by),
        read_at=clock.now(),
        year=compiled.year,
        of_superior=of_superior,
        previous=None if of_superior else previous or _last_years(body, compiled.year),
        superior=None if of_superior else superior or _ground(body, compiled),
    )
    findings = compiling.findings(compiled, draft)
    Finding.objects.bulk_create(findings)
    record(draft, concerns=body.pk, file=stored.sha256, findings=len(findings))
    return draft


def _last_years(body: Unit, year: int) -> Programme | None:
    """The body's latest programme of an earlier year."""
    return body.programmes.filter(year__lt=year).order_by("-year", "-published_at").first()


def _ground(body: Unit, compiled: Compiled) -> Draft | None:
    """The superior's plan kept by this body that the text cites."""
    cited = {symbols.key(c.number) for c in compiled.document.citations if c.number}
    kept = Draft.objects.filter(body=body, state=Draft.State.KEPT).select_related("document")
    grounds = (d for d in kept if d.document and symbols.key(d.document.code) in cited)
    return next(grounds, None)
