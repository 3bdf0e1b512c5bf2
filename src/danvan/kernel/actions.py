"""A verb is one function: ``@action`` gives it permission, lock, history and events.

The decorator asks the predicate, opens the transaction, locks the aggregate, asks again,
runs the verb, writes its history in the same transaction and lets events out after commit.
A verb that recorded nothing fails: what is not in the history did not happen.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from danvan.kernel import audit, statements
from danvan.kernel.access import Actor, Predicate, Refused


@dataclass(frozen=True, slots=True)
class Action:
    """What the registry knows of a verb: for history, the docs and the promise tests."""

    code: str
    says: str
    may: Predicate
    verb: Callable[..., Any]


@dataclass(slots=True)
class _Run:
    action: str
    by: Actor
    notes: list[audit.Note] = field(default_factory=list)


REGISTRY: dict[str, Action] = {}
_running: ContextVar[_Run | None] = ContextVar("running_action", default=None)


class NothingRecorded(RuntimeError):
    """A verb ended without telling the history what it did."""


def action(code: str, *, may: Predicate, says: Any) -> Callable[..., Any]:
    """Makes ``verb(subject, …, *, by)`` an action.

    ``subject`` is a saved record: it is locked and re-read before the verb runs.
    Raises Refused with the predicate's decision; the refusal itself is logged.
    """

    def wrap(verb: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(verb)
        def run(subject: models.Model, *args: Any, by: Actor, **kwargs: Any) -> Any:
            try:
                with transaction.atomic():
                    statements.lock(subject)
                    decision = may(by, subject)
                    if not decision:
                        raise Refused(decision)
                    return _recorded(verb, code, str(says), subject, args, by, kwargs)
            except Refused as refused:
                refused.action = refused.action or code
                # Inside another verb the note would be rolled back with it: the outermost logs.
                if _running.get() is None:
                    audit.note_refusal(refused.action, by, subject, refused.decision.reason)
                raise

        REGISTRY[code] = Action(code, says, may, run)
        run.action = REGISTRY[code]  # type: ignore[attr-defined]
        return run

    return wrap


def record(
    subject: models.Model,
    *,
    concerns: int | None = None,
    reason: str = "",
    named: Any = "",  # Any: facts may come as a mapping
    **facts: Any,
) -> None:
    """Called inside a verb: what was done to ``subject``, readable by the scope it concerns.

    ``facts`` are plain values; a change is told as ``field=[before, after]``. ``named``: what
    the subject is called, where that was asked before the lock; else it is asked now.
    """
    running = _running.get()
    if running is None:
        raise RuntimeError("record() is for the inside of an action")
    running.notes.append(audit.Note(subject, concerns, reason, facts, named))


def _recorded(
    verb: Callable[..., Any],
    code: str,
    says: str,
    subject: models.Model,
    args: tuple[Any, ...],
    by: Actor,
    kwargs: dict[str, Any],
) -> Any:
    run = _Run(code, by)
    token = _running.set(run)
    try:
        result = verb(subject, *args, by=by, **kwargs)
    finally:
        _running.reset(token)
    if not run.notes:
        raise NothingRecorded(code)
    # Last, so that the chain's head is held as short as possible.
    audit.append(code, says, by, run.notes)
    return result
