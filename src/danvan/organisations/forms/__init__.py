from danvan.organisations.forms.delegations import GivingForm, RevokingForm
from danvan.organisations.forms.reorganisations import FORMS, ResolutionForm, StartForm
from danvan.organisations.forms.units import DayForm, DelegationForm, NamingForm, TableForm

__all__ = [
    "FORMS",
    "DayForm",
    "DelegationForm",
    "GivingForm",
    "NamingForm",
    "ResolutionForm",
    "RevokingForm",
    "StartForm",
    "TableForm",
]
