"""Results sent as a table: one row per index, year and unit; the year's edition comes with it.

Only new results are taken in: one that differs from what is kept is a correction, an act of
its own with a reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.indices import queries, rules
from danvan.indices.actions.editions import shipped
from danvan.indices.actions.results import Figures
from danvan.indices.models import Edition, Index, Result
from danvan.kernel.access import ALLOWED, Actor, Decision, refuse
from danvan.kernel.actions import record
from danvan.kernel.imports import Column, Row, Table, Touches, Verdict, cells, register
from danvan.organisations.finding import UnitFinder

# Codes and short names people know the indices by.
NAMES = {word: row["code"] for row in shipped() for word in (row["short_name"], row["code"])}
Key = tuple[str, int, int]


def _may(actor: Actor) -> Decision:
    if actor.scopes(*rules.KEEPING):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình hoặc văn phòng mới nhập chỉ số."))


def judge(rows: Sequence[Row], actor: Actor) -> list[Verdict]:
    """Five queries for all rows. The first row of a new edition must name its source."""
    finder, body = UnitFinder(), min(actor.scopes(*rules.KEEPING))
    kept = {
        (r.edition.code, r.edition.year, r.unit_id): r
        for r in Result.objects.filter(edition__body=body).select_related("edition")
    }
    opened = set(Edition.objects.filter(body=body).values_list("code", "year"))
    defined = set(Index.objects.values_list("code", flat=True))
    seen: dict[Key, int] = {}
    return [_judged(row, finder, kept, opened, defined, seen) for row in rows]


def _judged(
    row: Row,
    finder: UnitFinder,
    kept: dict[Key, Result],
    opened: set[tuple[str, int]],
    defined: set[str],
    seen: dict[Key, int],
) -> Verdict:
    code, year = row["code"], row["year"]
    if code not in defined:
        return Verdict.error("code", _("chưa đưa bộ chỉ số này vào dùng (trang Chỉ số)"))
    if not 1990 <= year <= 2200:
        return Verdict.error("year", _("năm %d nằm ngoài khoảng 1990–2200") % year)
    try:
        unit = finder.find(row["unit"], dt.date(year, 12, 31))
    except ValueError as why:
        return Verdict.error("unit", why)
    if wrong := _places(row) or _figures(row).wrong():
        return Verdict.error("rank" if _("Hạng") in wrong else "value", wrong)
    if (code, year) not in opened and not row["source"]:
        return Verdict.error("source", _("kỳ này chưa có: ghi nguồn đã công bố"))
    opened.add((code, year))
    if (before := seen.setdefault((code, year, unit), row.number)) != row.number:
        return Verdict.error("unit", _("trùng với dòng %d") % before)
    if (known := kept.get((code, year, unit))) is None:
        return Verdict.new(f"{finder.names[unit]}, {row['code']} {year}")
    given = Result(edition=known.edition, unit_id=unit, **asdict(_figures(row)))
    if given.figures() == known.figures():
        return Verdict.same()
    return Verdict.error("value", _("đã có kết quả khác; muốn sửa thì đính chính ở trang của nó"))


def _places(row: Row) -> str:
    """Three decimals at most: what the database keeps."""
    for name in ("value", "maximum"):
        if row[name] is not None and row[name] != round(row[name], 3):
            return _("Điểm ghi tối đa 3 chữ số sau dấu phẩy.")
    return ""


def _figures(row: Row) -> Figures:
    return Figures(
        row["value"], row["maximum"], row["rank"], row["ranked"], row["band"] or "",
        row["note"] or "",
    )  # fmt: skip


def write(rows: Sequence[Row], touches: Touches, by: Actor) -> None:
    """Opens the editions that are missing, then every result in bulk."""
    finder, body = UnitFinder(), min(by.scopes(*rules.KEEPING))
    editions = {(e.code, e.year): e for e in Edition.objects.filter(body=body)}
    fresh = {}
    for row in rows:
        key = (row["code"], row["year"])
        if key not in editions and key not in fresh:
            fresh[key] = _edition(row, body)
    made: list[Any] = list(touches.create(list(fresh.values())))
    editions |= {(e.code, e.year): e for e in made}
    results = [
        Result(
            edition=editions[row["code"], row["year"]],
            unit_id=finder.find(row["unit"], dt.date(row["year"], 12, 31)),
            **asdict(_figures(row)),
        )
        for row in rows
    ]
    told: list[Any] = list(touches.create(results))
    for result in told:
        record(result, concerns=result.unit_id, **result.figures())


def _edition(row: Row, body: int) -> Edition:
    day = row["published_on"] or dt.date(row["year"], 12, 31)
    return Edition(
        index=queries.index_on(row["code"], day), code=row["code"], body_id=body,
        year=row["year"], published_on=row["published_on"], source=row["source"],
        illustrative=bool(row["illustrative"]),
    )  # fmt: skip


RESULTS = Table(
    code="indices.results",
    label=gettext_lazy("Kết quả chỉ số theo năm"),
    about=gettext_lazy(
        "Mỗi dòng là kết quả một năm của một đơn vị. Ghi đúng số đã công bố; kỳ chưa có được mở "
        "theo nguồn ghi ở dòng đầu tiên. Kết quả đã có mà khác thì đính chính tại trang kết quả."
    ),
    columns=(
        Column(
            "code", gettext_lazy("Chỉ số"), required=True, example="Chỉ số CCHC",
            parse=cells.choice(NAMES),
        ),
        Column("year", gettext_lazy("Năm"), required=True, example="2023", parse=cells.whole),
        Column("unit", gettext_lazy("Đơn vị"), required=True, example="UBND Phường 1"),
        Column("value", gettext_lazy("Điểm"), required=True, example="69,25", parse=cells.number),
        Column(
            "maximum", gettext_lazy("Điểm tối đa"), required=True, example="71,5",
            parse=cells.number,
        ),
        Column("rank", gettext_lazy("Hạng"), example="3", parse=cells.whole),
        Column("ranked", gettext_lazy("Trên tổng số"), example="9", parse=cells.whole),
        Column("band", gettext_lazy("Xếp loại"), example="Tốt", parse=cells.text_of(60)),
        Column("note", gettext_lazy("Ghi chú"), parse=cells.text_of(300)),
        Column(
            "source", gettext_lazy("Nguồn"), example="Quyết định công bố của UBND",
            parse=cells.text_of(300),
        ),
        Column(
            "published_on", gettext_lazy("Ngày công bố"), example="25/12/2023", parse=cells.day
        ),
        Column(
            "illustrative", gettext_lazy("Số liệu trình diễn"), example="Không",
            parse=cells.yes_no,
        ),
    ),
    may=_may,
    judge=judge,
    write=write,
)  # fmt: skip


def offer() -> None:
    """Puts the table on the pages of imports."""
    register(RESULTS)
