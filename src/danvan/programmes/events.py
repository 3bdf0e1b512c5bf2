"""What this context announces."""

from __future__ import annotations

from danvan.kernel.events import event


@event
class PlanPublished:
    """A plan became a programme, with its tasks and targets. ``programme`` is its id."""

    programme: int


@event
class PlanAmended:
    """A published plan was changed by a document. Ids; the changes hang on the amendment."""

    programme: int
    amendment: int
