"""Mail that is retried until it has gone out, and goes out once.

A letter is a row written with what caused it. A worker claims one (state "sending", its own
transaction), hands it to the mail server, and says so. What fails waits longer each time. A
worker that dies in between leaves "sending": whether the server took it cannot be known, so
after CLAIM it becomes "unknown" and a person decides, rather than somebody being told twice.

Whoever posts letters of a topic may say with ``recheck`` what is still true when they go out:
what was settled while a letter waited is not written to anybody.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.db.models import Q
from django.utils.html import linebreaks, urlize

from danvan.kernel import clock
from danvan.kernel.models import Mail

log = logging.getLogger(__name__)

# How long a worker may hold a letter before it counts as dead.
CLAIM = dt.timedelta(minutes=15)
# Waiting times after each failure; after the last the letter has failed.
BACKOFF = [dt.timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 720, 1440)]


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be posted. ``key`` ("topic-number") names it, so that it is posted once."""

    key: str
    to: str
    subject: str
    text: str


Words = tuple[str, str]
_checks: dict[str, Callable[[Mail], Words | None]] = {}


def recheck(topic: str, words_now: Callable[[Mail], Words | None]) -> None:
    """Asked before each attempt for letters keyed "topic-…": subject and text as they are true
    now, or None when there is nothing left to say. Registered in ``AppConfig.ready()``."""
    _checks[topic] = words_now


def post_all(letters: Iterable[Letter]) -> None:
    """Puts many letters in the outbox at once; those posted before, or to nobody, are left."""
    if not settings.MAIL_ENABLED:
        return
    now = clock.now()
    Mail.objects.bulk_create(
        (
            Mail(key=one.key, to=one.to, subject=one.subject[:250], text=one.text, made_at=now,
                 not_before=now)
            for one in letters
            if one.to
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def post(key: str, to: str, subject: str, text: str) -> Mail | None:
    """Puts a letter in the outbox; None where mail is off or the letter was posted before."""
    if not settings.MAIL_ENABLED or not to:
        return None
    now = clock.now()
    letter, new = Mail.objects.get_or_create(
        key=key,
        defaults={"to": to, "subject": subject[:250], "text": text, "made_at": now,
                  "not_before": now},
    )  # fmt: skip
    return letter if new else None


def deliver(limit: int = 500) -> int:
    """Sends what waits and is due; returns how many went out."""
    give_up_on_the_dead()
    sent = 0
    for _n in range(limit):
        letter = _claimed()
        if letter is None:
            break
        sent += _send(letter)
    return sent


def give_up_on_the_dead() -> int:
    """Letters a dead worker held become "unknown"; returns how many."""
    now, held = clock.now(), Mail.objects.filter(state=Mail.State.SENDING)
    # Claimed in the future: the clock was wrong then, and whoever held it is long gone.
    dead = held.filter(Q(claimed_at__lt=now - CLAIM) | Q(claimed_at__gt=now + CLAIM))
    return dead.update(state=Mail.State.UNKNOWN)


def send_again(letter: Mail) -> None:
    """A person has decided that a letter in trouble is to go out (once more)."""
    letter.state, letter.not_before, letter.attempts = Mail.State.WAITING, clock.now(), 0
    letter.save(update_fields=["state", "not_before", "attempts"])


def let_go(letter: Mail) -> None:
    """A person has decided that a letter in trouble need not go out."""
    letter.state = Mail.State.DROPPED
    letter.save(update_fields=["state"])


def html_of(text: str) -> str:
    """The same words for readers that show HTML: paragraphs and links, nothing else."""
    body = linebreaks(urlize(text, autoescape=True))
    return f'<!doctype html><html lang="vi"><meta charset="utf-8"><body>{body}</body></html>'


def message_id(letter: Mail) -> str:
    """The same for every attempt, so that a server or reader may drop a second copy."""
    digest = hashlib.sha256(letter.key.encode()).hexdigest()[:32]
    return f"<{digest}.{letter.pk}@danvan>"


def _claimed() -> Mail | None:
    """One due letter, now this worker's alone."""
    with transaction.atomic():
        now = clock.now()
        # No wait is longer than the last of BACKOFF: one that is was made by a wrong clock.
        due = Q(not_before__lte=now) | Q(not_before__gt=now + BACKOFF[-1])
        waiting = Mail.objects.filter(due, state=Mail.State.WAITING)
        skip = connection.features.has_select_for_update_skip_locked
        letter = waiting.order_by("id").select_for_update(skip_locked=skip).first()
        if letter is not None:
            letter.state, letter.claimed_at = Mail.State.SENDING, now
            letter.attempts += 1
            letter.save(update_fields=["state", "claimed_at", "attempts"])
        return letter


def _send(letter: Mail) -> bool:
    try:
        words = _words_now(letter)
        if words is None:
            let_go(letter)
            return False
        _message(letter, *words).send()
    except Exception as error:
        log.warning("mail %s was not sent: %s", letter.pk, error)
        _later(letter, repr(error))
        return False
    letter.state, letter.sent_at, letter.last_error = Mail.State.SENT, clock.now(), ""
    letter.subject, letter.text = words
    letter.save(update_fields=["state", "sent_at", "last_error", "subject", "text"])
    return True


def _words_now(letter: Mail) -> Words | None:
    check = _checks.get(letter.key.partition("-")[0])
    return check(letter) if check else (letter.subject, letter.text)


def _message(letter: Mail, subject: str, text: str) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject, text, settings.DEFAULT_FROM_EMAIL, [letter.to],
        headers={"Message-ID": message_id(letter), "Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    message.attach_alternative(html_of(text), "text/html")
    return message


def _later(letter: Mail, error: str) -> None:
    letter.last_error = error[:2000]
    if letter.attempts > len(BACKOFF):
        letter.state = Mail.State.FAILED
    else:
        letter.state = Mail.State.WAITING
        letter.not_before = clock.now() + BACKOFF[letter.attempts - 1]
    letter.save(update_fields=["state", "not_before", "last_error"])
