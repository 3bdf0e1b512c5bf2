from danvan.organisations.forms.delegations import GivingForm, RevokingForm
from danvan.organisations.forms.erasures import ErasureForm, PaperErasureForm
from danvan.organisations.forms.reorganisations import FORMS, ResolutionForm, StartForm
from danvan.organisations.forms.units import DayForm, DelegationForm, NamingForm, TableForm

__all__ = [
    "FORMS",
    "DayForm",
    "DelegationForm",
    "ErasureForm",
    "GivingForm",
    "NamingForm",
    "PaperErasureForm",
    "ResolutionForm",
    "RevokingForm",
    "StartForm",
    "TableForm",
]
