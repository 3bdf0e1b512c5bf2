"""Who learns, what is studied, where one meets, who has read, and who is trained."""

from danvan.study.models.campaigns import Campaign, Question, StudyText
from danvan.study.models.ledger import Acknowledgement, Ledger
from danvan.study.models.papers import PaperList
from danvan.study.models.reading import PageSeen, QuizTry
from danvan.study.models.roster import Exemption, Learner
from danvan.study.models.sessions import Attendance, SessionFile, StudySession
from danvan.study.models.training import Enrolment, Need, PlanLine, TrainingClass

__all__ = [
    "Acknowledgement",
    "Attendance",
    "Campaign",
    "Enrolment",
    "Exemption",
    "Learner",
    "Ledger",
    "Need",
    "PageSeen",
    "PaperList",
    "PlanLine",
    "Question",
    "QuizTry",
    "SessionFile",
    "StudySession",
    "StudyText",
    "TrainingClass",
]
