from danvan.petitions.models.handling import Enforcement, Link, Ruling, Transfer
from danvan.petitions.models.limits import Limit, OutsideFigures
from danvan.petitions.models.petitions import (
    CONFIDENTIAL,
    Content,
    Kind,
    Paper,
    Petition,
    ReceiptSeries,
    Sender,
    Wording,
)
from danvan.petitions.models.reception import (
    OnlineStep,
    Promise,
    ReceptionDay,
    Representative,
    Turn,
)
from danvan.petitions.models.steps import Step

__all__ = [
    "CONFIDENTIAL",
    "Content",
    "Enforcement",
    "Kind",
    "Limit",
    "Link",
    "OnlineStep",
    "OutsideFigures",
    "Paper",
    "Petition",
    "Promise",
    "ReceiptSeries",
    "ReceptionDay",
    "Representative",
    "Ruling",
    "Sender",
    "Step",
    "Transfer",
    "Turn",
    "Wording",
]
