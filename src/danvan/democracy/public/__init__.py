"""What a citizen may see and do here. The portal calls nothing else of this context."""

from __future__ import annotations

from danvan.democracy.public.consultation import (
    PublicAnswer,
    PublicConsultation,
    PublicParagraph,
    PublicResult,
    Receipt,
    TooOften,
    concluded_consultations,
    consultation,
    give_opinion,
    open_consultations,
    opinion_answer,
)
from danvan.democracy.public.dialogue import (
    PublicDialogue,
    PublicPromise,
    dialogue,
    dialogues,
)
from danvan.democracy.public.disclosure import (
    Expected,
    PublicDisclosure,
    PublicPosting,
    disclosure,
    disclosure_file,
    disclosures,
    disclosures_page,
    expected,
)
from danvan.democracy.public.surveys import (
    PublicQuestion,
    PublicSurvey,
    answer_survey,
    survey,
)

__all__ = [
    "Expected",
    "PublicAnswer",
    "PublicConsultation",
    "PublicDialogue",
    "PublicDisclosure",
    "PublicParagraph",
    "PublicPosting",
    "PublicPromise",
    "PublicQuestion",
    "PublicResult",
    "PublicSurvey",
    "Receipt",
    "TooOften",
    "answer_survey",
    "concluded_consultations",
    "consultation",
    "dialogue",
    "dialogues",
    "disclosure",
    "disclosure_file",
    "disclosures",
    "disclosures_page",
    "expected",
    "give_opinion",
    "open_consultations",
    "opinion_answer",
    "survey",
]
