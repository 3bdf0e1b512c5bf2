"""The form of a list signed on paper: when, the scan, and who signed, ticked or pasted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.organisations.models import Post
from danvan.organisations.models.units import in_force
from danvan.ui.fields import DayField, UploadField
from vanban.text import search_key, squeeze


class PaperForm(forms.Form):
    """``people``: of the unit today, who has not acknowledged. Pasted lines are looked up among
    those in post on the day of signing; a line that fits nobody is named by its number."""

    signed_on = DayField(label=gettext_lazy("Ngày ký danh sách"))
    file = UploadField(
        label=gettext_lazy("Bản quét danh sách có chữ ký"),
        help_text=gettext_lazy("Danh sách nêu rõ tên văn bản đã đọc; mỗi người ký một dòng."),
    )
    people = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Người đã ký"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    names = forms.CharField(
        label=gettext_lazy("Hoặc dán từ bảng tính, mỗi dòng một người"), required=False,
        max_length=100_000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Họ và tên; trùng tên thì thêm số hiệu ở cột bên cạnh."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, unit: int, people: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._unit = unit
        self.fields["people"].choices = people  # type: ignore[attr-defined]
        if not people:
            del self.fields["people"]

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        day, pasted = held.get("signed_on"), held.get("names") or ""
        found = set(held.get("people") or ())
        if day and pasted.strip():
            people, wrong = self._found(pasted, day)
            found |= people
            for sentence in wrong:
                self.add_error("names", sentence)
        if day and not found and not self.errors:
            raise forms.ValidationError(_("Chưa chọn ai."))
        held["people"] = sorted(found)
        return held

    def _found(self, pasted: str, day: Any) -> tuple[set[int], list[str]]:
        """People behind the lines, and what is wrong with the others; one query."""
        named: dict[str, dict[int, str]] = defaultdict(dict)
        posts = Post.objects.filter(in_force(day), unit=self._unit).select_related("person")
        for post in posts:
            named[search_key(post.person.name)][post.person_id] = post.person.code
        people, wrong = set(), []
        for number, line in enumerate(pasted.splitlines(), 1):
            name, code = _cells(line)
            if not name:
                continue
            fits = {pk for pk, own in named[search_key(name)].items() if not code or own == code}
            if len(fits) == 1:
                people |= fits
                continue
            told = {"n": number, "name": name}
            wrong.append(
                _("Dòng %(n)d: đơn vị có nhiều người tên “%(name)s”; ghi thêm số hiệu.") % told
                if fits
                else _("Dòng %(n)d: không có “%(name)s” tại đơn vị vào ngày ký.") % told
            )
        return people, wrong


def _cells(line: str) -> tuple[str, str]:
    """Name and code of a pasted line: parted by a tab or a semicolon."""
    name, _tab, code = line.replace(";", "\t").partition("\t")
    return squeeze(name), squeeze(code)
