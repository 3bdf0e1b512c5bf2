from danvan.chasing.models.feeds import Feed
from danvan.chasing.models.ladder import OF_THE_UNIT, Audience, Rung
from danvan.chasing.models.reminders import Digest, Reminder, Run, UrgedAssignment, UrgingLetter

__all__ = [
    "OF_THE_UNIT",
    "Audience",
    "Digest",
    "Feed",
    "Reminder",
    "Run",
    "Rung",
    "UrgedAssignment",
    "UrgingLetter",
]
