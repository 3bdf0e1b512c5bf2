"""The statements every verb and every page sends – read by key, lock, change – worded once.

The ORM works out a statement's text anew each time, which takes several times as long as the
database takes to carry it out, and on SQLite every writer waits for the one at work. These word
theirs once for each model; the fields convert their values as they do for the ORM. No signals.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models import Field, Model
from django.db.models.fetch_modes import FetchMode

type _Fields = tuple[Field[Any, Any], ...]


def read[Record: Model](model: type[Record], pk: Any) -> Record:
    """``model.objects.get(pk=pk)``. Raises DoesNotExist."""
    return model.from_db(connection.alias, *_row(model, pk, ""))


def lock(record: Model) -> None:
    """Locks the row until the transaction ends and brings ``record`` up to date, as
    ``refresh_from_db`` does. Raises DoesNotExist.

    Relations read before are forgotten: they are asked for again, by a statement worded once.
    """
    held, state = record.__dict__, record._state
    held.update(zip(*_row(type(record), record.pk, locking()), strict=True))
    held.pop("_prefetched_objects_cache", None)
    state.fields_cache.clear()
    state.fetch_mode = RELATED


def locking() -> str:
    """How a SELECT ends that locks its rows; on SQLite the transaction itself holds the lock of
    all writers."""
    return " FOR UPDATE" if connection.vendor == "postgresql" else ""


def change(record: Model, *names: str) -> None:
    """Writes these fields of a saved record: ``save(update_fields=names)``."""
    sql, fields = _update(type(record), names)
    values = [
        field.get_db_prep_save(field.pre_save(record, False), connection=connection)
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, record.pk])


class _Related(FetchMode):
    """Reads the record a foreign key points to; leaves other relations to the ORM."""

    __slots__ = ()

    def fetch(self, fetcher: Any, instance: Model) -> None:
        field: Any = fetcher.field
        if isinstance(field, models.ForeignKey) and field.target_field.primary_key:
            found = read(field.related_model, getattr(instance, field.attname))
            field.set_cached_value(instance, found)
        else:
            fetcher.fetch_one(instance)


RELATED = _Related()


def _row(model: type[Model], pk: Any, ending: str) -> tuple[list[str], list[Any]]:
    """The names of a record's fields and its values, converted. Raises DoesNotExist."""
    with connection.cursor() as cursor:
        cursor.execute(_select(model) + ending, [pk])
        row = cursor.fetchone()
    if row is None:
        raise model.DoesNotExist(f"{model._meta.label} {pk}")  # type: ignore[attr-defined]
    names, converters = _reading(model, connection.vendor)
    values = list(row)
    for place, column, convert in converters:
        values[place] = convert(values[place], column, connection)
    return names, values


@cache
def _select(model: type[Model]) -> str:
    held = model._meta
    columns = ", ".join(_quoted(field.column) for field in held.concrete_fields)
    return f"SELECT {columns} FROM {_quoted(held.db_table)} WHERE {_quoted(held.pk.column)} = %s"


@cache
def _reading(model: type[Model], vendor: str) -> tuple[list[str], list[tuple[int, Any, Any]]]:
    """The fields' names in the order of ``_select``, and (place, column, converter) of those
    whose values the database does not give as Python has them."""
    fields, found = model._meta.concrete_fields, []
    for place, field in enumerate(fields):
        column = field.get_col(model._meta.db_table)
        for convert in (
            *connection.ops.get_db_converters(column), *column.get_db_converters(connection)
        ):  # fmt: skip
            found.append((place, column, convert))
    return [field.attname for field in fields], found


@cache
def _update(model: type[Model], names: Sequence[str]) -> tuple[str, _Fields]:
    held = model._meta
    fields: _Fields = tuple(held.get_field(name) for name in names)  # type: ignore[misc]
    told = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    where = f"WHERE {_quoted(held.pk.column)} = %s"
    return f"UPDATE {_quoted(held.db_table)} SET {told} {where}", fields


def _quoted(name: Any) -> str:
    return connection.ops.quote_name(name)
