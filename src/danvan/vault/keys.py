"""The vault's own key: from the surroundings, never in the database nor beside it.

Each record has a data key of its own; the vault's key only wraps those, so a new vault key
means wrapping again, not reading everything. AES-256-GCM (NIST SP 800-38D) with a random
96-bit nonce; the associated data binds every piece to the number of its record, so that bytes
moved to another row no longer open.
"""

from __future__ import annotations

import base64
import binascii
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12  # bytes
# What is sealed is filled up to a multiple of this: a length tells no name.
BLOCK = 512


class NoKey(Exception):
    """The installation has no vault key, or not the one a record was sealed with."""


class Tampered(Exception):
    """The bytes are not those that were sealed under this number."""


def known() -> dict[str, bytes]:
    """Key id → 32 bytes, the current key first. Raises NoKey if one is malformed."""
    found = {}
    for written in settings.VAULT_KEYS:
        name, _colon, coded = written.partition(":")
        try:
            key = base64.b64decode(coded, validate=True)
        except binascii.Error:
            key = b""
        # The message names the key, never its bytes.
        if not name or len(key) != 32:
            raise NoKey(f"DANVAN_VAULT_KEY: key “{name[:12]}” is not id:base64 of 32 bytes")
        found[name] = key
    return found


def current() -> str:
    """The id of the key new records are sealed with. Raises NoKey."""
    for name in known():
        return name
    raise NoKey("DANVAN_VAULT_KEY is not set")


def available() -> bool:
    """Whether anything can be sealed here."""
    try:
        return bool(current())
    except NoKey:
        return False


def new_data_key() -> bytes:
    return AESGCM.generate_key(256)


def wrap(data_key: bytes, key_id: str, bound_to: str) -> bytes:
    """The data key under the vault's key ``key_id``."""
    return _encrypt(_key(key_id), data_key, f"key|{key_id}|{bound_to}")


def unwrap(wrapped: bytes | memoryview, key_id: str, bound_to: str) -> bytes:
    """Raises NoKey or Tampered."""
    return _decrypt(_key(key_id), bytes(wrapped), f"key|{key_id}|{bound_to}")


def seal(data_key: bytes, clear: bytes, bound_to: str) -> bytes:
    """``clear`` filled up and encrypted under a record's own key."""
    length = len(clear).to_bytes(8, "big")
    padded = length + clear
    padded += b"\0" * (-len(padded) % BLOCK)
    return _encrypt(data_key, padded, bound_to)


def open_(data_key: bytes, sealed: bytes | memoryview, bound_to: str) -> bytes:
    """What was sealed. Raises Tampered."""
    padded = _decrypt(data_key, bytes(sealed), bound_to)
    return padded[8 : 8 + int.from_bytes(padded[:8], "big")]


def _key(key_id: str) -> bytes:
    try:
        return known()[key_id]
    except KeyError:
        raise NoKey(f"vault key “{key_id}” is not among DANVAN_VAULT_KEY") from None


def _encrypt(key: bytes, clear: bytes, bound_to: str) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, clear, bound_to.encode())


def _decrypt(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to.encode())
    except InvalidTag:
        raise Tampered("the sealed bytes do not belong to this record") from None
