"""What an agent will read of why a verdict was changed: a few words at least."""

from __future__ import annotations

from coach.types import CoachError

LEAST_REASON = 8  # letters: «Se despidió.» says something, «no» does not


def enough(reason: str) -> bool:
    return len(reason.strip()) >= LEAST_REASON


def checked(reason: str, missing: str, of: str = "") -> str:
    """The reason without the space around it; CoachError `missing` where there is none, and where it is too
    short to tell its reader anything. `of`: which of several it is.
    """
    if not reason.strip():
        raise CoachError(missing)
    if not enough(reason):
        which = f" de «{of}»" if of else ""
        raise CoachError(f"Escriba la razón{which} con unas palabras más: el agente la va a leer.")
    return reason.strip()
