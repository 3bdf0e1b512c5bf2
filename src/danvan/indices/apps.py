from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicesConfig(AppConfig):
    name = "danvan.indices"
    verbose_name = _("Chỉ số")

    def ready(self) -> None:
        from danvan.indices import facts as _facts  # noqa: F401 (registers by import)
        from danvan.indices import tables
        from danvan.ui import navigation

        tables.offer()

        navigation.add(
            "indices", _("Chỉ số"), "indices:list", "chart-bar", 44, group=navigation.PROGRAMME
        )
