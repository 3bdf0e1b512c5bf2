"""A list signed on paper: who has read one text, with its scan as the proof."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from danvan.kernel.models import StoredFile
from danvan.organisations.models import Unit
from danvan.study.models.campaigns import StudyText


class PaperList(models.Model):
    """One list of one unit about one text. Its lines are in the chain; it is never changed."""

    text = models.ForeignKey(StudyText, models.PROTECT, related_name="paper_lists")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    signed_on = models.DateField(_("ngày ký"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=200)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-signed_on", "-pk"]

    def __str__(self) -> str:
        return str(_("danh sách giấy số %(n)s") % {"n": self.pk})
