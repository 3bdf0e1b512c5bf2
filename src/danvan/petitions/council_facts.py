"""Counts a report to the people's council tells: who was received, what came in, what was settled.

Told are units whose register or reception book the system keeps: of any other a count is not yet
known, never zero. What another system holds is not among them (``facts.received`` adds it).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from danvan.kernel import clock
from danvan.kernel.facts import Period, Reading, Readings, offer
from danvan.petitions import workflow
from danvan.petitions.facts import DISPUTES, PROPOSALS, enforcements
from danvan.petitions.models import Kind, Petition, ReceptionDay, Transfer, Turn

Counter = Callable[[Collection[int], Period], dict[int, int]]
Known = Callable[[Collection[int], Period], set[int]]
COMPLAINTS = (Kind.COMPLAINT, Kind.DISCIPLINARY)
DENUNCIATIONS = (Kind.DENUNCIATION, Kind.ANONYMOUS)
MANY = 5  # people of one matter (Luật Tiếp công dân 2013, Đ29)
HELD = (ReceptionDay.State.HELD, ReceptionDay.State.DELEGATED)


def _keeps_register(units: Collection[int], period: Period) -> set[int]:
    """Units that hold a petition received by the period's end."""
    until = period.end
    own = Petition.objects.filter(holder__in=units, received_on__lte=until).order_by()
    return set(own.values_list("holder", flat=True).distinct())


def _keeps_book(units: Collection[int], period: Period) -> set[int]:
    """Units with a day of reception or a line of the book in the period."""
    asked = {"unit__in": units, "on__range": (period.start, period.end)}
    days = ReceptionDay.objects.filter(**asked).order_by().values_list("unit", flat=True)
    turns = Turn.objects.filter(**asked).order_by().values_list("unit", flat=True)
    return set(days.distinct()) | set(turns.distinct())


def _turns(counted: Any) -> Counter:
    def count(units: Collection[int], period: Period) -> dict[int, int]:
        rows = Turn.objects.filter(unit__in=units, on__range=(period.start, period.end))
        return dict(rows.order_by().values("unit").annotate(n=counted).values_list("unit", "n"))

    return count


def _days(asked: Q) -> Counter:
    def count(units: Collection[int], period: Period) -> dict[int, int]:
        rows = ReceptionDay.objects.filter(
            asked, unit__in=units, on__range=(period.start, period.end)
        )
        return _by(rows, "unit")

    return count


def _received(*kinds: Kind) -> Counter:
    """By what was found, else by what was said."""

    def count(units: Collection[int], period: Period) -> dict[int, int]:
        rows = Petition.objects.filter(
            holder__in=units, received_on__range=(period.start, period.end)
        ).exclude(state=Petition.State.SPLIT)
        if kinds:
            rows = rows.filter(Q(kind__in=kinds) | Q(kind="", kind_said__in=kinds))
        return _by(rows, "holder")

    return count


def _settled(*kinds: Kind, asked: Q | None = None) -> Counter:
    def count(units: Collection[int], period: Period) -> dict[int, int]:
        rows = Petition.objects.filter(
            asked or Q(), holder__in=units, settled_on__range=(period.start, period.end)
        ).exclude(state__in=workflow.ELSEWHERE)
        return _by(rows.filter(kind__in=kinds) if kinds else rows, "holder")

    return count


def _transferred(units: Collection[int], period: Period) -> dict[int, int]:
    rows = Transfer.objects.filter(
        petition__body__in=units, sent_on__range=(period.start, period.end)
    )
    return _by(rows, "petition__body")


def _enforced(place: int) -> Counter:
    def count(units: Collection[int], period: Period) -> dict[int, int]:
        return {unit: both[place] for unit, both in enforcements(units, period).items()}

    return count


def _by(rows: QuerySet[Any], unit: str) -> dict[int, int]:
    found = rows.order_by().values(unit).annotate(n=Count("pk"))
    return {row[unit]: row["n"] for row in found}


def _of_book(unit: int, period: Period) -> str:
    return f"{reverse('reception:by_number', args=[unit])}?nam={period.end.year}"


def _of_register(unit: int, period: Period) -> str:
    return f"{reverse('petitions:list')}?giu={unit}"


def _reader(
    counted: Counter, known: Known, basis: Callable[[int, Period], str], measure: Any
) -> Any:
    def read(units: Sequence[int], period: Period) -> Readings:
        held, keeping = counted(units, period), known(units, period)
        return {
            unit: Reading(
                Decimal(held.get(unit, 0)), clock.now(), basis(unit, period),
                f"{held.get(unit, 0)} {measure}",
            )
            if unit in keeping else None
            for unit in units
        }  # fmt: skip

    return read


LATE, ON_TIME = Q(settled_on__gt=F("settle_due_on")), Q(settled_on__lte=F("settle_due_on"))
OWN = Q(state=ReceptionDay.State.HELD)

for _code, _measure, _label, _counter in (
    ("reception_turns", "lượt", _("Lượt tiếp công dân"), _turns(Count("pk"))),
    ("reception_people", "người", _("Người được tiếp"), _turns(Sum("people"))),
    ("reception_groups", "đoàn", _("Đoàn đông người được tiếp (từ 5 người)"),
     _turns(Count("pk", Q(people__gte=MANY)))),
    ("reception_own", "buổi", _("Buổi người đứng đầu trực tiếp tiếp công dân"), _days(OWN)),
    ("reception_delegated", "buổi", _("Buổi người khác tiếp thay"),
     _days(Q(state=ReceptionDay.State.DELEGATED))),
    ("reception_online", "buổi", _("Buổi tiếp công dân trực tuyến"),
     _days(Q(state__in=HELD, means=ReceptionDay.Means.ONLINE))),
):  # fmt: skip
    offer(f"petitions.{_code}", about="unit", measure=_measure, label=_label)(
        _reader(_counter, _keeps_book, _of_book, _measure)
    )

for _code, _measure, _label, _counter in (
    ("brought", "đơn", _("Đơn ghi sổ trong kỳ"), _received()),
    ("complaints_brought", "đơn", _("Đơn khiếu nại ghi sổ trong kỳ"), _received(*COMPLAINTS)),
    ("denunciations_brought", "đơn", _("Đơn tố cáo ghi sổ trong kỳ"), _received(*DENUNCIATIONS)),
    ("proposals_brought", "đơn", _("Đơn kiến nghị, phản ánh ghi sổ trong kỳ"),
     _received(*PROPOSALS)),
    ("sent_on", "đơn", _("Đơn chuyển cơ quan có thẩm quyền"), _transferred),
    ("settled", "đơn", _("Đơn đã có kết quả giải quyết trong kỳ"), _settled()),
    ("disputes_settled", "đơn", _("Khiếu nại, tố cáo đã có kết quả giải quyết"),
     _settled(*DISPUTES)),
    ("settled_in_limit", "đơn", _("Đơn giải quyết trong thời hạn"), _settled(asked=ON_TIME)),
    ("settled_late", "đơn", _("Đơn giải quyết quá thời hạn"), _settled(asked=LATE)),
    ("enforcements_due", "việc", _("Việc thi hành kết quả giải quyết đến hạn"), _enforced(1)),
    ("enforcements_done", "việc", _("Việc thi hành kết quả giải quyết đã xong"), _enforced(0)),
):  # fmt: skip
    offer(f"petitions.{_code}", about="unit", measure=_measure, label=_label)(
        _reader(_counter, _keeps_register, _of_register, _measure)
    )
