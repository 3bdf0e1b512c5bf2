"""A petition that turns out to be a denunciation: what tells its sender leaves the case."""

from __future__ import annotations

from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.db.models import ProtectedError
from django.views.decorators.debug import sensitive_variables

from danvan.kernel import files
from danvan.kernel.access import SYSTEM
from danvan.kernel.models import StoredFile
from danvan.petitions.actions.intake import Person, sealed_words
from danvan.petitions.actions.reception_book import forget_names
from danvan.petitions.models import Petition
from danvan.vault.actions import sealing
from danvan.vault.models import Sealed


@sensitive_variables()
def seal_in(petition: Petition, *, beside: str) -> Sealed | None:
    """Seals senders, words and papers in the name of the system and empties the case of them.

    None when nothing tells a sender (an anonymous one). ``beside``: what stays in the clear.
    """
    sealed = seal_copy(petition, beside=beside)
    if sealed is not None:
        petition.sealed = sealed
    empty(petition)
    forget_names(petition)
    return sealed


@sensitive_variables()
def seal_copy(petition: Petition, *, beside: str) -> Sealed | None:
    """The same for a part that leaves a mixed petition: the whole stays where it is."""
    senders = [
        Person(s.name, s.address, s.phone, s.email, s.represents) for s in petition.senders.all()
    ]
    if not senders:
        return None
    words = sealed_words(senders, petition.content.text)
    return sealing.seal(
        petition.body, words=words, files=_papers(petition), beside=beside, by=SYSTEM
    )


def _papers(petition: Petition) -> list[UploadedFile]:
    return [
        SimpleUploadedFile(paper.name, files.read(paper.file))
        for paper in petition.papers.select_related("file")
    ]


def empty(petition: Petition) -> None:
    """Takes senders and papers away."""
    petition.senders.all().delete()
    drop_papers(petition)


def drop_papers(petition: Petition) -> None:
    """Takes the papers away, their bytes too where nothing else points at them."""
    kept = list(petition.papers.values_list("file", flat=True))
    petition.papers.all().delete()
    for file in StoredFile.objects.filter(pk__in=kept):
        path = file.path
        try:
            with transaction.atomic():
                file.delete()
        except ProtectedError:
            continue
        transaction.on_commit(partial(path.unlink, missing_ok=True))
