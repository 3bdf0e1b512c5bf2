"""What the product keeps of a person: each context tells, one page shows, erasure asks each.

    from danvan.kernel import personal

    personal.provide("study", personal.Source(kept=kept, erase=erase))   # in AppConfig.ready()

    def kept(of: Subject) -> Iterator[Kept]: …      # one Kept per purpose; nothing kept: none
    def erase(of: Subject) -> Iterator[str]: …      # acts, and says in a sentence what it did

Work somebody did for his office is told by ``work``, what is the same for everybody by ``said``.

``erase`` runs inside one verb, in one transaction with the others, after a person with the
right has decided; it must leave what the law keeps (files of work, history) and say so.
Nobody is asked about people he does not know: ``Subject`` carries both ids.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CONFIDENCE = {
    "A": gettext_lazy("A: đã đọc văn bản chính thức"),
    "B": gettext_lazy("B: đọc ở bản không chính thức"),
    "C": gettext_lazy("C: chưa đối chiếu với văn bản"),
}
# How long files of work are kept, where no ``Shelf`` is known: titles only, so no number of years.
RETENTION = gettext_lazy(
    "Cùng hồ sơ công việc, theo thời hạn bảo quản của Luật Lưu trữ (Luật 33/2024/QH15 từ "
    "01/7/2025, trước đó Luật 01/2011/QH13) và Thông tư 10/2022/TT-BNV; số năm của từng loại hồ "
    "sơ chưa đối chiếu."
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose data. ``person`` is the id in organisations, ``account`` that of the sign-in."""

    person: int | None
    account: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of data kept for one purpose, in words for the person, and its rows.

    ``basis``: why the office may keep it; ``until``: how long; ``erasure``: what an erasure
    does to it. ``stays`` marks what erasure leaves. Rows are plain values (the export).
    ``confidence``: how sure basis and time are in law (CONFIDENCE), empty where nobody said.
    ``stated``: shown without rows too, the same for everybody: that something is *not* listed.
    """

    what: Any
    purpose: Any
    basis: Any
    until: Any
    erasure: Any
    rows: tuple[dict[str, Any], ...]
    stays: bool = False
    confidence: str = ""
    stated: bool = False

    @property
    def sure(self) -> str:
        """The confidence in words."""
        return str(CONFIDENCE.get(self.confidence, ""))


@dataclass(frozen=True, slots=True)
class Shelf:
    """How long a kind of file is kept: ``years`` from the year its work ended, None for good.

    ``rule``: the document that says so; ``confidence`` as in CONFIDENCE.
    """

    years: int | None
    rule: str
    confidence: str

    def until(self, rows: Iterable[dict[str, Any]]) -> str:
        """In words; with the year where the rows tell when the person last worked on it. The
        file may have ended later, so the year is the least."""
        if self.years is None:
            return _("Vĩnh viễn, theo %s.") % self.rule
        told = _("%(years)d năm từ năm công việc kết thúc, theo %(rule)s.") % {
            "years": self.years, "rule": self.rule,
        }  # fmt: skip
        last = max((str(row.get("đến") or row.get("lúc") or "") for row in rows), default="")
        if not last:
            return told
        return told + " " + _("Ít nhất đến hết năm %d.") % (int(last[:4]) + self.years)


OF_THE_FILE = gettext_lazy("Giữ lại: là phần của hồ sơ công việc.")


def work(
    what: Any,
    purpose: Any,
    basis: Any,
    rows: Iterable[dict[str, Any]],
    *,
    erasure: Any = OF_THE_FILE,
    shelf: Shelf | None = None,
) -> Kept:
    """What somebody did for his office: files of work, which an erasure leaves."""
    told = tuple(rows)
    until = shelf.until(told) if shelf else RETENTION
    sure = shelf.confidence if shelf else "C"
    return Kept(what, purpose, basis, until, erasure, told, stays=True, confidence=sure)


def said(what: Any, purpose: Any, basis: Any, *, erasure: Any, until: Any = RETENTION) -> Kept:
    """What is told to everybody in the same words: it says nothing about who reads it."""
    return Kept(
        what, purpose, basis, until, erasure, (), stays=True, confidence="C", stated=True
    )  # fmt: skip


def _nothing(_of: Subject) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Source:
    """What a context does when asked. Without ``erase`` everything it keeps stays."""

    kept: Callable[[Subject], Iterable[Kept]]
    erase: Callable[[Subject], Iterable[str]] = _nothing


_sources: dict[str, Source] = {}


def provide(context: str, source: Source) -> None:
    """Registers what a context keeps; the same name replaces."""
    _sources[context] = source


def kept(of: Subject) -> list[Kept]:
    """Everything kept of one person, context by context; empty kinds left out."""
    return [
        one for source in _sources.values() for one in source.kept(of) if one.rows or one.stated
    ]


def export(of: Subject) -> dict[str, Any]:
    """The same for a file: words and rows."""
    names = ("what", "purpose", "basis", "until", "erasure", "sure")
    return {
        "name": of.name,
        "kept": [
            {**{n: str(getattr(one, n)) for n in names}, "rows": list(one.rows)}
            for one in kept(of)
        ],
    }  # fmt: skip


def erase(of: Subject) -> list[str]:
    """Lets every context erase what it may; returns what was done, in sentences.

    Call it inside a verb only: it writes, and the verb's transaction holds it together.
    """
    return [told for source in _sources.values() for told in source.erase(of)]


def done(what: str, rows: QuerySet[Any], when: str, of: str) -> list[dict[str, Any]]:
    """Rows for ``Kept`` where somebody did the same many times: by ``of`` (a path of the
    model), how often, from when to when. One query however many rows."""
    found = rows.order_by().values(of).annotate(n=Count("pk"), first=Min(when), last=Max(when))
    return [
        {"việc": what, "nội dung": str(row[of]), "số lần": row["n"],
         "từ": plain(row["first"]), "đến": plain(row["last"])}
        for row in found.order_by("first")
    ]  # fmt: skip


# What was done, the model, who did it and when (its fields), and what it was done to (a path).
Told = tuple[str, type[Model], str, str, str]


def doings(who: int, *told: Told) -> list[dict[str, Any]]:
    """``done`` for each kind of act of one person: one query a kind."""
    return [
        row
        for what, model, by, when, of in told
        for row in done(what, model._default_manager.filter(**{by: who}), when, of)
    ]


def acts(what: str, rows: QuerySet[Any], when: str) -> list[dict[str, Any]]:
    """Rows for ``Kept``: things somebody did (what, of what, when), oldest first."""
    return [
        {"việc": what, "nội dung": str(row), "lúc": plain(getattr(row, when))}
        for row in rows.order_by(when)
    ]


def plain(value: Any) -> Any:
    """A value as JSON and people read it: days and moments as ISO text."""
    return value.isoformat() if isinstance(value, dt.date) else value
