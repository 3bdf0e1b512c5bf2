"""What emulation keeps of a person: models and reports he entered, commendations he decided."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.emulation.models import Adoption, Candidate, Commendation, Exemplar, Movement, Visit
from danvan.kernel.personal import Kept, Source, Subject, acts, work

_BASIS = gettext_lazy("Hồ sơ thi đua, khen thưởng của cơ quan nhà nước.")


def kept(of: Subject) -> Iterator[Kept]:
    yield _entered(of)
    yield _named(of)


def _entered(of: Subject) -> Kept:
    who = of.person or 0
    rows = [
        *acts(_("đăng ký mô hình"), Exemplar.objects.filter(registered_by=who), "registered_at"),
        *acts(_("ghi kiểm tra"), Visit.objects.filter(entered_by=who), "entered_at"),
        *acts(_("báo áp dụng"), Adoption.objects.filter(told_by=who), "told_at"),
        *acts(_("trả lời áp dụng"), Adoption.objects.filter(decided_by=who), "decided_at"),
        *acts(_("báo cáo phong trào"), Movement.objects.filter(told_by=who), "told_at"),
        *acts(_("quyết định khen"), Commendation.objects.filter(decided_by=who), "decided_at"),
    ]
    return work(
        gettext_lazy("Việc đã làm trong phong trào Dân vận khéo"),
        gettext_lazy("Biết ai đăng ký, ai kiểm tra, ai xác nhận."),
        _BASIS,
        rows,
    )


def _named(of: Subject) -> Kept:
    """Only the name ties these to the person: namesakes are among them, and it is said."""
    rows = [
        {"mô hình": e.name, "cá nhân": e.person_name, "năm": e.year}
        for e in Exemplar.objects.filter(person_name=of.name)
    ]
    candidates = Candidate.objects.filter(person_name=of.name).select_related("commendation")
    rows += [{"khen thưởng": str(c.commendation), "cá nhân": c.person_name} for c in candidates]
    return work(
        gettext_lazy("Mô hình cá nhân, khen thưởng ghi tên này (có thể trùng tên)"),
        gettext_lazy("Công nhận, khen thưởng, nhân rộng điển hình."),
        _BASIS,
        rows,
        erasure=gettext_lazy("Giữ lại: tên nằm trong quyết định công nhận, khen thưởng."),
    )


SOURCE = Source(kept)
