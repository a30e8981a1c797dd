"""Recordings in which there is nothing to judge: nobody said a word, or not the agent."""

from __future__ import annotations

from transcripts.types import Transcript

NO_WORD = "No se oyó ninguna palabra."
NO_AGENT = "El agente no habla en esta grabación: no hay nada que juzgarle."


def silence(transcript: Transcript) -> tuple[str, str] | None:
    """Why nothing can be judged, and the name of that condition; None where the agent speaks, or may."""
    if not any(turn.text.strip() for turn in transcript.turns):
        return NO_WORD, "no_words"
    if not any(turn.text.strip() for _, turn in transcript.said_by("agent", "unknown")):
        return NO_AGENT, "no_agent"
    return None
