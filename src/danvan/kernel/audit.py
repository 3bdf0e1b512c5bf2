"""History: append-only, hash-chained, written in the transaction of the change it tells.

Each line's hash covers its own content and the hash of the line before, so that a line
that is altered, taken out or slipped in breaks the chain from there on; the head row
shows lines cut off at the end. ``python -m danvan verify_history`` walks the chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from danvan.kernel import clock, statements
from danvan.kernel.access import Actor
from danvan.kernel.models import ChainHead, Entry, Refusal, Viewing


@dataclass(frozen=True, slots=True)
class Note:
    """What a verb says it did to one record."""

    subject: models.Model
    concerns: int | None
    reason: str
    facts: dict[str, Any] = field(default_factory=dict)
    named: str = ""


def append(action: str, says: str, actor: Actor, notes: Sequence[Note]) -> None:
    """Adds one line per note. Holds the chain's head until the transaction ends."""
    lines = [_told(action, says, actor, note) for note in notes]
    with connection.cursor() as cursor:
        if len(lines) > 1 or connection.vendor != "postgresql" or not _linked(cursor, lines[0]):
            _link_in_turn(cursor, lines)


# What a line tells, in the order its hash takes it: facts last.
_TOLD = (
    "at", "actor_id", "actor_name", "action", "says", "subject_type", "subject_id",
    "subject_name", "concerns", "reason", "facts",
)  # fmt: skip
type _Told = list[Any]


def _told(action: str, says: str, actor: Actor, note: Note) -> _Told:
    """What a line will tell. Its facts as JSON: what is hashed is what will be read back."""
    return [
        clock.now(),
        actor.id,
        actor.name_for(note.concerns)[:200],
        action,
        says,
        note.subject._meta.label_lower,
        str(note.subject.pk),
        (note.named or str(note.subject))[:300],
        note.concerns,
        note.reason,
        json.dumps(note.facts, cls=DjangoJSONEncoder, ensure_ascii=False),
    ]


def _link_in_turn(cursor: Any, lines: Sequence[_Told]) -> None:
    """Asks the head, adds the lines, moves the head."""
    (seq, end), rows = _head(cursor), []
    for at, *told, facts in lines:
        seq, previous = seq + 1, end
        end = _hash(seq, _between([at, *told, json.loads(facts)]), previous)
        stored = connection.ops.adapt_datetimefield_value(at)
        rows.append([seq, stored, *told, facts, previous, end])
    cursor.executemany(_ADD, rows)
    cursor.execute("UPDATE kernel_chainhead SET seq = %s, hash = %s WHERE id = 1", [seq, end])


def _head(cursor: Any) -> tuple[int, str]:
    """Number and hash of the last line; nobody else adds one until the transaction ends."""
    cursor.execute(f"SELECT seq, hash FROM kernel_chainhead WHERE id = 1{statements.locking()}")
    if found := cursor.fetchone():
        return found  # type: ignore[no-any-return]
    # Two first lines at once: one makes the row, the other waits for it.
    head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1)
    return head.seq, head.hash


_ADD = (
    f"INSERT INTO kernel_entry (seq, {', '.join(_TOLD)}, previous_hash, hash) "
    f"VALUES ({', '.join(['%s'] * (len(_TOLD) + 3))})"
)


def _linked(cursor: Any, line: _Told) -> bool:
    """One line added and linked in one statement; False where the chain has no head yet.

    Everybody who changes anything waits for whoever holds the head: PostgreSQL's server works
    out the hash itself, so that nobody holds it while question and answer travel.
    """
    cursor.execute(_LINK, [_between([*line[:-1], json.loads(line[-1])]), *line])
    return bool(cursor.rowcount)


_LINK = f"""
WITH head AS (SELECT seq, hash FROM kernel_chainhead WHERE id = 1 FOR UPDATE),
line AS (
  SELECT seq + 1 AS seq, hash AS previous_hash, encode(sha256(convert_to(
    '[' || (seq + 1) || CAST(%s AS text) || hash || '"]', 'UTF8')), 'hex') AS hash
  FROM head
),
added AS (
  INSERT INTO kernel_entry (seq, {", ".join(_TOLD)}, previous_hash, hash)
  SELECT seq, CAST(%s AS timestamptz), CAST(%s AS bigint), %s, %s, %s, %s, %s, %s,
    CAST(%s AS bigint), %s, CAST(%s AS jsonb), previous_hash, hash
  FROM line
)
UPDATE kernel_chainhead SET seq = line.seq, hash = line.hash FROM line WHERE id = 1
"""


def digest(line: Entry) -> str:
    """SHA-256 (hex) of a line's content and the previous line's hash."""
    return _hash(line.seq, _between([getattr(line, name) for name in _TOLD]), line.previous_hash)


def _hash(seq: int, between: str, previous: str) -> str:
    return hashlib.sha256(f'[{seq}{between}{previous}"]'.encode()).hexdigest()


def _between(told: _Told) -> str:
    """A line as JSON, without its number at the beginning and the previous hash at the end."""
    at, *rest = told
    content = [at.timestamp(), *rest]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f',{text[1:-1]},"'


def breaks() -> Iterator[str]:
    """Every place where the chain does not hold, as a sentence; nothing when it is whole."""
    seq, previous = 0, ""
    for line in Entry.objects.order_by("seq").iterator(chunk_size=2000):
        seq += 1
        if line.seq != seq:
            yield f"Thiếu dòng {seq} (dòng kế tiếp là {line.seq})."
            seq = line.seq
        if line.previous_hash != previous:
            yield f"Dòng {line.seq} không nối với dòng trước."
        if digest(line) != line.hash:
            yield f"Dòng {line.seq} đã bị sửa nội dung."
        previous = line.hash
    head = ChainHead.objects.filter(pk=1).first()
    if (head.seq, head.hash) != (seq, previous) if head else seq != 0:
        yield f"Cuối chuỗi không khớp: có {seq} dòng, đầu chuỗi ghi {head.seq if head else 0}."


def of(subject: models.Model) -> models.QuerySet[Entry]:
    """The history of one record, newest first."""
    return Entry.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))


def note_refusal(action: str, actor: Actor, subject: models.Model, reason: str) -> None:
    """Keeps that a verb was refused."""
    Refusal.objects.create(
        at=clock.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        reason=reason,
    )


def note_viewings(
    subjects: Iterable[tuple[models.Model, int | None]], actor: Actor, how: str
) -> None:
    """Keeps that records of limited access were read: (record, scope it concerns); one query."""
    at = clock.now()
    Viewing.objects.bulk_create(
        Viewing(
            at=at,
            actor_id=actor.id,
            actor_name=actor.name,
            how=how,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            concerns=concerns,
        )
        for subject, concerns in subjects
    )


def viewings_of(subject: models.Model) -> models.QuerySet[Viewing]:
    """Who read a record of limited access, newest first."""
    return Viewing.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
    )
