from danvan.reports.models.outlines import Item, Outline, Section
from danvan.reports.models.papers import Figure, Narrative, Report, Share

__all__ = ["Figure", "Item", "Narrative", "Outline", "Report", "Section", "Share"]
