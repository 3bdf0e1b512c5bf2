from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PetitionsConfig(AppConfig):
    name = "danvan.petitions"
    verbose_name = _("Đơn thư")

    def ready(self) -> None:
        from django.db.models import signals

        from danvan.kernel import addresses, personal
        from danvan.kernel import duties as desk
        from danvan.petitions import council_facts as _council  # noqa: F401 (registers by import)
        from danvan.petitions import duties, indexing, reception_duties, tables
        from danvan.petitions import facts as _facts  # noqa: F401
        from danvan.petitions import reception_facts as _reception  # noqa: F401
        from danvan.petitions.personal import SOURCE
        from danvan.petitions.queries import bodies_of
        from danvan.ui import navigation

        # Not a signal of a model: the word that ``migrate`` is done.
        signals.post_migrate.connect(indexing.after_migrate, sender=self)
        desk.provide("petitions", duties.duties_of)
        desk.provide("petitions.reception", reception_duties.of_reception)
        tables.offer()
        addresses.opens("petitions:list", bodies_of)
        personal.provide("petitions", SOURCE)
        navigation.add(
            "petitions",
            _("Đơn thư"),
            "petitions:board",
            "inbox-stack",
            50,
            may=bodies_of,
            group=navigation.CITIZENS,
        )
        navigation.add(
            "reception",
            _("Tiếp công dân"),
            "reception:home",
            "chat-bubble-left-right",
            51,
            group=navigation.CITIZENS,
        )
