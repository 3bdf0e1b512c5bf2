"""Grassroots democracy: what is told, asked, decided (telling) and supervised (asking)."""

from __future__ import annotations

from danvan.democracy.models.ballots import Ballot, BallotOption, BallotQuestion, Recount
from danvan.democracy.models.boards import Board, BoardCheck
from danvan.democracy.models.checks import CheckAnswer, CheckItem, Regulation, StaffConference
from danvan.democracy.models.consultation import (
    Consultation,
    DraftOpinion,
    DraftOpinionFile,
    Paragraph,
)
from danvan.democracy.models.dialogue import Dialogue, DialogueRule, Promise
from danvan.democracy.models.disclosure import (
    Disclosure,
    DisclosureItem,
    DisclosurePlan,
    Posting,
    QuarterlyList,
)
from danvan.democracy.models.matters import Matter, MatterGroup
from danvan.democracy.models.opinions import BuildingOpinion
from danvan.democracy.models.supervision import (
    FrontRemark,
    Outcome,
    Recommendation,
    Reply,
    Supervision,
    SupervisionProgramme,
)
from danvan.democracy.models.surveys import (
    PaperBatch,
    Question,
    Questionnaire,
    Survey,
    SurveyToken,
    SurveyUnit,
    Tally,
)

__all__ = [
    "Ballot",
    "BallotOption",
    "BallotQuestion",
    "Board",
    "BoardCheck",
    "BuildingOpinion",
    "CheckAnswer",
    "CheckItem",
    "Consultation",
    "Dialogue",
    "DialogueRule",
    "Disclosure",
    "DisclosureItem",
    "DisclosurePlan",
    "DraftOpinion",
    "DraftOpinionFile",
    "FrontRemark",
    "Matter",
    "MatterGroup",
    "Outcome",
    "PaperBatch",
    "Paragraph",
    "Posting",
    "Promise",
    "QuarterlyList",
    "Question",
    "Questionnaire",
    "Recommendation",
    "Recount",
    "Regulation",
    "Reply",
    "StaffConference",
    "Supervision",
    "SupervisionProgramme",
    "Survey",
    "SurveyToken",
    "SurveyUnit",
    "Tally",
]
