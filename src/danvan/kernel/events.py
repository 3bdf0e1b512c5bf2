"""Up by event: a context announces what happened, config/wiring.py says who is told.

An announcement is a row written in the transaction of the change (an outbox), delivered
after commit. A process killed in between leaves the row; the next delivery finds it.
A handler's own changes commit together with the mark "delivered", so it acts once.
"""

from __future__ import annotations

import dataclasses
import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import transaction

from danvan.kernel import clock
from danvan.kernel.models import Announcement

log = logging.getLogger(__name__)

_events: dict[str, type] = {}
_handlers: dict[str, list[Callable[[Any], None]]] = defaultdict(list)


def event(cls: type) -> type:
    """Class decorator: a frozen dataclass of JSON-able fields, named in the past tense."""
    made: type = dataclasses.dataclass(frozen=True)(cls)
    _events[cls.__name__] = made
    return made


def subscribe(cls: type, handler: Callable[[Any], None]) -> None:
    """Lets ``handler`` hear of ``cls``. Only config/wiring.py calls this."""
    if handler not in _handlers[cls.__name__]:
        _handlers[cls.__name__].append(handler)


def announce(happened: Any) -> None:
    """Writes the event beside the change; it goes out when the transaction has committed."""
    row = Announcement.objects.create(
        name=type(happened).__name__,
        payload=dataclasses.asdict(happened),
        announced_at=clock.now(),
    )
    transaction.on_commit(lambda: _deliver(row.pk))


def deliver_pending() -> int:
    """Delivers what a killed process left behind; returns how many went out."""
    waiting = Announcement.objects.filter(delivered_at__isnull=True).values_list("pk", flat=True)
    return sum(_deliver(pk) for pk in list(waiting))


def _deliver(pk: int) -> bool:
    try:
        with transaction.atomic():
            row = (
                Announcement.objects.select_for_update()
                .filter(pk=pk, delivered_at__isnull=True)
                .first()
            )
            if row is None:
                return False
            happened = _events[row.name](**row.payload)
            for handler in _handlers[row.name]:
                handler(happened)
            row.delivered_at = clock.now()
            row.save(update_fields=["delivered_at"])
            return True
    except Exception as error:
        # The change itself stands; the announcement stays in the outbox with its error.
        log.exception("announcement %s was not delivered", pk)
        row = Announcement.objects.get(pk=pk)
        row.attempts, row.last_error = row.attempts + 1, repr(error)[:2000]
        row.save(update_fields=["attempts", "last_error"])
        return False
