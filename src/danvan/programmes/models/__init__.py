from danvan.programmes.models.drafts import Draft, Finding
from danvan.programmes.models.plans import Deliverable, Programme, Target, Task, TaskParty

__all__ = ["Deliverable", "Draft", "Finding", "Programme", "Target", "Task", "TaskParty"]
