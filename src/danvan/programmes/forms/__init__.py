"""Forms: what a person types, read into shapes, words, changes and measures."""

from danvan.programmes.forms.amendments import (
    AmendingFileForm,
    AmendmentForm,
    ChangeTargetForm,
    ChangeTaskForm,
    PaperForm,
)
from danvan.programmes.forms.findings import ReadInForm, TaskForm, form_for
from danvan.programmes.forms.manuscripts import BeginForm, SectionFormSet, WordsForm
from danvan.programmes.forms.targets import MeasureForm

__all__ = [
    "AmendingFileForm",
    "AmendmentForm",
    "BeginForm",
    "ChangeTargetForm",
    "ChangeTaskForm",
    "MeasureForm",
    "PaperForm",
    "ReadInForm",
    "SectionFormSet",
    "TaskForm",
    "WordsForm",
    "form_for",
]
