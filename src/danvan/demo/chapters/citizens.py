"""April to October: petitions come in and are dealt with, one of them sealed in the vault.

The other parts of what citizens see are told here too: reception, disclosure, dialogue, survey.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings

from danvan.demo import cases, city, handing_in, names
from danvan.demo.agenda import Agenda, at
from danvan.demo.chapters import asking, receiving, telling
from danvan.organisations.models import Unit
from danvan.petitions import rules
from danvan.petitions.actions import (
    classification,
    handling,
    intake,
    reception_book,
    rulings,
    transfers,
    watching,
)
from danvan.petitions.actions.classification import Class
from danvan.petitions.models import Enforcement, Kind, Petition, Transfer, Turn
from danvan.vault.actions import holders, sealing

NAMED, NAMED_BY = dt.date(2023, 4, 10), "Quyết định số 21/QĐ-UBND ngày 10/4/2023 (minh họa)"
# Where a denunciation lies when the demonstration is played without a key of its own.
ENVELOPE = "Phong bì niêm phong số 01, tủ hồ sơ mật của Thanh tra"
LAND = "Luật Đất đai 2013, Điều 202: hòa giải tranh chấp đất đai tại UBND cấp xã"


def plan(agenda: Agenda) -> None:
    for part in (receiving, telling, asking):
        part.plan(agenda)
    agenda.at(at(NAMED, 9), name_holder)
    for case in cases.CASES:
        agenda.at(at(dt.date(cases.YEAR, *case.day), 14, case.who % 60), bring, agenda, case)


def name_holder() -> None:
    """The chairman names who takes in denunciations; nobody opens by office."""
    holders.appoint_holder(
        city.body(), person=handing_in.person("thanh-tra"), role="intake", basis=NAMED_BY,
        by=city.actor("chu-tich"),
    )  # fmt: skip


def bring(agenda: Agenda, case: cases.Case) -> None:
    if case.at_reception:
        turn = Turn.objects.get(content=case.subject)
        made = reception_book.make_petition(turn, by=city.actor("thanh-tra"))
    else:
        unit = Unit.objects.get(key=case.body)
        made = intake.receive(unit, brought=brought(case), by=city.actor(office(case.body)))
    go_on(agenda, made.petition, case.course)


def brought(case: cases.Case) -> intake.Brought:
    """As it is told at the counter; without a vault key a denouncer's envelope stays closed."""
    closed = ENVELOPE if case.kind == Kind.DENUNCIATION and not settings.VAULT_KEYS else ""
    known = case.who and not closed
    return intake.Brought(
        kind_said=case.kind, subject=case.subject, text="" if closed else case.text,
        channel=case.channel, envelope=closed,
        forwarder_name="UBND Phường Ninh Sơn" if case.channel == "forwarded" else "",
        senders=[intake.Person(names.name(case.who), case.address)] if known else (),
    )  # fmt: skip


def go_on(agenda: Agenda, petition: int, course: tuple[cases.Step, ...]) -> None:
    """Puts the next step of a petition on the agenda."""
    if course:
        month, day, *_verb = course[0]
        agenda.at(at(dt.date(cases.YEAR, month, day), 10, petition), take, agenda, petition, course)


def take(agenda: Agenda, petition: int, course: tuple[cases.Step, ...]) -> None:
    """One step; what a ward takes over goes on under the ward's own number."""
    it = Petition.objects.select_related("body").get(pk=petition)
    _month, _day, verb, *told = course[0]
    became = VERBS[verb](it, *told)
    go_on(agenda, became if isinstance(became, int) else petition, course[1:])


def office(body: str) -> str:
    """Who keeps the petitions of a body: the inspectorate, a ward's focal officer."""
    return "thanh-tra" if body == city.BODY else body


def keeper(it: Petition) -> Any:
    return city.actor(office(it.body.key))


def the_unit(key: str) -> Unit:
    return Unit.objects.get(key=key)


# --- steps -------------------------------------------------------------------------------


def classify(it: Petition, competent: bool = True, eligible: bool = True) -> None:
    found = Class(it.known_kind, eligible, competent, people=it.people)
    classification.classify(it, found=found, by=keeper(it))


def verify(it: Petition, unit: str, who: str = "") -> None:
    person = handing_in.person(who) if who else None
    handling.give_to_verify(it, unit=the_unit(unit), person=person, by=keeper(it))


def decide(it: Petition, outcome: str, code: str, text: str) -> None:
    """Complaints and denunciations by the chairman, proposals by who keeps them."""
    by = keeper(it)
    if it.known_kind in (Kind.COMPLAINT, Kind.DENUNCIATION):
        by = city.actor("chu-tich" if it.body.key == city.BODY else f"{it.body.key}.truong")
    rulings.decide(it, result=rulings.Result(outcome, text, answer=text, code=code), by=by)


def enforce(it: Petition, title: str, unit: str, due: tuple[int, int]) -> None:
    rulings.enforce(
        it, title=title, unit=the_unit(unit), due_on=dt.date(cases.YEAR, *due),
        by=city.actor("van-phong"),
    )  # fmt: skip


def carried_out(it: Petition, note: str) -> None:
    duty = Enforcement.objects.select_related("assignment__unit").get(ruling__petition=it)
    handing_in.hand_in(duty.assignment, f"{duty.assignment.unit.key}.truong", note)
    handing_in.accept(duty.assignment)


def transfer(it: Petition, unit: str) -> None:
    """The deputy chairman signs the slip."""
    transfers.transfer(it, to_unit=the_unit(unit), clause=LAND, by=city.actor("pho-chu-tich"))


def take_over(it: Petition, receipt: str) -> int:
    sent = Transfer.objects.select_related("to_unit").get(petition=it)
    assert sent.to_unit is not None
    done = transfers.confirm(sent, receipt=receipt, by=city.actor(sent.to_unit.key))
    return int(done.became.pk)


def redact(it: Petition, text: str, hide: str) -> None:
    """The copy for who verifies: the name and what else would tell it are masked."""
    assert it.sealed is not None
    sealing.redact(it.sealed, text=text, hide=[hide], by=keeper(it))


VERBS: dict[str, Callable[..., object]] = {
    "classify": classify,
    "accept": lambda it: handling.accept(it, by=keeper(it)),
    "verify": verify,
    "extend": lambda it, why: handling.extend(it, complexity="complex", ground=why, by=keeper(it)),
    "decide": decide,
    "mark": lambda it, step: handling.mark(it, step=step, by=keeper(it)),
    "publish": lambda it, form, where: rulings.publish(it, form=form, where=where, by=keeper(it)),
    "enforce": enforce,
    "carried_out": carried_out,
    "close": lambda it: rulings.close(it, by=keeper(it)),
    "confirm": lambda it: watching.confirm(it, by=rules.CITIZEN),
    "dispute": lambda it, why: watching.dispute(it, reason=why, by=rules.CITIZEN),
    "answer": lambda it, text: rulings.answer_dispute(it, answer=text, by=keeper(it)),
    "watch": lambda it, why: watching.watch(it, reason=why, by=keeper(it)),
    "unwatch": lambda it, why: watching.unwatch(it, reason=why, by=keeper(it)),
    "refuse": lambda it, ground, answer: handling.turn_down(
        it, ground=ground, answer=answer, by=keeper(it)
    ),
    "put_away": lambda it, ground: handling.put_away(it, ground=ground, by=keeper(it)),
    "transfer": transfer,
    "take_over": take_over,
    "redact": redact,
}
