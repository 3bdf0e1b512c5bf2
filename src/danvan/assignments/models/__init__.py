from danvan.assignments.models.assignments import Assignment, DueChange, ProgressNote
from danvan.assignments.models.directives import Confirmation, Directive
from danvan.assignments.models.requests import ExemptionRequest, ExtensionRequest, Request
from danvan.assignments.models.submissions import Attachment, Submission

__all__ = [
    "Assignment",
    "Attachment",
    "Confirmation",
    "Directive",
    "DueChange",
    "ExemptionRequest",
    "ExtensionRequest",
    "ProgressNote",
    "Request",
    "Submission",
]
