from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "danvan.accounts"
    verbose_name = _("Tài khoản")

    def ready(self) -> None:
        from danvan.accounts.doors import in_the_menu
        from danvan.accounts.personal import SOURCE
        from danvan.kernel import links, personal

        personal.provide("accounts", SOURCE)
        links.provide("ui.person", "accounts", in_the_menu)
