"""Sending a criterion to another office, naming a substitute, standing aside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Unit
from danvan.organisations.queries import names_on
from danvan.scoring.models import Criterion, Round, RoundOffice

REASON = 2000


def _reason() -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=_("Lý do"), max_length=REASON, widget=widget)


class RerouteForm(forms.Form):
    """One criterion, to one office, on every sheet or on one unit's."""

    criterion = forms.ModelChoiceField(Criterion.objects.none(), label=_("Tiêu chí"))
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Chỉ với phiếu của"), required=False,
        empty_label=_("mọi đơn vị"),
    )  # fmt: skip
    office = forms.ModelChoiceField(Unit.objects.none(), label=_("Cơ quan thẩm định"))
    reason = _reason()

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = round.offices.values_list("office", "substitute")
        offices = {pk for pair in pairs for pk in pair}
        sets = round.blocks.values("criteria_set")
        units = Unit.objects.prefetch_related("versions")
        criteria = Criterion.objects.filter(criteria_set__in=sets).select_related("criteria_set")
        given: dict[str, Any] = {
            "criterion": criteria.order_by("criteria_set__block", "order"),
            "unit": units.filter(pk__in=round.sheets.values("unit")),
            "office": units.filter(pk__in=offices),
        }
        names = names_on(round.dossier_due)
        for name, queryset in given.items():
            field: Any = self.fields[name]
            field.queryset = queryset
            if name != "criterion":
                field.label_from_instance = lambda unit: names.get(unit.pk, str(unit))
        told: Any = self.fields["criterion"]
        told.label_from_instance = lambda c: f"{c.criteria_set.get_block_display()}: {c}"


class SubstituteForm(forms.Form):
    """Who stands in for one office on its own sheet."""

    held = forms.ModelChoiceField(
        RoundOffice.objects.none(), label=_("Trên phiếu của cơ quan"), empty_label=None
    )
    substitute = forms.ModelChoiceField(Unit.objects.none(), label=_("Cơ quan thẩm định thay"))
    reason = _reason()

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = names_on(round.dossier_due)
        held: Any = self.fields["held"]
        held.queryset = round.offices.all()
        held.label_from_instance = lambda o: names.get(o.office_id, "")
        substitute: Any = self.fields["substitute"]
        substitute.queryset = Unit.objects.filter(pk__in=round.sheets.values("unit"))
        substitute.label_from_instance = lambda unit: names.get(unit.pk, str(unit))

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        held, substitute = told.get("held"), told.get("substitute")
        if held and substitute and held.office_id == substitute.pk:
            self.add_error("substitute", _("Cơ quan thẩm định thay phải là cơ quan khác."))
        return told


class AbstainForm(forms.Form):
    """Why an office does not judge a score."""

    reason = _reason()
