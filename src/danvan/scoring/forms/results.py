"""What verifiers, explaining units, the programme office and the chairman type."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danvan.organisations.models import Block, Unit
from danvan.scoring.actions.proofs import NewProofs
from danvan.scoring.actions.verification import mark, policy_points
from danvan.scoring.models import Cap, Explanation, Round, Score, Sheet
from danvan.scoring.queries.rankings import Asked
from danvan.ui import written
from danvan.ui.fields import DayField, MultipleUploadField, PointsField

NOTHING = Decimal(0)
WORDS = 4000  # characters of a written reason


def _prose(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class QueueFilter(forms.Form):
    """GET: which part of the queue."""

    khoi = forms.ChoiceField(label=_("Khối"), required=False)
    don_vi = forms.TypedChoiceField(label=_("Đơn vị"), required=False, coerce=int, empty_value=None)
    tieu_chi = forms.ChoiceField(label=_("Tiêu chí"), required=False)
    lech = PointsField(label=_("Chênh lệch từ"), required=False)
    chua = forms.BooleanField(label=_("Chưa thẩm định"), required=False)

    def __init__(
        self, *args: Any, units: list[tuple[int, str]], codes: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("Tất cả"))
        self.fields["khoi"].choices = [everything, *Block.choices]  # type: ignore[attr-defined]
        self.fields["don_vi"].choices = [everything, *units]  # type: ignore[attr-defined]
        self.fields["tieu_chi"].choices = [everything, *((c, c) for c in codes)]  # type: ignore[attr-defined]


class RankingFilter(forms.Form):
    """GET: which part of the ranking."""

    khoi = forms.ChoiceField(
        label=_("Khối"), required=False, choices=[("", _("Tất cả")), *Block.choices]
    )
    tim = forms.CharField(label=_("Tìm đơn vị"), required=False, max_length=100)

    @property
    def asked(self) -> Asked:
        """As the query wants it; what makes no sense is left out."""
        self.full_clean()
        typed = self.cleaned_data
        return Asked(typed.get("khoi", ""), typed.get("tim", ""), self.data.get("trang", "1"))


class VerifyForm(forms.Form):
    """One score. ``arises`` is asked only where the unit says the matter did not arise."""

    arises = forms.ChoiceField(
        label=_("Đơn vị ghi “không phát sinh”"),
        widget=forms.RadioSelect,
        choices=[
            ("no", _("Xác nhận không phát sinh")),
            ("yes", _("Không chấp nhận: có phát sinh")),
        ],
    )
    points = PointsField(label=_("Điểm thẩm định"), required=False)
    reason = forms.CharField(
        label=_("Lý do"), required=False, max_length=WORDS, widget=_prose(3),
        help_text=_("Bắt buộc khi điểm khác điểm tự chấm."),
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, score: Score, **kwargs: Any) -> None:
        found = score.arises if score.arises_verified is None else score.arises_verified
        points = score.claimed if score.verified is None else score.verified
        kwargs["initial"] = {
            "arises": "yes" if found else "no", "seen": mark(score),
            "points": points if found else None, "reason": score.verify_reason,
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        self.score = score
        limit = score.criterion.max_points
        field = self.fields["points"]
        field.max_value = limit  # type: ignore[attr-defined]
        field.help_text = _("Từ 0 đến %s.") % written.number(limit)
        if score.arises:
            del self.fields["arises"]

    @property
    def arises_found(self) -> bool:
        return self.score.arises or self.cleaned_data.get("arises") == "yes"

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        points = told.get("points")
        if "points" in self.errors or "arises" in self.errors:
            return told
        if not self.arises_found:
            told["points"] = policy_points(self.score.criterion)
        elif points is None:
            self.add_error("points", _("Chưa ghi điểm thẩm định."))
        elif not (told.get("reason") or "").strip() and self._changed(points):
            self.add_error("reason", _("Thay đổi so với tự chấm thì phải ghi lý do."))
        return told

    def _changed(self, points: Decimal) -> bool:
        return not self.score.arises or points != (self.score.claimed or NOTHING)


class ExplainForm(forms.Form):
    """A unit's explanation of one changed score, with the proof it adds."""

    ground = forms.ChoiceField(
        label=_("Căn cứ giải trình"), choices=Explanation.Ground.choices, widget=forms.RadioSelect
    )
    asks = PointsField(label=_("Điểm đề nghị"))
    text = forms.CharField(
        label=_("Nội dung giải trình"), max_length=WORDS, widget=_prose(6),
        help_text=_("Nêu rõ việc, số liệu, tài liệu. Mỗi điểm chỉ giải trình một lần."),
    )  # fmt: skip
    papers = MultipleUploadField(label=_("Minh chứng bổ sung"), required=False)
    dated = DayField(label=_("Ngày của văn bản bổ sung"), required=False)

    def __init__(self, *args: Any, score: Score, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.score = score
        limit = score.criterion.max_points
        self.fields["asks"].max_value = limit  # type: ignore[attr-defined]
        self.fields["asks"].help_text = _("Từ 0 đến %s.") % written.number(limit)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        new = told.get("ground") == Explanation.Ground.NEW_PROOF
        if new and not told.get("papers") and "papers" not in self.errors:
            self.add_error("papers", _("Căn cứ là minh chứng bổ sung thì phải gửi kèm minh chứng."))
        return told

    def values(self) -> dict[str, Any]:
        """The verb's keywords."""
        typed = self.cleaned_data
        new = NewProofs(self.score.criterion_id, files=typed["papers"], dated=typed["dated"])
        names = ("ground", "asks", "text")
        return {**{n: typed[n] for n in names}, "proofs": new or None}


class SecondForm(forms.Form):
    """Another office to look again at an explanation."""

    office = forms.ModelChoiceField(Unit.objects.none(), label=_("Cơ quan xem lại"))
    reason = forms.CharField(label=_("Lý do"), max_length=WORDS, widget=_prose(2))

    def __init__(self, *args: Any, explanation: Explanation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sheet = explanation.score.sheet
        pairs = sheet.round.offices.values_list("office", "substitute")
        offices = {pk for pair in pairs for pk in pair} - {sheet.unit_id}
        field = self.fields["office"]
        field.queryset = Unit.objects.filter(pk__in=offices)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The programme office's answer: the value after explanation, and why."""

    arises = forms.BooleanField(label=_("Chấp nhận: không phát sinh"), required=False)
    points = PointsField(label=_("Điểm sau giải trình"))
    text = forms.CharField(label=_("Trả lời"), max_length=WORDS, widget=_prose(5))

    def __init__(self, *args: Any, explanation: Explanation, **kwargs: Any) -> None:
        score = explanation.score
        kwargs["initial"] = {"points": score.verified}
        super().__init__(*args, **kwargs)
        limit = score.criterion.max_points
        self.fields["points"].max_value = limit  # type: ignore[attr-defined]
        self.fields["points"].help_text = _(
            "Giữ nguyên: ghi %(verified)s; đơn vị đề nghị %(asks)s; tối đa %(max)s."
        ) % {
            "verified": written.number(score.verified), "asks": written.number(explanation.asks),
            "max": written.number(limit),
        }  # fmt: skip
        if score.arises:
            del self.fields["arises"]


class WindowForm(forms.Form):
    """New days of the explanation window."""

    first = DayField(label=_("Từ ngày"))
    last = DayField(label=_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do"), max_length=WORDS, widget=_prose(2))

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        kwargs["initial"] = {"first": round.explain_from, "last": round.explain_to}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        first, last = told.get("first"), told.get("last")
        if first and last and last < first:
            self.add_error("last", _("Ngày cuối phải không trước ngày đầu."))
        return told


class CapForm(forms.Form):
    """A cap an office raises, with its document."""

    cap = forms.ModelChoiceField(Cap.objects.none(), label=_("Giới hạn xếp loại"))
    document = forms.CharField(
        label=_("Văn bản làm căn cứ"), max_length=200,
        help_text=_("Tên loại, số, ký hiệu, ngày ban hành."),
    )  # fmt: skip
    ground = forms.CharField(label=_("Lý do"), max_length=WORDS, widget=_prose(3))

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        manual = sheet.criteria_set.caps.filter(rule=Cap.Rule.MANUAL)
        raised = sheet.cap_marks.values("cap")
        self.fields["cap"].queryset = manual.exclude(pk__in=raised)  # type: ignore[attr-defined]


class CorrectForm(forms.Form):
    """Another decided value, with its document."""

    points = PointsField(label=_("Điểm điều chỉnh"))
    document = forms.CharField(
        label=_("Văn bản làm căn cứ"), max_length=200,
        help_text=_("Tên loại, số, ký hiệu, ngày ban hành."),
    )  # fmt: skip
    ground = forms.CharField(label=_("Lý do"), max_length=WORDS, widget=_prose(3))

    def __init__(self, *args: Any, score: Score, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = score.criterion.max_points
        self.fields["points"].max_value = limit  # type: ignore[attr-defined]
        self.fields["points"].help_text = _("Đã quyết định %(now)s; tối đa %(max)s.") % {
            "now": written.number(score.decided), "max": written.number(limit),
        }  # fmt: skip


class WithdrawForm(forms.Form):
    """The deliberate withdrawal of a published result."""

    ground = forms.CharField(label=_("Lý do thu hồi"), max_length=WORDS, widget=_prose(4))
    confirmed = forms.BooleanField(
        label=_("Tôi ký quyết định thu hồi kết quả đã công bố."),
        error_messages={"required": _("Đánh dấu xác nhận trước khi thu hồi.")},
    )


class DecideForm(forms.Form):
    """The deliberate confirmation of the deciding act."""

    confirmed = forms.BooleanField(
        label=_("Tôi đã xem kết quả, đồng ý ký quyết định và công bố."),
        error_messages={"required": _("Đánh dấu xác nhận trước khi quyết định.")},
    )
