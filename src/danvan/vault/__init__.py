"""The sealed vault: who denounced is kept under its own key, apart from the case.

Sealed        one denouncer: a number, a body, and bytes only the vault's key can read
SealedFile    a paper of the denouncer, its name sealed with it
Holder        who may open, by name: for intake or for settling, between two days
Opening       that it was opened: who, when, why, which fields; a chain of its own
RedactedCopy  the denunciation as verifiers read it

Never here: the case itself (petitions); nothing here is searched, listed, exported or written
to history in clear.
"""
