"""What is typed about disclosures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.democracy import disclosing
from danvan.democracy.models import DisclosureItem, DisclosurePlan, Matter, Posting
from danvan.kernel import clock
from danvan.organisations.models import Person
from danvan.ui.fields import DayField, UploadField

PICTURES = ("jpg", "jpeg", "png", "pdf")
PAPERS = ("pdf", "docx", "xlsx", "jpg", "jpeg", "png")
WHY = forms.Textarea(attrs={"rows": 2})


class PastDayField(DayField):
    """A day not after today."""

    def clean(self, value: Any) -> dt.date | None:
        day: dt.date | None = super().clean(value)
        if day and day > clock.today():
            raise forms.ValidationError(_("Ngày này chưa đến."))
        return day


class PlanForm(forms.Form):
    """Of which unit and year a plan is made."""

    unit = forms.TypedChoiceField(label=gettext_lazy("Đơn vị"), coerce=int)
    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=2007, max_value=2200)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class ItemForm(forms.Form):
    """A line the unit's own regulation adds."""

    matter = forms.ModelChoiceField(
        Matter.objects.none(), label=gettext_lazy("Thuộc nội dung luật định"), empty_label=None
    )
    title = forms.CharField(label=gettext_lazy("Nội dung công khai"), max_length=300)

    def __init__(self, *args: Any, plan: DisclosurePlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Matter.objects.filter(pk__in=plan.items.values("matter"))
        self.fields["matter"].queryset = held  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    """Who sees to an item; whether nothing of it came up."""

    person = forms.TypedChoiceField(
        label=gettext_lazy("Người phụ trách"), coerce=int, required=False, empty_value=None
    )
    not_arising = forms.CharField(
        label=gettext_lazy("Không phát sinh trong năm vì"), max_length=300, required=False,
        help_text=gettext_lazy("Chỉ ghi khi cả năm không có gì phải công khai ở nội dung này."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("chưa phân công")), *((p.pk, p.name) for p in people)]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]


class DisclosureForm(forms.Form):
    """A decision or paper that has to be told."""

    title = forms.CharField(label=gettext_lazy("Nội dung công khai"), max_length=300)
    decided_on = PastDayField(
        label=gettext_lazy("Ngày của quyết định, văn bản"),
        help_text=gettext_lazy("Thời hạn công khai tính từ ngày này."),
    )
    document_code = forms.CharField(
        label=gettext_lazy("Số, ký hiệu văn bản"), max_length=60, required=False,
        help_text=gettext_lazy("Ví dụ 12/QĐ-UBND. Có trong sổ văn bản thì được nối tới."),
    )  # fmt: skip
    file = UploadField(
        label=gettext_lazy("Tệp cho mọi người xem"), extensions=PAPERS, required=False
    )
    names_people = forms.BooleanField(
        label=gettext_lazy("Nội dung có thông tin của cá nhân (họ tên, địa chỉ, hoàn cảnh)"),
        required=False,
        help_text=gettext_lazy("Hết số ngày luật định, trang công khai tự ẩn nội dung và tệp."),
    )

    @classmethod
    def of(cls, item: DisclosureItem) -> DisclosureForm:
        """Blank, warned where the law's item names people as a rule."""
        return cls(initial={"title": item.title, "names_people": item.matter.personal == "yes"})


class PostingForm(forms.Form):
    """One form of telling, with its proof."""

    form = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=Posting.Form)
    place = forms.CharField(
        label=gettext_lazy("Nơi công khai hoặc địa chỉ trang"), max_length=300,
        help_text=gettext_lazy("Ví dụ: trụ sở UBND phường; nhà văn hóa khu phố 3; tay-ninh.gov.vn"),
    )  # fmt: skip
    posted_from = PastDayField(label=gettext_lazy("Từ ngày"))
    posted_to = PastDayField(
        label=gettext_lazy("Đến hết ngày"), required=False,
        help_text=gettext_lazy("Còn đang công khai thì để trống."),
    )  # fmt: skip
    proof = UploadField(
        label=gettext_lazy("Ảnh chụp, biên bản"), extensions=PICTURES, required=False
    )

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        start, end = held.get("posted_from"), held.get("posted_to")
        if start and end and end < start:
            self.add_error("posted_to", _("Ngày gỡ không thể trước ngày công khai."))
        return held


class TakeDownForm(forms.Form):
    """The last day it was there."""

    posted_to = PastDayField(label=gettext_lazy("Công khai đến hết ngày"))
    reason = forms.CharField(
        label=gettext_lazy("Lý do, nếu gỡ sớm"), widget=WHY, max_length=500, required=False
    )

    def __init__(self, *args: Any, posting: Posting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posting = posting

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        day = held.get("posted_to")
        until = disclosing.stays_until(self.posting, self.posting.disclosure.matter)
        if day and day < self.posting.posted_from:
            self.add_error("posted_to", _("Ngày gỡ không thể trước ngày công khai."))
        elif day and until and day < until and not held.get("reason"):
            told = _("Phải giữ đến hết ngày %(day)s; gỡ sớm thì ghi lý do.")
            self.add_error("reason", told % {"day": f"{until:%d/%m/%Y}"})
        return held


class CorrectPostingForm(PostingForm):
    """What was recorded, as it should read, and why."""

    reason = forms.CharField(label=gettext_lazy("Lý do đính chính"), widget=WHY, max_length=500)

    @classmethod
    def of(cls, posting: Posting) -> CorrectPostingForm:
        names = ("form", "place", "posted_from", "posted_to")
        return cls(initial={n: getattr(posting, n) for n in names})

    def values(self) -> dict[str, Any]:
        return {n: self.cleaned_data[n] for n in ("form", "place", "posted_from", "posted_to")}


class QuarterlyListForm(forms.Form):
    """That the list of a quarter was posted."""

    posted_on = PastDayField(label=gettext_lazy("Ngày niêm yết danh sách"))
    place = forms.CharField(label=gettext_lazy("Nơi niêm yết"), max_length=300)
    proof = UploadField(
        label=gettext_lazy("Ảnh chụp, biên bản"), extensions=PICTURES, required=False
    )
