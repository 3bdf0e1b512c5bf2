from danvan.scoring.models.criteria import (
    Band,
    Cap,
    CriteriaDraft,
    CriteriaGroup,
    CriteriaSet,
    Criterion,
)
from danvan.scoring.models.explanations import Explanation
from danvan.scoring.models.proofs import Proof, ProofOpening, ProofScan, ProofVersion
from danvan.scoring.models.rankings import (
    CapMark,
    Correction,
    DraftRanking,
    MinorityNote,
    Proposal,
    Ranking,
    Standing,
)
from danvan.scoring.models.rounds import Rerouting, Round, RoundBlock, RoundOffice
from danvan.scoring.models.sheets import FrozenReading, Score, Sheet
from danvan.scoring.models.verification import Abstention

__all__ = [
    "Abstention",
    "Band",
    "Cap",
    "CapMark",
    "Correction",
    "CriteriaDraft",
    "CriteriaGroup",
    "CriteriaSet",
    "Criterion",
    "DraftRanking",
    "Explanation",
    "FrozenReading",
    "MinorityNote",
    "Proof",
    "ProofOpening",
    "ProofScan",
    "ProofVersion",
    "Proposal",
    "Ranking",
    "Rerouting",
    "Round",
    "RoundBlock",
    "RoundOffice",
    "Score",
    "Sheet",
    "Standing",
]
