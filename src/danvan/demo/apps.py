from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "danvan.demo"
    verbose_name = _("Trình diễn")

    def ready(self) -> None:
        if settings.DEMONSTRATION:
            from danvan.accounts import demonstration
            from danvan.demo.sign_ins import all_sign_ins

            demonstration.offer(all_sign_ins())
