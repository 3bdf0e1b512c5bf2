"""Forms of the register, of relations and reviews, of dispatch."""

from danvan.documents.forms.changes import RelationForm, ReviewForm, TextForm
from danvan.documents.forms.dispatch import ProofForm, SendForm
from danvan.documents.forms.register import AsOfForm, DocumentForm, FileForm, RegisterForm

__all__ = [
    "AsOfForm",
    "DocumentForm",
    "FileForm",
    "ProofForm",
    "RegisterForm",
    "RelationForm",
    "ReviewForm",
    "SendForm",
    "TextForm",
]
