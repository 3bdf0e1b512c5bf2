"""What this context announces."""

from __future__ import annotations

from danvan.kernel.events import event


@event
class UnitsReorganised:
    """A reorganisation took effect; ``reorganisation`` is its id (see ``.heirs()``)."""

    reorganisation: int
