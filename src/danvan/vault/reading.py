"""Decrypting. Only the verbs of this context call it, each after asking who may."""

from __future__ import annotations

import json

from django.views.decorators.debug import sensitive_variables

from danvan.vault import keys
from danvan.vault.models import Sealed, SealedFile


@sensitive_variables()
def words_of(sealed: Sealed) -> dict[str, str]:
    """Field → text. Raises keys.NoKey or keys.Tampered."""
    assert sealed.wrapped_key is not None and sealed.ciphertext is not None
    data_key = keys.unwrap(sealed.wrapped_key, sealed.key_id, sealed.bound_to)
    clear = keys.open_(data_key, sealed.ciphertext, f"{sealed.bound_to}|words")
    found: dict[str, str] = json.loads(clear)
    return found


@sensitive_variables()
def file_of(file: SealedFile) -> tuple[str, bytes]:
    """The name it came with, and its bytes."""
    sealed = file.sealed
    assert sealed.wrapped_key is not None
    data_key = keys.unwrap(sealed.wrapped_key, sealed.key_id, sealed.bound_to)
    content = keys.open_(data_key, file.ciphertext, file.bound_to)
    end = 2 + int.from_bytes(content[:2], "big")
    return content[2:end].decode(errors="replace"), content[end:]
