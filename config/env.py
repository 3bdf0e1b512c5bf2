"""What the surroundings decide: read once, from environment variables, with safe defaults."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()

# Everything the running product writes lives here (database, files, secret), outside git.
VAR = Path(env.str("DANVAN_VAR", default=str(ROOT / "var")))
VAR.mkdir(parents=True, exist_ok=True)


def secret_key() -> str:
    """The signing key: from DANVAN_SECRET_KEY, else made once and kept in VAR (mode 0600)."""
    given = env.str("DANVAN_SECRET_KEY", default="")
    if given:
        return given
    import secrets

    kept = VAR / "secret-key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return kept.read_text(encoding="ascii")


def vault_keys(demonstration: bool) -> list[str]:
    """The vault's keys, "id:base64 of 32 bytes" each, from DANVAN_VAULT_KEY, current one first.

    None: sealing is refused and identities stay on paper. Only a demonstration makes its own and
    keeps it in VAR, where its made-up people are too.
    """
    given = env.list("DANVAN_VAULT_KEY", default=[])
    if given or not demonstration:
        return [str(key) for key in given]
    import base64
    import secrets

    kept = VAR / "vault-key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(f"demo:{base64.b64encode(secrets.token_bytes(32)).decode()}", "ascii")
    return [kept.read_text(encoding="ascii")]


def mailer(url: str) -> dict[str, Any]:
    """A mail server from "smtp://user:password@host:port" (smtps: TLS from the first byte,
    smtp+tls: STARTTLS); without one, letters would only be printed."""
    if not url:
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps", "smtp+tls") or not parts.hostname:
        raise ImproperlyConfigured("DANVAN_SMTP: smtp://user:password@host:port")
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or (465 if parts.scheme == "smtps" else 587),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": parts.scheme == "smtp+tls",
            "timeout": 20,
        },
    }
