"""What an import wrote, remembered so that it can be put back exactly.

A touch is ``{"model": label, "pk": …, "before": fields | None, "after": fields | None}``;
fields are text as Django serialises them, so that a day or bytes survive JSON.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import ManyToOneRel, QuerySet
from django.utils.translation import gettext as _

Fields = dict[str, Any]
Touch = dict[str, Any]
# Records written, and numbers asked about, in one question. Fewer where the database takes fewer.
CHUNK, ASKED = 400, 5000


class Changed(Exception):
    """What an import wrote is no longer as it wrote it; nothing was put back."""


class Touches:
    """Collects what one import does; ``told()`` is what the Import keeps."""

    def __init__(self) -> None:
        self._before: dict[tuple[type[models.Model], Any], Fields | None] = {}

    def create(self, records: Sequence[models.Model]) -> Sequence[models.Model]:
        """Writes new records of one model in bulk; they come back with their numbers."""
        if records:
            type(records[0])._base_manager.bulk_create(records, batch_size=CHUNK)
            self._before.update({(type(r), r.pk): None for r in records})
        return records

    def update(self, records: Sequence[models.Model], fields: Sequence[str]) -> None:
        """Writes ``fields`` of records of one model in bulk."""
        if records:
            model = type(records[0])
            for pk, stood in _stored(model, [r.pk for r in records]).items():
                self._before.setdefault((model, pk), stood)
            model._base_manager.bulk_update(records, fields, batch_size=CHUNK)

    @contextmanager
    def watch(self, *among: QuerySet[Any]) -> Iterator[None]:
        """Remembers whatever is made, changed or deleted among these rows meanwhile."""
        stood = [{r.pk: _fields(r) for r in rows.all()} for rows in among]
        yield
        for rows, before in zip(among, stood, strict=True):
            now = {r.pk: _fields(r) for r in rows.all()}
            for pk in before.keys() | now.keys():
                if before.get(pk) != now.get(pk):
                    self._before.setdefault((rows.model, pk), before.get(pk))

    def told(self) -> list[Touch]:
        """The touches in the order they were made, as the database now holds them."""
        by_model: dict[type[models.Model], list[Any]] = defaultdict(list)
        for model, pk in self._before:
            by_model[model].append(pk)
        after = {model: _stored(model, pks) for model, pks in by_model.items()}
        return [
            {"model": model._meta.label_lower, "pk": pk, "before": before,
             "after": after[model].get(pk)}
            for (model, pk), before in self._before.items()
            if before is not None or after[model].get(pk) is not None
        ]  # fmt: skip


def put_back(touched: Sequence[Touch]) -> None:
    """Undoes touches, the last first. Raises Changed (in words) and leaves the rest to rollback.

    Costs as many queries as there are foreign keys to the models, for every ``ASKED`` records.
    """
    by_model: dict[type[models.Model], list[Touch]] = {}
    for touch in touched:
        by_model.setdefault(apps.get_model(touch["model"]), []).append(touch)
    for model, touches in by_model.items():
        _still_as_written(model, touches)
    made = {m: [t["pk"] for t in touches if t["before"] is None] for m, touches in by_model.items()}
    _needed_by_nobody(made, {m: {t["pk"] for t in touches} for m, touches in by_model.items()})
    for model in reversed(list(made)):
        _put_back_rows(model, by_model[model])
        for pks in _chunks(made[model]):
            _delete(model, pks)


def _put_back_rows(model: type[models.Model], touches: Sequence[Touch]) -> None:
    """Rows that were deleted come back under their numbers, changed ones to what they said."""
    stood = [t for t in touches if t["before"] is not None]
    fields = [f for f in model._meta.concrete_fields if not f.primary_key]
    gone = [_as_it_stood(model, fields, t) for t in stood if t["after"] is None]
    model._base_manager.bulk_create(gone, batch_size=CHUNK)
    changed = [t for t in stood if t["after"] is not None]
    differing = [f for f in fields if any(
        t["before"][f.attname] != t["after"][f.attname] for t in changed)]  # fmt: skip
    if differing:
        rows = [_as_it_stood(model, fields, t) for t in changed]
        model._base_manager.bulk_update(rows, [f.name for f in differing], batch_size=CHUNK)


def _as_it_stood(model: type[models.Model], fields: Sequence[Any], touch: Touch) -> models.Model:
    values = {f.attname: _typed(f, touch["before"][f.attname]) for f in fields}
    return model(pk=touch["pk"], **values)


def _delete(model: type[models.Model], pks: Sequence[Any]) -> None:
    """Without asking once more who points at them: nobody does, and the database watches. Rows of
    a many-to-many go with what they join."""
    for relation in model._meta.get_fields(include_hidden=True):
        joins = getattr(relation, "related_model", None)
        if isinstance(relation, ManyToOneRel) and joins and joins._meta.auto_created:
            held = joins._base_manager.filter(**{f"{relation.field.name}__in": pks})
            held._raw_delete(held.db)
    rows: Any = model._base_manager.filter(pk__in=pks)
    rows._raw_delete(rows.db)


def _still_as_written(model: type[models.Model], touches: Sequence[Touch]) -> None:
    now = _stored(model, [touch["pk"] for touch in touches])
    changed = [t for t in touches if now.get(t["pk"]) != t["after"]]
    if changed:
        first = model._base_manager.filter(pk=changed[0]["pk"]).first()
        told = {"name": str(first) if first else _("một bản ghi đã bị xóa"), "n": len(changed)}
        raise Changed(_("Đã có %(n)d bản ghi thay đổi sau khi nhập (ví dụ: %(name)s).") % told)


def _needed_by_nobody(
    made: dict[type[models.Model], list[Any]], touched: dict[type[models.Model], set[Any]]
) -> None:
    """Nothing outside the import may point at what it made."""
    for model, pks in made.items():
        for relation in _pointing_at(model):
            other, name = relation.related_model, relation.field.name
            ours = touched.get(other, set())  # type: ignore[call-overload]
            for chunk in _chunks(pks):
                pointing = other._base_manager.filter(**{f"{name}__in": chunk})  # type: ignore
                if strangers := [row for row in pointing if row.pk not in ours]:
                    used = getattr(strangers[0], name)
                    raise Changed(
                        _("“%(name)s” đã được dùng ở nơi khác trong hệ thống.") % {"name": used}
                    )


def _pointing_at(model: type[models.Model]) -> list[Any]:
    """Foreign keys to a model, also those without a name back ("+"), which hold it as firmly.

    The rows of a many-to-many are not asked: they are no records, and go with what they join.
    """
    return [
        relation
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel) and not relation.related_model._meta.auto_created
    ]


def _stored(model: type[models.Model], pks: Iterable[Any]) -> dict[Any, Fields]:
    found = {}
    for chunk in _chunks(list(pks)):
        for row in model._base_manager.filter(pk__in=chunk):
            found[row.pk] = _fields(row)
    return found


def _fields(record: models.Model) -> Fields:
    told = {}
    for field in record._meta.concrete_fields:
        if not field.primary_key:
            value = field.value_from_object(record)
            told[field.attname] = None if value is None else field.value_to_string(record)
    return told


def _typed(field: Any, value: Any) -> Any:
    return None if value is None else field.to_python(value)


def _chunks(pks: Sequence[Any]) -> Iterator[Sequence[Any]]:
    size = min(ASKED, connection.features.max_query_params or ASKED)
    for start in range(0, len(pks), size):
        yield pks[start : start + size]
