from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "danvan.portal"
    verbose_name = _("Trang công khai")

    def ready(self) -> None:
        from danvan.kernel import links
        from danvan.portal import doors
        from danvan.ui import navigation

        links.provide("democracy.survey", "portal", doors.survey)
        navigation.add(
            "portal",
            _("Trang công khai"),
            "portal:home",
            "globe-alt",
            59,
            group=navigation.CITIZENS,
        )
