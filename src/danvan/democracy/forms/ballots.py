"""What is typed about votes of households."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy import rolls, voting
from danvan.democracy.actions.ballots import Asked, Count
from danvan.democracy.forms.disclosure import WHY, PastDayField
from danvan.democracy.models import Ballot, Matter, MatterGroup
from danvan.kernel import clock
from danvan.organisations.models.units import in_force
from danvan.ui.fields import DayField, UploadField

LINES = forms.Textarea(attrs={"rows": 3})


class MatterField(forms.ModelChoiceField):
    """A matter with how far it reaches."""

    def label_from_instance(self, obj: Any) -> str:
        far = _("toàn xã, phường") if obj.scope == "commune" else _("khu phố, ấp")
        return f"{obj.name} ({far})"


class BallotForm(forms.Form):
    """Who votes on what, when and how; the base is every household, by number or by roll."""

    unit = forms.TypedChoiceField(label=gettext_lazy("UBND tổ chức"), coerce=int)
    matter = MatterField(
        Matter.objects.none(), label=gettext_lazy("Nội dung luật định"), empty_label=None,
        help_text=gettext_lazy("Quyết định tỷ lệ phải đạt."),
    )  # fmt: skip
    whole = forms.ModelChoiceField(
        Ballot.objects.none(), label=gettext_lazy("Thuộc cuộc biểu quyết toàn xã, phường"),
        required=False, empty_label=gettext_lazy("không"),
    )  # fmt: skip
    title = forms.CharField(label=gettext_lazy("Tên cuộc biểu quyết"), max_length=300)
    area = forms.CharField(label=gettext_lazy("Khu phố, ấp (hoặc toàn phường, xã)"), max_length=120)
    form = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=Ballot.Form)
    announced_on = DayField(
        label=gettext_lazy("Ngày thông báo, công khai việc phát phiếu"), required=False
    )
    held_on = DayField(label=gettext_lazy("Ngày họp hoặc ngày kiểm phiếu"))
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=200, required=False)
    team_size = forms.IntegerField(
        label=gettext_lazy("Số người tổ phát phiếu, ban kiểm phiếu"), min_value=1, required=False
    )
    base_count = forms.IntegerField(
        label=gettext_lazy("Tổng số hộ của khu phố, ấp"), min_value=1, required=False,
        help_text=gettext_lazy("Mọi hộ, không phải số hộ dự. Toàn xã: tổng số khu phố, ấp."),
    )  # fmt: skip
    roll = UploadField(
        label=gettext_lazy("Hoặc danh sách hộ"), extensions=("xlsx", "csv"), required=False,
        help_text=gettext_lazy("Cột đầu tiên là mã hộ; hệ thống đếm số hộ. Loại tệp: xlsx, csv."),
    )  # fmt: skip
    base_source = forms.CharField(
        label=gettext_lazy("Nguồn của tổng số"), max_length=300,
        help_text=gettext_lazy("Ví dụ: sổ quản lý hộ khu phố 3 đến ngày 01/8/2023."),
    )  # fmt: skip
    questions = forms.CharField(
        label=gettext_lazy("Câu hỏi, mỗi dòng một câu"), widget=LINES, required=False,
        help_text=gettext_lazy("Mỗi câu có: đồng ý, không đồng ý, ý kiến khác."),
    )  # fmt: skip
    candidates = forms.CharField(
        label=gettext_lazy("Hoặc người được bầu, mỗi dòng một người"), widget=LINES,
        required=False,
    )  # fmt: skip

    def __init__(
        self, *args: Any, units: Sequence[tuple[int, str]], wholes: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        held = Matter.objects.filter(in_force(clock.today()), group=MatterGroup.COMMUNE_DECIDE)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        self.fields["matter"].queryset = held  # type: ignore[attr-defined]
        self.fields["whole"].queryset = wholes  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        self._base(held)
        start, day = held.get("announced_on"), held.get("held_on")
        if start and day and start > day:
            self.add_error("announced_on", _("Không thể sau ngày biểu quyết."))
        matter = held.get("matter")
        if matter and matter.base == "households" and not self.asked():
            self.add_error("questions", _("Ghi ít nhất một câu hỏi hoặc một người được bầu."))
        return held

    def _base(self, held: dict[str, Any]) -> None:
        """The number typed, or counted from the roll; the two must agree."""
        roll = held.get("roll")
        if roll is not None:
            try:
                found = rolls.count(roll.read(), roll.name)
            except rolls.NoRoll as why:
                self.add_error("roll", str(why))
                return
            finally:
                roll.seek(0)
            if found.twice:
                self.add_error("roll", _("Mã hộ ghi hai lần: %s.") % ", ".join(found.twice[:10]))
            elif held.get("base_count") not in (None, found.households):
                told = _("Danh sách có %d hộ, khác số đã ghi.") % found.households
                self.add_error("base_count", told)
            held["base_count"] = found.households
        elif not held.get("base_count") and "base_count" not in self.errors:
            self.add_error("base_count", _("Ghi tổng số hoặc gửi danh sách hộ."))

    def asked(self) -> tuple[Asked, ...]:
        """The questions as ``ballots.prepare`` takes them."""
        lines = [w.strip()[:500] for w in self.cleaned_data.get("questions", "").split("\n")]
        names = [w.strip()[:200] for w in self.cleaned_data.get("candidates", "").split("\n")]
        people = tuple(n for n in names if n)
        made = [Asked(text) for text in lines if text]
        if people:
            made.append(Asked(_("Bầu: %s") % self.cleaned_data.get("title", ""), people))
        return tuple(made)

    def words(self) -> dict[str, Any]:
        skip = ("unit", "questions", "candidates")
        held = {k: v for k, v in self.cleaned_data.items() if k not in skip}
        return held | {"questions": self.asked()}


class CountForm(forms.Form):
    """The count, with a field for each option; what cannot be comes back at its field."""

    issued = forms.IntegerField(label=gettext_lazy("Số phiếu phát ra"), min_value=0)
    returned = forms.IntegerField(label=gettext_lazy("Số phiếu thu về"), min_value=0)
    valid = forms.IntegerField(label=gettext_lazy("Số phiếu hợp lệ"), min_value=0)

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ballot, self.options = ballot, []
        if ballot.form == Ballot.Form.MEETING:
            self.fields["issued"].label = _("Số hộ có đại diện dự họp")
            self.fields["returned"].label = _("Số hộ biểu quyết")
            self.fields["valid"].label = _("Số lượt biểu quyết hợp lệ")
        for question in ballot.questions.all():
            for option in question.options.all():
                name = f"option_{option.pk}"
                label = f"{question.order}. {question.text} – {option.label}"
                self.fields[name] = forms.IntegerField(label=label, min_value=0)
                self.options.append((name, option.pk))

    @classmethod
    def first(cls, ballot: Ballot) -> dict[str, Any]:
        """What is counted already, to be corrected."""
        votes = {f"option_{o.pk}": o.votes for q in ballot.questions.all() for o in q.options.all()}
        return {"issued": ballot.issued, "returned": ballot.returned, "valid": ballot.valid} | votes

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if not self.errors:
            c = self.counted()
            for name, why in voting.wrong(
                self.ballot, c.issued, c.returned, c.valid, c.votes
            ).items():
                self.add_error(name, why)
        return held

    def counted(self) -> Count:
        held = self.cleaned_data
        votes = {pk: held[name] for name, pk in self.options}
        return Count(held["issued"], held["returned"], held["valid"], votes)


class RecountForm(CountForm):
    """The count as it should be, and why; ``seen``: the corrections the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(label=gettext_lazy("Lý do đính chính"), widget=WHY, max_length=500)

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, ballot=ballot, **kwargs)
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])


class SendForm(forms.Form):
    sent_on = PastDayField(label=gettext_lazy("Ngày gửi kết quả tới UBND và Mặt trận"))


class RecogniseForm(forms.Form):
    recognised = forms.TypedChoiceField(
        label=gettext_lazy("Trả lời"), coerce=lambda v: v == "1",
        choices=[("1", gettext_lazy("công nhận")), ("0", gettext_lazy("không công nhận"))],
    )  # fmt: skip
    recognised_on = PastDayField(label=gettext_lazy("Ngày trả lời"))
    words = forms.CharField(label=gettext_lazy("Số, ký hiệu văn bản hoặc lý do"), max_length=300)
