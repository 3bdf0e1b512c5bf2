from danvan.emulation.models.adoptions import Adoption
from danvan.emulation.models.commendations import Candidate, Commendation
from danvan.emulation.models.exemplars import Exemplar
from danvan.emulation.models.honours import Honour, Level
from danvan.emulation.models.movements import Movement
from danvan.emulation.models.visits import Visit, VisitFile

__all__ = [
    "Adoption",
    "Candidate",
    "Commendation",
    "Exemplar",
    "Honour",
    "Level",
    "Movement",
    "Visit",
    "VisitFile",
]
