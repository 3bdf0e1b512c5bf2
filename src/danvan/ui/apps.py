from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from danvan.kernel import links

_DOOR = links.Link("#ways", _("Việc của phần khác mở tại đây"), "bell")


class UiConfig(AppConfig):
    name = "danvan.ui"
    verbose_name = _("Giao diện")

    def ready(self) -> None:
        from danvan.ui import navigation

        checks.register(navigation.check)
        # So that the gallery shows what a door of a higher context looks like.
        links.provide("ui.gallery", "ui", lambda actor, subject: [_DOOR])
