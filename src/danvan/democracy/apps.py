from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemocracyConfig(AppConfig):
    name = "danvan.democracy"
    verbose_name = _("Dân chủ cơ sở")

    def ready(self) -> None:
        from danvan.democracy import duties_telling
        from danvan.democracy import facts_telling as _telling  # noqa: F401 (registers by import)
        from danvan.democracy.personal import SOURCE
        from danvan.kernel import duties, personal
        from danvan.ui import navigation

        duties.provide("democracy.disclosure", duties_telling.disclosure_duties)
        duties.provide("democracy.consultation", duties_telling.consultation_duties)
        duties.provide("democracy.ballots", duties_telling.ballot_duties)

        # Disclosure, consultation, ballots register above; dialogue and the rest below.
        from danvan.democracy import duties_asking
        from danvan.democracy import facts_asking as _asking  # noqa: F401 (registers by import)

        duties.provide("democracy.asking", duties_asking.asking_duties)
        personal.provide("democracy", SOURCE)

        navigation.add(
            "democracy",
            _("Dân chủ cơ sở"),
            "democracy:home",
            "user-group",
            52,
            group=navigation.CITIZENS,
        )
