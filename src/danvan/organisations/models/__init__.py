from danvan.organisations.models.erasures import ErasureRequest
from danvan.organisations.models.people import (
    Appointment,
    Delegation,
    Person,
    Post,
    RoleHolding,
)
from danvan.organisations.models.reorganisations import Reorganisation
from danvan.organisations.models.units import (
    Block,
    Succession,
    Unit,
    UnitAlias,
    UnitCode,
    UnitKind,
    UnitVersion,
)

__all__ = [
    "Appointment",
    "Block",
    "Delegation",
    "ErasureRequest",
    "Person",
    "Post",
    "Reorganisation",
    "RoleHolding",
    "Succession",
    "Unit",
    "UnitAlias",
    "UnitCode",
    "UnitKind",
    "UnitVersion",
]
