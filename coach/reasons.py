"""What an agent will read of why a verdict was changed: a few words at least."""

from __future__ import annotations

from coach.types import CoachError

LEAST_REASON = 8  # letters: «Se despidió.» says something, «no» does not


def enough(reason: str) -> bool:
    return len(reason.strip()) >= LEAST_REASON


def checked(reason: str, missing: CoachError | None = None, of: str = "") -> str:
    """The reason without the space around it; `missing` where there is none, and CoachError where it is too
    short to tell its reader anything. `of`: which of several it is.
    """
    if missing is not None and not reason.strip():
        raise missing
    if not enough(reason):
        raise CoachError(
            "Escriba la razón de «{of}» con unas palabras más: el agente la va a leer."
            if of
            else "Escriba la razón con unas palabras más: el agente la va a leer.",
            of=of,
        )
    return reason.strip()
