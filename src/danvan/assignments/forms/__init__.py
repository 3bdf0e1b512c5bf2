"""What people send, and the filters of lists and matrix."""

from danvan.assignments.forms.asking import (
    AskExemptionForm,
    AskExtensionForm,
    ConfirmForm,
    DenyForm,
    ExtendForm,
    ExtendGroupForm,
    GrantExemptionForm,
    GrantExtensionForm,
    RefuseExemptionForm,
    RefuseExtensionForm,
)
from danvan.assignments.forms.directives import GiveForm
from danvan.assignments.forms.filters import (
    DirectiveFilter,
    ListFilter,
    MatrixFilter,
    WaitingFilter,
)
from danvan.assignments.forms.handing_in import (
    AcceptForm,
    ExemptForm,
    FileForm,
    NameForm,
    NoteForm,
    NothingForm,
    RequireAgainForm,
    ReturnForm,
    VerbForm,
)

__all__ = [
    "AcceptForm",
    "AskExemptionForm",
    "AskExtensionForm",
    "ConfirmForm",
    "DenyForm",
    "DirectiveFilter",
    "ExemptForm",
    "ExtendForm",
    "ExtendGroupForm",
    "FileForm",
    "GiveForm",
    "GrantExemptionForm",
    "GrantExtensionForm",
    "ListFilter",
    "MatrixFilter",
    "NameForm",
    "NoteForm",
    "NothingForm",
    "RefuseExemptionForm",
    "RefuseExtensionForm",
    "RequireAgainForm",
    "ReturnForm",
    "VerbForm",
    "WaitingFilter",
]
