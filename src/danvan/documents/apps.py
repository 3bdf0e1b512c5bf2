from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "danvan.documents"
    verbose_name = _("Văn bản")

    def ready(self) -> None:
        from django.db.models import signals

        from danvan.documents import duties, indexing
        from danvan.kernel import duties as desk
        from danvan.ui import navigation

        # Not a signal of a model: the word that ``migrate`` is done.
        signals.post_migrate.connect(indexing.after_migrate, sender=self)
        desk.provide("documents.reviews", duties.reviews)
        desk.provide("documents.dispatch", duties.to_acknowledge)
        navigation.add(
            "documents",
            _("Văn bản"),
            "documents:index",
            "document-text",
            60,
            group=navigation.OFFICE,
        )
