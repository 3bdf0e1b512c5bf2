from danvan.vault.models.holders import Holder
from danvan.vault.models.openings import Opening, OpeningSeen
from danvan.vault.models.sealed import RedactedCopy, Sealed, SealedFile

__all__ = ["Holder", "Opening", "OpeningSeen", "RedactedCopy", "Sealed", "SealedFile"]
