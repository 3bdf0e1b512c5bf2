from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "danvan.organisations"
    verbose_name = _("Tổ chức")

    def ready(self) -> None:
        from danvan.kernel import duties, imports, links, personal
        from danvan.organisations import facts, introduction  # noqa: F401
        from danvan.organisations.doors import about_oneself, for_the_administrator
        from danvan.organisations.duties import delegated, erasures, naming
        from danvan.organisations.importing import people, units
        from danvan.organisations.personal import SOURCE
        from danvan.ui import navigation

        for table in (units.TABLE, people.TABLE):
            imports.register(table)
        duties.provide("organisations.naming", naming)
        duties.provide("organisations.erasures", erasures)
        personal.provide("organisations", SOURCE)
        links.provide("ui.person", "organisations", about_oneself)
        links.provide("organisations.index", "organisations", for_the_administrator)
        duties.provide("organisations.delegations", delegated)
        navigation.add(
            "organisations",
            _("Tổ chức"),
            "organisations:index",
            "building-office-2",
            70,
            group=navigation.OFFICE,
        )
        navigation.introduce(introduction.introduce)
