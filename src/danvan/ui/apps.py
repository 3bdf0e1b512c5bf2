from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "danvan.ui"
    verbose_name = _("Giao diện")

    def ready(self) -> None:
        from danvan.ui import navigation

        checks.register(navigation.check)
