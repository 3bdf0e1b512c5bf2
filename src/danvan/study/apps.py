from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudyConfig(AppConfig):
    name = "danvan.study"
    verbose_name = _("Học tập")

    def ready(self) -> None:
        from django.db.models import signals

        from danvan.kernel import duties as desk
        from danvan.kernel import personal
        from danvan.study import duties, guards, tables
        from danvan.study import facts as _facts  # noqa: F401 (registers by import)
        from danvan.study.personal import SOURCE
        from danvan.ui import navigation

        # Not a signal of a model: the word that ``migrate`` is done.
        signals.post_migrate.connect(guards.after_migrate, sender=self)
        desk.provide("study", duties.duties_of)
        tables.offer()
        personal.provide("study", SOURCE)
        navigation.add(
            "study", _("Học tập"), "study:list", "academic-cap", 46, group=navigation.PEOPLE
        )
