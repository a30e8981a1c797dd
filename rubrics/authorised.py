"""What somebody else hears of the debt because the debtor let the agent speak to them."""

from __future__ import annotations

from collections.abc import Collection

from nlp.types import Finding, Findings
from rubrics import reading
from transcripts.types import Quote, Speaker, Transcript

_FAR: tuple[Speaker, ...] = ("debtor", "other")
_PROTESTS = ("protests_telling", "asks_what_was_told")


def leave(
    transcript: Transcript, findings: Findings, told: Collection[Quote], came: int
) -> dict[Quote, Finding]:
    """What of `told` the debtor, on the phone from turn `came`, had let the agent tell to whoever came to
    speak next, and the words that did. A debtor who complains of it afterwards had not meant it.
    """
    given = [f for f in _given(transcript, findings) if f.quote.turn >= came]
    protests = [f.quote.turn for f in reading.said(transcript, findings, _PROTESTS, by="debtor")]
    out: dict[Quote, Finding] = {}
    for quote in told:
        before = [f for f in given if f.quote.turn < quote.turn]
        if before and not any(turn > quote.turn for turn in protests):
            out[quote] = max(before, key=lambda f: (plainly(f), -f.quote.turn))
    return out


def plainly(given: Finding) -> bool:
    """Whether words that gave leave say so, and do not only name who sees to the debt."""
    return given.label != "lets_see_to_it"


def _given(transcript: Transcript, findings: Findings) -> list[Finding]:
    """The debtor's words of leave after which somebody else speaks; a yes to the question for it is one."""
    words = reading.said(transcript, findings, ("authorises", "lets_see_to_it"), by="debtor")
    asked = {f.quote.turn for f in reading.said(transcript, findings, ("asks_permission",))}
    denied = {f.quote.turn for f in reading.said(transcript, findings, ("denies",), by="debtor")}
    yes = reading.said(transcript, findings, ("confirms",), by="debtor")
    answers = [f for f in yes if f.quote.turn - 1 in asked and f.quote.turn not in denied]
    return [f for f in (*words, *answers) if _heard_next(transcript, f.quote.turn)]


def _heard_next(transcript: Transcript, turn: int) -> bool:
    """Whether somebody else is the next to speak after the debtor's `turn`."""
    after = (one.speaker for one in transcript.turns[turn + 1 :] if one.speaker in _FAR)
    return next(after, None) == "other"
