from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "danvan.desk"
    verbose_name = _("Bàn làm việc")

    def ready(self) -> None:
        from danvan.ui import navigation

        navigation.add("desk", _("Bàn làm việc"), "desk:home", "home", 10)
        navigation.add(
            "history", _("Nhật ký"), "desk:history", "clock", 80, group=navigation.OFFICE
        )
        navigation.add(
            "calendar",
            _("Lịch làm việc"),
            "desk:calendar",
            "calendar-days",
            90,
            group=navigation.OFFICE,
        )
