from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChasingConfig(AppConfig):
    name = "danvan.chasing"
    verbose_name = _("Đôn đốc")

    def ready(self) -> None:
        from danvan.chasing import facts as _facts  # noqa: F401 (registers by import)
        from danvan.chasing.actions.telling import words_now
        from danvan.chasing.doors import on_the_matrix
        from danvan.chasing.duties import duties_of
        from danvan.chasing.personal import SOURCE
        from danvan.kernel import duties, links, mail, personal
        from danvan.ui import navigation

        duties.provide("chasing", duties_of)
        personal.provide("chasing", SOURCE)
        mail.recheck("digest", words_now)
        links.provide("assignments.matrix", "chasing", on_the_matrix)
        navigation.add(
            "chasing", _("Nhắc việc"), "chasing:notices", "bell", 35, group=navigation.PROGRAMME
        )
