"""What emulation tells the others, about a unit and about a programme.

The year is that of the period's end. Nothing registered is nought, not unknown: the register
is this one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.emulation import funnel
from danvan.emulation.models import Candidate, Exemplar, Honour, Level
from danvan.kernel import clock
from danvan.kernel.facts import Period, Reading, Readings, offer
from danvan.organisations.models import Unit
from danvan.programmes.models import Programme

LABELS = {
    "registered": gettext_lazy("Mô hình “Dân vận khéo” đã đăng ký"),
    "effective": gettext_lazy("Mô hình “Dân vận khéo” có hiệu quả"),
    "recognised": gettext_lazy("Mô hình “Dân vận khéo” được công nhận"),
    "awarded": gettext_lazy("Mô hình “Dân vận khéo” được khen thưởng"),
    "replicated": gettext_lazy("Mô hình “Dân vận khéo” được đơn vị khác áp dụng"),
}
EFFECTIVE, OWN, ABOVE = 1, 2, 3
LEVELS = {
    0: gettext_lazy("chưa có mô hình đạt hiệu quả"),
    EFFECTIVE: gettext_lazy("đã thực hiện, có sản phẩm"),
    OWN: gettext_lazy("đơn vị công nhận"),
    ABOVE: gettext_lazy("cấp trên công nhận"),
}
Said = Callable[[int], str]


def _models(count: int) -> str:
    return _("%d mô hình") % count


def _read(units: Sequence[int], period: Period, found: Mapping[int, int], said: Said) -> Readings:
    """The same reading for every unit, leading to its models of the year: one query."""
    keys = dict(Unit.objects.filter(pk__in=units).values_list("pk", "key"))
    basis, now = reverse("emulation:list"), clock.now()
    return {
        unit: Reading(
            Decimal(found.get(unit, 0)), now,
            f"{basis}?nam={period.end.year}&don_vi={keys.get(unit, '')}", said(found.get(unit, 0)),
        )
        for unit in units
    }  # fmt: skip


def _step(step: str) -> None:
    """The two facts of a step: about a unit and about a programme."""

    @offer(f"emulation.models_{step}", about="unit", measure="mô hình", label=LABELS[step])
    def of_units(units: Sequence[int], period: Period) -> Readings:
        held = Exemplar.objects.filter(unit__in=units, year=period.end.year)
        counts = {unit: n[step] for unit, n in funnel.counted(held, "unit").items()}
        return _read(units, period, counts, _models)

    @offer(f"emulation.programme_{step}", about="programme", measure="mô hình", label=LABELS[step])
    def of_programmes(programmes: Sequence[int], period: Period) -> Readings:
        return _about_programmes(programmes, period, step)


def _about_programmes(programmes: Sequence[int], period: Period, step: str) -> Readings:
    bodies = dict(Programme.objects.filter(pk__in=programmes).values_list("pk", "body"))
    year = period.end.year
    held = Exemplar.objects.filter(body__in=set(bodies.values()), year=year)
    counts = funnel.counted(held, "body")
    read: dict[int, Reading | None] = {}
    for programme in programmes:
        body = bodies.get(programme)
        count = counts.get(body, {}).get(step, 0)
        basis = f"{reverse('emulation:funnel')}?nam={year}&co_quan={body}"
        read[programme] = Reading(Decimal(count), clock.now(), basis, _models(count))
    return read


for _name in LABELS:
    _step(_name)


@offer(
    "emulation.form_complete", about="unit", measure="có/không",
    label=gettext_lazy("Phiếu đăng ký mô hình ghi đủ các mục"),
)  # fmt: skip
def form_complete(units: Sequence[int], period: Period) -> Readings:
    """1 with a registration: one that lacks an entry is not taken in."""
    held = Exemplar.objects.filter(unit__in=units, year=period.end.year)
    counts = {u: min(1, n["registered"]) for u, n in funnel.counted(held, "unit").items()}
    return _read(units, period, counts, lambda n: _("đủ mục") if n else _("chưa có phiếu"))


@offer(
    "emulation.best_level", about="unit", measure="mức",
    label=gettext_lazy("Mức công nhận cao nhất của mô hình (0–3)"),
)  # fmt: skip
def best_level(units: Sequence[int], period: Period) -> Readings:
    """3 recognised by a level above the unit, 2 by the unit, 1 effective, 0 none: two queries."""
    held = Exemplar.objects.filter(unit__in=units, year=period.end.year)
    best = {u: EFFECTIVE for u, n in funnel.counted(held, "unit").items() if n["effective"]}
    granted = Honour.objects.filter(exemplar__in=held.values("pk")).exclude(kind=Honour.Kind.SPREAD)
    for unit, level in granted.values_list("exemplar__unit", "level").distinct():
        best[unit] = max(best.get(unit, 0), OWN if level == Level.OWN else ABOVE)
    return _read(units, period, best, lambda n: str(LEVELS[n]))


@offer(
    "emulation.spread_by_province", about="unit", measure="mô hình",
    label=gettext_lazy("Mô hình được tỉnh, trung ương cho nhân rộng"),
)  # fmt: skip
def spread_by_province(units: Sequence[int], period: Period) -> Readings:
    return _read(units, period, _high(units, period, Honour.Kind.SPREAD), _models)


@offer(
    "emulation.awards_by_province", about="unit", measure="mô hình",
    label=gettext_lazy("Mô hình được khen thưởng cấp tỉnh trở lên"),
)  # fmt: skip
def awards_by_province(units: Sequence[int], period: Period) -> Readings:
    return _read(units, period, _high(units, period, Honour.Kind.AWARD), _models)


def _high(units: Sequence[int], period: Period, kind: str) -> dict[int, int]:
    """Unit → models of the year with such a decision of the province or the centre."""
    rows = Honour.objects.filter(
        exemplar__unit__in=units, exemplar__year=period.end.year, kind=kind,
        level__in=[Level.PROVINCE, Level.CENTRAL],
    )  # fmt: skip
    counted = rows.order_by().values("exemplar__unit").annotate(n=Count("exemplar", distinct=True))
    return {row["exemplar__unit"]: row["n"] for row in counted}


@offer(
    "emulation.commended", about="unit", measure="lượt",
    label=gettext_lazy("Tập thể, cá nhân của đơn vị được khen"),
)  # fmt: skip
def commended(units: Sequence[int], period: Period) -> Readings:
    rows = _commended(period).filter(unit__in=units).order_by().values("unit")
    counts = {row["unit"]: row["n"] for row in rows.annotate(n=Count("pk"))}
    return _read(units, period, counts, lambda n: _("%d tập thể, cá nhân được khen") % n)


@offer(
    "emulation.programme_commended", about="programme", measure="lượt",
    label=gettext_lazy("Tập thể, cá nhân được khen về dân vận"),
)  # fmt: skip
def commended_of_programme(programmes: Sequence[int], period: Period) -> Readings:
    bodies = dict(Programme.objects.filter(pk__in=programmes).values_list("pk", "body"))
    rows = _commended(period).order_by().values("commendation__body")
    people = Count("pk", filter=Q(person_name__gt=""))
    found = {r["commendation__body"]: r for r in rows.annotate(n=Count("pk"), people=people)}
    read: dict[int, Reading | None] = {}
    for programme in programmes:
        row = found.get(bodies.get(programme), {"n": 0, "people": 0})
        told = {"units": row["n"] - row["people"], "people": row["people"]}
        said = _("%(units)d tập thể, %(people)d cá nhân được khen") % told
        basis = reverse("emulation:commendations")
        read[programme] = Reading(Decimal(row["n"]), clock.now(), basis, said)
    return read


def _commended(period: Period):  # type: ignore[no-untyped-def]
    return Candidate.objects.filter(commended=True, commendation__year=period.end.year)
