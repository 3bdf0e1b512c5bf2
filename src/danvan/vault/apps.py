from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VaultConfig(AppConfig):
    name = "danvan.vault"
    verbose_name = _("Hồ sơ mật")

    def ready(self) -> None:
        from django.db.models import signals

        from danvan.kernel import duties as desk
        from danvan.kernel import personal
        from danvan.organisations import roles
        from danvan.ui import navigation
        from danvan.vault import duties, guards
        from danvan.vault.personal import SOURCE

        # Not a signal of a model: the word that ``migrate`` is done.
        signals.post_migrate.connect(guards.after_migrate, sender=self)
        desk.provide("vault.openings", duties.openings_to_see)
        personal.provide("vault", SOURCE)
        offices = (roles.HEAD, roles.INSPECTORATE, roles.ADMINISTRATION_OFFICE)
        navigation.add(
            "vault", _("Hồ sơ mật"), "vault:list", "lock-closed", 58, group=navigation.CITIZENS,
            may=lambda actor: bool(actor.scopes(*offices)),
        )  # fmt: skip
