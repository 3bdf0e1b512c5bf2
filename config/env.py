"""What the surroundings decide: read once, from environment variables, with safe defaults."""

from __future__ import annotations

from pathlib import Path

import environ

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
