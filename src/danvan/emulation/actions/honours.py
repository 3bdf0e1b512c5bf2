"""Entering that a model was recognised, awarded, or ordered to be spread."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danvan.documents.models import Document
from danvan.emulation import rules
from danvan.emulation.models import Exemplar, Honour, Level
from danvan.emulation.workflow import EXEMPLAR
from danvan.kernel import clock
from danvan.kernel.access import Actor, Refused, already, demand, refuse
from danvan.kernel.actions import action, record

MOVES = {Honour.Kind.RECOGNITION: "recognise", Honour.Kind.AWARD: "award"}


@action("emulation.honour.enter", may=rules.may_honour, says=gettext_lazy("ghi quyết định"))
def enter(
    exemplar: Exemplar,
    *,
    kind: str,
    level: str,
    cited: str,
    decided_on: dt.date,
    document: Document | None = None,
    title: str = "",
    by: Actor,
) -> Honour:
    """A decision with its document. Recognition moves the model on; an award needs one first."""
    if level != Level.OWN:
        demand(rules.may_honour_above(by, exemplar))
    if not cited.strip() or decided_on > clock.today():
        raise Refused(refuse(_("Ghi số, ký hiệu của quyết định và ngày (không ở tương lai).")))
    return keep(
        exemplar, kind=kind, level=level, cited=cited.strip(), decided_on=decided_on,
        document=document, title=title.strip(),
    )  # fmt: skip


def keep(
    exemplar: Exemplar,
    *,
    kind: str,
    level: str,
    cited: str,
    decided_on: dt.date,
    document: Document | None,
    title: str,
) -> Honour:
    """Inside a verb: the row, the model's next state, and the line of history."""
    recognised = exemplar.state in (Exemplar.State.RECOGNISED, Exemplar.State.AWARDED)
    if kind == Honour.Kind.AWARD and not recognised:
        raise Refused(refuse(_("Mô hình chưa được công nhận nên chưa ghi khen thưởng được.")))
    honour, made = Honour.objects.get_or_create(
        exemplar=exemplar, kind=kind, level=level, cited=cited,
        defaults={"decided_on": decided_on, "document": document, "title": title},
    )  # fmt: skip
    if not made:
        raise Refused(already(_("Quyết định này đã được ghi cho mô hình.")))
    move = MOVES.get(Honour.Kind(kind))
    if move and EXEMPLAR.allows(exemplar.state, move):
        exemplar.state = EXEMPLAR.target(move)
        exemplar.save(update_fields=["state"])
    record(
        exemplar, concerns=exemplar.unit_id, kind=honour.get_kind_display(), code=cited,
        level=honour.get_level_display(), day=decided_on,
    )  # fmt: skip
    return honour
