from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScoringConfig(AppConfig):
    name = "danvan.scoring"
    verbose_name = _("Chấm điểm")

    def ready(self) -> None:
        from danvan.kernel import duties, personal
        from danvan.scoring import duties_results
        from danvan.scoring import facts as _facts  # noqa: F401 (registers by import)
        from danvan.scoring import facts_results as _more  # noqa: F401
        from danvan.scoring.duties import duties_of
        from danvan.scoring.personal import SOURCE
        from danvan.ui import navigation

        personal.provide("scoring", SOURCE)
        duties.provide("scoring", duties_of)
        duties.provide("scoring.results", duties_results.duties_of)
        navigation.add(
            "scoring",
            _("Chấm điểm"),
            "scoring:rounds",
            "calculator",
            40,
            group=navigation.PROGRAMME,
        )
