"""Who hears of what: every event and its listeners, on one screen."""

from __future__ import annotations

from django.apps import AppConfig


class Wiring(AppConfig):
    """Subscribes the listeners when the project starts."""

    name = "config"
    label = "wiring"

    def ready(self) -> None:
        from danvan.assignments.actions import amending, succession
        from danvan.assignments.actions.opening import open_for_programme
        from danvan.documents.actions.reviews import open_after
        from danvan.kernel import events
        from danvan.organisations.events import UnitsReorganised
        from danvan.programmes.events import PlanAmended, PlanPublished

        events.subscribe(PlanPublished, open_for_programme)
        events.subscribe(PlanPublished, open_after)
        events.subscribe(PlanAmended, amending.apply)
        events.subscribe(UnitsReorganised, succession.pass_on)
