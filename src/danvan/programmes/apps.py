from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "danvan.programmes"
    verbose_name = _("Chương trình")

    def ready(self) -> None:
        from django.core import checks

        from danvan.kernel import duties, personal
        from danvan.programmes.binding import check_codes, check_targets
        from danvan.programmes.duties import reviews
        from danvan.programmes.personal import SOURCE
        from danvan.ui import navigation

        checks.register(check_codes, "programmes")
        checks.register(check_targets, checks.Tags.database)
        duties.provide("programmes.reviews", reviews)
        personal.provide("programmes", SOURCE)
        navigation.add(
            "programmes",
            _("Kế hoạch"),
            "programmes:index",
            "book-open",
            20,
            group=navigation.PROGRAMME,
        )
