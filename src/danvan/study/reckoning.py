"""Who of a unit has done which campaigns: the numerator, and the names that are missing.

Nine queries for any number of campaigns, units and people.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from danvan.study import codes, roster
from danvan.study.models import (
    Acknowledgement,
    Attendance,
    Campaign,
    Learner,
    QuizTry,
    StudyText,
)
from danvan.study.roster import Roster


@dataclass
class Tally:
    """One unit (or the whole body): who counts, and who of them has done it. Ids → names.

    ``unasked``: done, but no question was put to them, for they read on paper.
    """

    counted: dict[int, str] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)
    exempt: int = 0
    unasked: set[int] = field(default_factory=set)

    @property
    def missing(self) -> dict[int, str]:
        return {pk: name for pk, name in self.counted.items() if pk not in self.done}

    @property
    def figures(self) -> tuple[int, int]:
        """(done, of)."""
        return len(self.done), len(self.counted)


@dataclass
class Done:
    """Person → campaigns done: by attending, by reading everything, as the campaign asks.

    ``unasked``: of those read, the ones whose questions were not put, for all was on paper.
    """

    attended: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    read: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    unasked: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def has(self, person: int, campaign: Campaign) -> bool:
        """Whether the person has done what this campaign asks."""
        attended = campaign.pk in self.attended.get(person, ())
        read = campaign.pk in self.read.get(person, ())
        return {
            Campaign.Way.ATTEND: attended,
            Campaign.Way.READ: read,
            Campaign.Way.EITHER: attended or read,
        }[Campaign.Way(campaign.way)]

    def has_read(self, person: int, campaign: Campaign) -> bool:
        return campaign.pk in self.read.get(person, ())

    def by_paper(self, person: int, campaign: Campaign) -> bool:
        """Whether the person counts as having read though no question was put."""
        return campaign.pk in self.unasked.get(person, ())


@dataclass
class Reckoning:
    """Campaigns and the rosters of a day, with what was done."""

    day: dt.date
    campaigns: list[Campaign]
    # Unit → the campaigns addressed to it (or to what it was made of).
    asked: dict[int, list[Campaign]]
    rosters: dict[int, Roster]
    done: Done

    def briefed(self, unit: int) -> Tally | None:
        """Who of the unit has done every campaign addressed to it; None if none was."""
        return self._tally(unit, self.asked.get(unit, []), self.done.has)

    def acknowledged(self, unit: int) -> Tally | None:
        """Who has acknowledged every text of the campaigns that ask for reading."""
        asked = [c for c in self.asked.get(unit, []) if c.asks_reading and _has_texts(c)]
        return self._tally(unit, asked, self.done.has_read)

    def together(self, units: Iterable[int]) -> Tally | None:
        """Several units as one: each person once, done if done wherever they are asked."""
        tallies = [t for unit in units if (t := self.briefed(unit)) is not None]
        if not tallies:
            return None
        whole = Tally()
        lacking: set[int] = set()
        for tally in tallies:
            whole.counted |= tally.counted
            whole.exempt += tally.exempt
            lacking |= set(tally.missing)
        whole.done = set(whole.counted) - lacking
        return whole

    def _tally(
        self, unit: int, asked: Sequence[Campaign], has: Callable[[int, Campaign], bool]
    ) -> Tally | None:
        if not asked:
            return None
        found = self.rosters.get(unit, Roster())
        counted = found.counted
        done = {person for person in counted if all(has(person, c) for c in asked)}
        return Tally(counted, done, len(found.exempt))


def reckon(
    campaigns: Iterable[Campaign], day: dt.date, units: Collection[int] | None = None
) -> Reckoning:
    """The campaigns over ``units`` (all they are addressed to, if not given) on ``day``."""
    campaigns = list(campaigns)
    asked = _asked(campaigns, day)
    wanted = set(asked) if units is None else set(units)
    rosters = roster.on(day, wanted)
    people = {person for found in rosters.values() for person in found.people}
    return Reckoning(day, campaigns, asked, rosters, _done(campaigns, people))


def accepted(texts: Iterable[StudyText]) -> dict[int, set[int]]:
    """Text still to be read → the texts whose acknowledgement counts for it.

    One that was replaced is asked no more; its acknowledgement counts for the newer one
    unless that asks for renewed study.
    """
    by_id = {text.pk: text for text in texts}
    replaced = {text.replaces_id for text in by_id.values() if text.replaces_id}
    found = {}
    for text in by_id.values():
        if text.pk in replaced:
            continue
        counts, at = {text.pk}, text
        while at.replaces_id and not at.renewed:
            at = by_id[at.replaces_id]
            counts.add(at.pk)
        found[text.pk] = counts
    return found


def asks_questions(asked: Mapping[int, set[int]], screens: Collection[int]) -> bool:
    """Whether a campaign's questions are put to somebody who acknowledged ``screens`` on a screen.

    Whoever signed a paper list for everything has no screen to answer on: his signature is what
    the campaign has. ``asked``: as ``accepted`` gives it.
    """
    return not set().union(*asked.values()).isdisjoint(screens)


def _asked(campaigns: Sequence[Campaign], day: dt.date) -> dict[int, list[Campaign]]:
    through = Campaign.units.through.objects.filter(campaign__in=campaigns)
    rows = list(through.values_list("campaign_id", "unit_id"))
    heirs = roster.heirs({unit for _campaign, unit in rows}, day)
    by_id = {c.pk: c for c in campaigns}
    asked: dict[int, list[Campaign]] = defaultdict(list)
    for campaign, unit in rows:
        for heir in heirs[unit]:
            if by_id[campaign] not in asked[heir]:
                asked[heir].append(by_id[campaign])
    return asked


def _done(campaigns: Sequence[Campaign], people: Collection[int]) -> Done:
    persons = _persons(people)
    done = Done()
    for attended, learner in Attendance.objects.filter(
        session__campaign__in=campaigns, learner__isnull=False
    ).values_list("session__campaign_id", "learner_id"):
        if (person := persons.get(learner)) is not None:
            done.attended[person].add(attended)
    acknowledged: dict[int, set[int]] = defaultdict(set)
    screens: dict[int, set[int]] = defaultdict(set)
    for learner, known, way in Acknowledgement.objects.filter(campaign__in=campaigns).values_list(
        "learner_id", "text_id", "way"
    ):
        if (person := persons.get(learner)) is not None:
            acknowledged[person].add(known)
            if way != Acknowledgement.Way.PAPER:
                screens[person].add(known)
    texts: dict[int, list[StudyText]] = defaultdict(list)
    for text in StudyText.objects.filter(campaign__in=campaigns):
        texts[text.campaign_id].append(text)
    passed = set(
        QuizTry.objects.filter(campaign__in=campaigns, passed=True).values_list(
            "campaign_id", "learner_id"
        )
    )
    answered = {(c, persons[learner]) for c, learner in passed if learner in persons}
    for campaign in campaigns:
        campaign.text_count = len(texts[campaign.pk])  # type: ignore[attr-defined]
        asked = accepted(texts[campaign.pk])
        if not asked:
            continue
        for person, held in acknowledged.items():
            if not all(counts & held for counts in asked.values()):
                continue
            if not campaign.quiz_size or (campaign.pk, person) in answered:
                done.read[person].add(campaign.pk)
            elif not asks_questions(asked, screens[person]):
                done.read[person].add(campaign.pk)
                done.unasked[person].add(campaign.pk)
    return done


def _persons(people: Collection[int]) -> dict[int, int]:
    """Learner → person. Whoever was erased is known by the keyed digest alone."""
    found: dict[int, int] = {}
    marks: dict[str, int] | None = None
    for learner, person, who in Learner.objects.values_list("pk", "person_id", "who"):
        if person is None:
            marks = marks or {codes.who(p): p for p in people}
            person = marks.get(who)
        if person in people:
            found[learner] = person
    return found


def _has_texts(campaign: Campaign) -> bool:
    return bool(getattr(campaign, "text_count", 0))


def reckon_one(found: Reckoning, unit: int, campaign: Campaign) -> Tally:
    """One campaign of several that were reckoned together; no query."""
    counted = found.rosters.get(unit, Roster()).counted
    done = {person for person in counted if found.done.has(person, campaign)}
    exempt = len(found.rosters.get(unit, Roster()).exempt)
    return Tally(counted, done, exempt, {p for p in done if found.done.by_paper(p, campaign)})
