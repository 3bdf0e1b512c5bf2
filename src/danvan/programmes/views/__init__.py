"""Pages of the context: sending a plan in, reviewing it, and reading the programme."""

from danvan.programmes.views import intake, plans, review

__all__ = ["intake", "plans", "review"]
