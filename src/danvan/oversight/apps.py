from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    name = "danvan.oversight"
    verbose_name = _("Tổng quan")

    def ready(self) -> None:
        from danvan.kernel import links
        from danvan.oversight import rules
        from danvan.ui import navigation

        navigation.add(
            "oversight", _("Tổng quan"), "oversight:newest", "presentation-chart-line", 15,
            may=rules.may_oversee_any,
        )  # fmt: skip
        links.provide("programmes.plan", "oversight", _doors)


def _doors(actor: Any, programme: Any) -> Iterator[Any]:
    """On the plan's page, for whom the page is for."""
    from django.urls import reverse

    from danvan.kernel.links import Link
    from danvan.oversight import rules

    if rules.may_oversee(actor, programme):
        url = reverse("oversight:programme", args=[programme.pk])
        yield Link(url, _("Trang tổng quan"), "presentation-chart-line")
