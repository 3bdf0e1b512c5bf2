from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "danvan.reports"
    verbose_name = _("Báo cáo")

    def ready(self) -> None:
        from danvan.kernel import duties, personal
        from danvan.reports.duties import duties_of
        from danvan.reports.personal import SOURCE
        from danvan.ui import navigation

        duties.provide("reports", duties_of)
        personal.provide("reports", SOURCE)
        navigation.add(
            "reports",
            _("Báo cáo"),
            "reports:list",
            "document-chart-bar",
            45,
            group=navigation.PROGRAMME,
        )
