"""The self-score sheet as one form: four fields per criterion, or seven for a single one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from danvan.scoring.actions.proofs import NewProofs
from danvan.scoring.actions.sheets import Claim
from danvan.scoring.computing import Computed
from danvan.scoring.models import Criterion, Score
from danvan.scoring.queries.sheets import Claimable
from danvan.ui.fields import DayField, MultipleUploadField, PointsField

# The fields that make a claim; the others bring proofs.
CLAIMING = ("claimed", "na", "reason")


class SheetForm(forms.Form):
    """Fields are named ``claimed_<criterion id>``, ``na_…``, ``reason_…``, ``files_…`` …

    Each remembers the value it was shown with, so that only what the person touched is sent
    on, and a colleague's saving in between is seen field by field.
    """

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        scores: Sequence[Claimable],
        reusable: Mapping[str, Iterable[tuple[int, str]]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.scores, self.reusable = scores, reusable
        for score in scores:
            if score.method == Criterion.Method.SUPERIOR:
                continue
            self._add(score)
            if reusable is not None:
                self._add_reuse(score, reusable)

    def _add(self, score: Claimable) -> None:
        key = score.criterion_id
        self.fields.update(_fields(key, score.code, score.max_points, score.may_not_arise))
        shown = {
            f"claimed_{key}": score.claimed if score.arises else None,
            f"na_{key}": not score.arises,
            f"reason_{key}": score.claim_reason,
        }
        self.initial = {**shown, **self.initial}

    def _add_reuse(
        self, score: Claimable, reusable: Mapping[str, Iterable[tuple[int, str]]]
    ) -> None:
        key = score.criterion_id
        for name, label in (
            ("attachments", _("Dùng lại tệp đơn vị đã nộp")),
            ("again", _("Dùng lại minh chứng của tiêu chí khác")),
        ):
            if choices := list(reusable.get(name, ())):
                self.fields[f"{name}_{key}"] = forms.TypedMultipleChoiceField(
                    label=label, choices=choices, coerce=int, required=False,
                    widget=forms.CheckboxSelectMultiple,
                    error_messages={"invalid_choice": _("Tệp này không dùng lại được.")},
                )  # fmt: skip
        self.fields[f"address_{key}"] = forms.URLField(
            label=_("Đường dẫn (nếu minh chứng ở trên mạng)"), required=False, max_length=400,
            assume_scheme="https",
            error_messages={"invalid": _("Đường dẫn không đúng. Ví dụ: https://tayninh.gov.vn/…")},
        )  # fmt: skip
        self.fields[f"dated_{key}"] = DayField(
            label=_("Ngày của văn bản (áp dụng cho tệp, đường dẫn gửi lần này)"), required=False
        )
        self.fields[f"until_{key}"] = DayField(label=_("Có hiệu lực đến hết ngày"), required=False)

    def claims(self, computed: Mapping[int, Computed] | None = None) -> dict[int, Claim]:
        """Criterion id → claim, of the criteria the person touched.

        With ``computed``: boxes left empty take the system's value, where it has one.
        """
        found, touched = {}, set(self.changed_data)
        for score in self.scores:
            key = score.criterion_id
            claim = self._claim(score)
            value = computed[score.pk].value if computed else None
            if f"claimed_{key}" not in self.fields:
                continue
            if value is not None and claim.points is None and claim.arises:
                found[key] = Claim(value, claim.reason)
            elif not touched.isdisjoint(f"{name}_{key}" for name in CLAIMING):
                found[key] = claim
        return found

    def _claim(self, score: Claimable) -> Claim:
        key, typed = score.criterion_id, self.cleaned_data
        return Claim(
            typed.get(f"claimed_{key}"),
            typed.get(f"reason_{key}", ""),
            not typed.get(f"na_{key}", False),
        )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for score in self.scores:
            first, last = (typed.get(f"{n}_{score.criterion_id}") for n in ("dated", "until"))
            if first and last and last < first:
                told = _("Không được trước ngày của văn bản.")
                self.add_error(f"until_{score.criterion_id}", told)
        return typed

    def proofs(self) -> list[NewProofs]:
        """What was sent or chosen as proof."""
        typed = self.cleaned_data
        found = (
            NewProofs(
                key,
                files=typed.get(f"files_{key}") or (),
                attachments=typed.get(f"attachments_{key}") or (),
                again=typed.get(f"again_{key}") or (),
                address=typed.get(f"address_{key}") or "",
                dated=typed.get(f"dated_{key}"),
                valid_until=typed.get(f"until_{key}"),
            )
            for key in (score.criterion_id for score in self.scores)
        )
        return [new for new in found if new]

    def rebased(self, fresh: SheetForm, revision: int) -> SheetForm:
        """The typed values over what a colleague saved meanwhile; nothing is lost or hidden.

        Fields the person left alone show the saved values; those he touched keep what he
        typed, and the form knows the new ``revision``, so that saving again is deliberate.
        """
        data: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        for name in fresh.fields:
            if not fresh.fields[name].show_hidden_initial:
                continue
            value = fresh[name].value()
            data[fresh[name].html_initial_name] = "" if value is None else str(value)
            if name in self.changed_data:
                continue
            if value is None or value is False or value == "":
                data.pop(name, None)
            else:
                data[name] = "on" if value is True else str(value)
        data["revision"] = str(revision)
        return SheetForm(data, scores=fresh.scores, reusable=fresh.reusable)

    def as_shown(self, score: Claimable) -> Claimable:
        """The score with the claim the page was opened with."""
        key = score.criterion_id
        return score._replace(
            claimed=self._shown(f"claimed_{key}"),
            arises=not self._shown(f"na_{key}"),
            claim_reason=self._shown(f"reason_{key}") or "",
        )

    def _shown(self, name: str) -> Any:
        if name not in self.fields:
            return None
        try:
            return self.fields[name].to_python(self.data.get(self[name].html_initial_name))
        except ValidationError:
            return None

    def touched(self, score: Score) -> bool:
        """Whether the person changed the claim of this criterion."""
        return any(f"{name}_{score.criterion_id}" in self.changed_data for name in CLAIMING)


@lru_cache(maxsize=2000)
def _fields(key: int, code: str, maximum: Decimal, may_not_arise: bool) -> dict[str, forms.Field]:
    """The four fields of a criterion. Made once for all forms that show it, since making them
    costs as much as everything else a form does: what differs stands in the form's ``initial``."""
    made: dict[str, forms.Field] = {
        f"claimed_{key}": PointsField(
            label=_("Điểm tự chấm %(code)s") % {"code": code},
            max_value=maximum, required=False, show_hidden_initial=True,
        )
    }  # fmt: skip
    if may_not_arise:
        made[f"na_{key}"] = forms.BooleanField(
            label=_("Không phát sinh"), required=False, show_hidden_initial=True
        )
    made[f"reason_{key}"] = forms.CharField(
        label=_("Lý do"), required=False, max_length=2000, show_hidden_initial=True,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    made[f"files_{key}"] = MultipleUploadField(
        label=_("Thêm tệp minh chứng %(code)s") % {"code": code}, required=False, help_text=""
    )
    return made
