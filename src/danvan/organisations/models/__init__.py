from danvan.organisations.models.people import Appointment, Person, Post, RoleHolding
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
    "Person",
    "Post",
    "RoleHolding",
    "Succession",
    "Unit",
    "UnitAlias",
    "UnitCode",
    "UnitKind",
    "UnitVersion",
]
