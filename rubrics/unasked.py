"""Where no advice may ask for money: to whoever answers in the debtor's place, in grave news, in a dispute.

    unasked(transcript, findings, turn, met)   # ("dispute", "already_paid"); None where asking is fair

What is told bars the ask for what is objected with it and after it: who is in mourning and «has no money» is
asked for none. An illness bars it while it is spoken of; a quarrel over a sum or a service until the agent
has looked into it; a promise made since takes any bar away.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.ladder import by_another
from rubrics.told import DENIED, of_animals
from transcripts.types import Quote, Transcript

Spared = Literal["other", "grave", "dispute"]
QUARREL = ("wrong_amount", "bad_service")
GRAVE = ("grave_case", "death_told", "despairs", "ill_in_mind", "emergency_now")
ILL, ILL_TURNS = ("health_emergency", "robbed"), 4  # turns in which an illness is still spoken of
CAME = ("hands_over", "self_identifies")
OTHER_PLAY, GRAVE_PLAY = "wrong_person", "health_emergency"


def unasked(
    transcript: Transcript, findings: Findings, turn: int, met: Collection[Quote] = ()
) -> tuple[Spared, str] | None:
    """Why nothing is to be asked for at `turn`, and the objection whose play has the words for it. `met`: the
    objections that got an answer that fits.
    """
    if by_another(transcript, findings, turn) or _is_another(transcript, findings, turn):
        return "other", OTHER_PLAY
    ill = _told(transcript, findings, ILL, range(turn - ILL_TURNS, turn + 1))
    if _of_people(transcript, findings, (*ill, *_told(transcript, findings, GRAVE, range(turn + 1)))):
        return "grave", GRAVE_PLAY
    if denied := _told(transcript, findings, DENIED, range(turn + 1)):
        return "dispute", denied[-1].label
    for quarrel in reversed(_told(transcript, findings, QUARREL, range(turn + 1))):
        between = range(quarrel.quote.turn + 1, turn)
        explained = quarrel.quote in met and reading.said(transcript, findings, ("answers",), turns=between)
        if not explained and not reading.said(transcript, findings, reading.LOOKS_INTO, turns=between):
            return "dispute", quarrel.label
    return None


def _told(
    transcript: Transcript, findings: Findings, labels: tuple[str, ...], turns: Collection[int]
) -> tuple[Finding, ...]:
    """What was said of `labels` in `turns`, unless something was promised since."""
    found = reading.said(transcript, findings, labels, by=("debtor", "other"), turns=turns)
    promise = findings.sure_promise
    if promise is None or promise.quote.turn not in turns:
        return found
    return tuple(f for f in found if f.quote.turn >= promise.quote.turn)


def _of_people(transcript: Transcript, findings: Findings, told: Collection[Finding]) -> bool:
    """Whether any of this was told of people; what befell an animal bars no ask."""
    turns = {f.quote.turn for f in told}
    return bool(turns - of_animals(transcript, findings, turns))


def _is_another(transcript: Transcript, findings: Findings, turn: int) -> bool:
    """Whether the same voice said not to be the debtor, whatever side its words stand on, and nobody came to
    the phone as the debtor since.
    """
    until = range(turn + 1)
    denied = reading.said(transcript, findings, ("wrong_person",), by=("debtor", "other"), turns=until)
    mine = [f for f in denied if transcript.turns[f.quote.turn].speaker == transcript.turns[turn].speaker]
    if not mine:
        return False
    came = reading.said(transcript, findings, CAME, by=("debtor", "other"), turns=until)
    known = [f.quote.turn for f in came] + [findings.people.identity_turn or 0]
    return not any(mine[-1].quote.turn < at <= turn for at in known)
