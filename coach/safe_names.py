"""Names of files for ids that came from outside: a transcript may call itself «../erasures»."""

from __future__ import annotations

import hashlib
import re

_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}")


def of_id(recording_id: str) -> str:
    """The id itself where it is a plain name, else a digest of it: one part of a path, and never hidden."""
    if _PLAIN.fullmatch(recording_id):
        return recording_id
    return hashlib.sha256(recording_id.encode(errors="replace")).hexdigest()[:32]
