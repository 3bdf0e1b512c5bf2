"""Reporting periods: month, quarter, six and nine months, year. Days, both ends included."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from danvan.kernel.facts import Period

ROMAN = ("I", "II", "III", "IV")


class Form(models.TextChoices):
    MONTH = "month", _("tháng")
    QUARTER = "quarter", _("quý")
    HALF = "half", _("6 tháng đầu năm")
    NINE = "nine", _("9 tháng")
    YEAR = "year", _("năm")


# How many periods of a form a year has, and how many months each covers.
COUNT = {Form.MONTH: 12, Form.QUARTER: 4, Form.HALF: 1, Form.NINE: 1, Form.YEAR: 1}
MONTHS = {Form.MONTH: 1, Form.QUARTER: 3, Form.HALF: 6, Form.NINE: 9, Form.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Span:
    """One period of a form: the ``number``-th of its year (1 for those a year has once)."""

    form: Form
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.number <= COUNT[self.form]:
            raise ValueError(f"{self.form} has no period {self.number}")

    @property
    def start(self) -> dt.date:
        return dt.date(self.year, (self.number - 1) * MONTHS[self.form] + 1, 1)

    @property
    def end(self) -> dt.date:
        month = self.number * MONTHS[self.form]
        return dt.date(self.year, month, monthrange(self.year, month)[1])

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)

    @property
    def label(self) -> str:
        """As reports name it: "tháng 4 năm 2023", "quý II năm 2023", "9 tháng năm 2023"."""
        name = {
            Form.MONTH: f"tháng {self.number} ",
            Form.QUARTER: f"quý {ROMAN[min(self.number, 4) - 1]} ",
            Form.HALF: "6 tháng đầu ",
            Form.NINE: "9 tháng ",
            Form.YEAR: "",
        }[self.form]
        return f"{name}năm {self.year}"

    @property
    def compared_with(self) -> Span:
        """A month or quarter with the one before it; the others with the same of last year."""
        if self.form in (Form.MONTH, Form.QUARTER) and self.number > 1:
            return Span(self.form, self.year, self.number - 1)
        return Span(self.form, self.year - 1, COUNT[self.form])


def span_of(form: str, start: dt.date) -> Span:
    """The period of a form that begins on ``start``."""
    held = Form(form)
    return Span(held, start.year, (start.month - 1) // MONTHS[held] + 1)


def fitting(start: dt.date, end: dt.date) -> Span:
    """The form that covers these days; the whole year where none does exactly."""
    for form in Form:
        for number in range(1, COUNT[form] + 1):
            span = Span(form, start.year, number)
            if (span.start, span.end) == (start, end):
                return span
    return Span(Form.YEAR, start.year)
