"""What this context tells the others. Each fact is one query, whatever the number of subjects."""

from danvan.assignments.facts import beyond, counts, lateness, plans, tasks

__all__ = ["beyond", "counts", "lateness", "plans", "tasks"]
