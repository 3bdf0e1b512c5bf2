"""How a clause is named on the screen."""

from __future__ import annotations

from django import template

from danvan.documents.clauses import said

register = template.Library()
register.filter("clause", said)
