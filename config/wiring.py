"""Who hears of what: every event and its listeners, on one screen."""

from __future__ import annotations

from django.apps import AppConfig


class Wiring(AppConfig):
    """Subscribes the listeners when the project starts."""

    name = "config"
    label = "wiring"

    def ready(self) -> None:
        from danvan.assignments.actions.opening import open_for_programme
        from danvan.kernel import events
        from danvan.programmes.events import PlanPublished

        events.subscribe(PlanPublished, open_for_programme)
