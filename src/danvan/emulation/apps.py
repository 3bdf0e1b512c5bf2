from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmulationConfig(AppConfig):
    name = "danvan.emulation"
    verbose_name = _("Dân vận khéo")

    def ready(self) -> None:
        from danvan.emulation import doors, duties, tables
        from danvan.emulation import facts as _facts  # noqa: F401 (registers by import)
        from danvan.emulation.personal import SOURCE
        from danvan.kernel import duties as kernel_duties
        from danvan.kernel import links, personal
        from danvan.ui import navigation

        tables.offer()
        kernel_duties.provide("emulation", duties.duties_of)
        personal.provide("emulation", SOURCE)
        links.provide("organisations.unit", "emulation", doors.on_a_unit)
        links.provide("programmes.plan", "emulation", doors.on_a_plan)
        navigation.add(
            "emulation",
            _("Dân vận khéo"),
            "emulation:list",
            "sparkles",
            47,
            group=navigation.PEOPLE,
        )
