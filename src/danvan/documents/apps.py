from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "danvan.documents"
    verbose_name = _("Văn bản")

    def ready(self) -> None:
        from danvan.ui import navigation

        navigation.add("documents", _("Văn bản"), "documents:index", "document-text", 60)
