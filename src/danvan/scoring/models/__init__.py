from danvan.scoring.models.criteria import Band, Cap, CriteriaGroup, CriteriaSet, Criterion
from danvan.scoring.models.rankings import CapMark, Ranking, Standing
from danvan.scoring.models.rounds import Round, RoundBlock, RoundOffice
from danvan.scoring.models.sheets import Explanation, FrozenReading, Proof, Score, Sheet

__all__ = [
    "Band",
    "Cap",
    "CapMark",
    "CriteriaGroup",
    "CriteriaSet",
    "Criterion",
    "Explanation",
    "FrozenReading",
    "Proof",
    "Ranking",
    "Round",
    "RoundBlock",
    "RoundOffice",
    "Score",
    "Sheet",
    "Standing",
]
