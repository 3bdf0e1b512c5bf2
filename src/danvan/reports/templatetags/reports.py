"""How a result of an index is written in a report's table."""

from __future__ import annotations

from django import template

from danvan.reports import trends

register = template.Library()
register.filter("index_year", trends.year_said)
register.filter("index_result", trends.result_said)
register.filter("index_rank", trends.rank_said)
