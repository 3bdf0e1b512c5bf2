from danvan.registers.forms.declaring import DeclarationForm, FieldRows, FigureRows
from danvan.registers.forms.records import GiveForm, ListFilter, RecordForm

__all__ = [
    "DeclarationForm",
    "FieldRows",
    "FigureRows",
    "GiveForm",
    "ListFilter",
    "RecordForm",
]
