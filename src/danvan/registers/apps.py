from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    name = "danvan.registers"
    verbose_name = _("Sổ theo dõi")

    def ready(self) -> None:
        from danvan.kernel import duties, facts, imports, personal
        from danvan.registers import facts as figures
        from danvan.registers import tables
        from danvan.registers.duties import duties_of
        from danvan.registers.personal import SOURCE
        from danvan.ui import navigation

        facts.source(figures.PREFIX, figures.find)
        imports.source(tables.PREFIX, tables.find)
        duties.provide("registers", duties_of)
        personal.provide("registers", SOURCE)
        icon = "clipboard-document-list"
        navigation.add(
            "registers", _("Sổ theo dõi"), "registers:list", icon, 48, group=navigation.PEOPLE
        )
