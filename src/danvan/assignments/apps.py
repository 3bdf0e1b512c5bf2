from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssignmentsConfig(AppConfig):
    name = "danvan.assignments"
    verbose_name = _("Nhiệm vụ")

    def ready(self) -> None:
        from danvan.assignments import facts as _facts  # noqa: F401 (registers by import)
        from danvan.assignments.duties import duties_of
        from danvan.assignments.personal import SOURCE
        from danvan.kernel import duties, personal
        from danvan.ui import navigation

        duties.provide("assignments", duties_of)
        personal.provide("assignments", SOURCE)
        navigation.add(
            "assignments",
            _("Nhiệm vụ"),
            "assignments:list",
            "clipboard-document-list",
            30,
            group=navigation.PROGRAMME,
        )
        navigation.add(
            "matrix",
            _("Ma trận"),
            "assignments:matrices",
            "table-cells",
            31,
            group=navigation.PROGRAMME,
        )
        navigation.add(
            "directives",
            _("Chỉ đạo, kết luận"),
            "assignments:directives",
            "megaphone",
            32,
            group=navigation.PROGRAMME,
        )
