"""Score sheets of a round as files in a folder: thousands, resumed where a killed run stopped.

A file is written under another name, brought to the disk and then renamed, so that a file that
stands there is whole. Its name carries the revision of the sheet: a sheet that changed since
gets another file, and the old one goes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from pathlib import Path

from django.db.models import QuerySet

from danvan.scoring import sheet_documents
from danvan.scoring.models import Round, Sheet

BATCH = 200  # sheets whose scores are read at once
UNFINISHED = ".part"


@dataclass(frozen=True, slots=True)
class Done:
    """How far a run is: files that stand, of how many; ``made``: written by this run."""

    standing: int
    of: int
    made: int


def write(round: Round, folder: Path) -> Iterator[Done]:
    """Writes what is missing of the round's sheets in ``folder``, telling how far it is."""
    wanted = {name_of(pk, at): pk for pk, at in _sheets(round).values_list("pk", "revision")}
    return fill(folder, wanted, lambda names: _files(round, [wanted[name] for name in names]))


def fill(
    folder: Path,
    wanted: Collection[str],
    make: Callable[[list[str]], Iterator[tuple[str, bytes]]],
) -> Iterator[Done]:
    """Brings ``folder`` to hold the files ``wanted``; ``make`` gives those of the names missing.

    Stopped at any point, called again it goes on with the next. Other people's files stay.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"phieu-*{UNFINISHED}"):
        left.unlink()
    stand = {path.name for path in folder.glob("phieu-*.docx")}
    for outdated in stand - set(wanted):
        (folder / outdated).unlink()
    missing = [name for name in wanted if name not in stand]
    before, made = len(wanted) - len(missing), 0
    yield Done(before, len(wanted), made)
    for name, data in make(missing):
        _keep(folder / name, data)
        made += 1
        yield Done(before + made, len(wanted), made)


def name_of(sheet: int, revision: int) -> str:
    return f"phieu-{sheet:06d}-ban-{revision}.docx"


def _files(round: Round, keys: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """Two queries for all, two more for every ``BATCH`` of sheets."""
    same = sheet_documents.common(round)
    for some in batched(keys, BATCH):
        held = sheet_documents.scores_of(some)
        for sheet in _sheets(round).filter(pk__in=some):
            data = sheet_documents.file_of(sheet, held.get(sheet.pk, {}), same)
            yield name_of(sheet.pk, sheet.revision), data


def _sheets(round: Round) -> QuerySet[Sheet]:
    return round.sheets.order_by("block", "pk")


def _keep(path: Path, data: bytes) -> None:
    """All of it or nothing, also when the power goes."""
    unfinished = path.with_name(path.name + UNFINISHED)
    with unfinished.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    os.replace(unfinished, path)
