"""Documents and their words; relations between them; reviews; dispatch."""

from danvan.documents.models.dispatch import Addressee, DispatchMark
from danvan.documents.models.documents import Citation, Document, Provision
from danvan.documents.models.numbers import NumberSeries
from danvan.documents.models.relations import Relation
from danvan.documents.models.reviews import ReviewTask
from danvan.documents.models.wordings import TextVersion, Wording

__all__ = [
    "Addressee",
    "Citation",
    "DispatchMark",
    "Document",
    "NumberSeries",
    "Provision",
    "Relation",
    "ReviewTask",
    "TextVersion",
    "Wording",
]
