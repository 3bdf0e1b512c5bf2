from danvan.programmes.models.amendments import Amendment, AmendmentChange, AmendmentProposal
from danvan.programmes.models.carrying import Carriage
from danvan.programmes.models.drafts import Draft, Finding
from danvan.programmes.models.manuscripts import Manuscript, ManuscriptVersion
from danvan.programmes.models.plans import Deliverable, Programme, Target, Task, TaskParty

__all__ = [
    "Amendment",
    "AmendmentChange",
    "AmendmentProposal",
    "Carriage",
    "Deliverable",
    "Draft",
    "Finding",
    "Manuscript",
    "ManuscriptVersion",
    "Programme",
    "Target",
    "Task",
    "TaskParty",
]
