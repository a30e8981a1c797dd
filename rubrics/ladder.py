"""How the agent met each objection, as checks and suggested replies read it: the pairs of `nlp.ladder`."""

from __future__ import annotations

from nlp.ladder import Pair, pairs
from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.fair_chance import debtor_not_reached
from rubrics.labels import spanish
from rubrics.verdicts import places
from transcripts.types import Transcript

RUNG_NAMES = {
    "recognise": "reconocer",
    "explore": "indagar",
    "answer": "responder",
    "ask": "volver a pedir",
}


def ladders(transcript: Transcript, findings: Findings, *, guesses: bool = False) -> tuple[Pair, ...]:
    """One pair per objection; turns without a speaker count for both sides where nobody knows who speaks.

    `guesses`: what only seems to recognise counts too, as in practice, where no verdict hangs on it.
    """
    return pairs(transcript, findings, sure_speakers=reading.sure_speakers(transcript), guesses=guesses)


def named(objection: Finding) -> str:
    """«Falta de dinero (turno 4)», as reasons name it."""
    return f"{spanish(objection.label)} ({places([objection.quote.turn])})"


def by_another(transcript: Transcript, findings: Findings, turn: int) -> bool:
    """Whether somebody who is not the debtor objects in `turn`, before the debtor comes to the phone."""
    if findings.people.debtor_reached and debtor_not_reached(transcript, findings) is not None:
        return True  # a wrong number
    came = next((i for i, _ in transcript.said_by("debtor")), len(transcript.turns))
    return transcript.turns[turn].speaker == "other" and turn < came
