"""A new vault key: the records' own keys are wrapped again; nothing sealed is read."""

from __future__ import annotations

from django.db import transaction

from danvan.vault import keys
from danvan.vault.models import Sealed


def rewrap() -> int:
    """Puts every record under the current key, one transaction each; how many were not yet.

    Run from the command line after a new key was put first in DANVAN_VAULT_KEY; the old one may
    be taken away afterwards. Raises keys.NoKey or keys.Tampered, leaving the rest as it is.
    """
    current, done = keys.current(), 0
    left = Sealed.objects.filter(off_system=False).exclude(key_id=current)
    for pk in list(left.values_list("pk", flat=True)):
        with transaction.atomic():
            sealed = Sealed.objects.select_for_update(of=("self",)).get(pk=pk)
            assert sealed.wrapped_key is not None
            data_key = keys.unwrap(sealed.wrapped_key, sealed.key_id, sealed.bound_to)
            sealed.wrapped_key = keys.wrap(data_key, current, sealed.bound_to)
            sealed.key_id = current
            sealed.save(update_fields=["wrapped_key", "key_id"])
            done += 1
    return done
