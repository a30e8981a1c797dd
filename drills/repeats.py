"""What the trainee says again, in the same words or nearly: it brings nothing new, and people say so.

    repeats(transcript)    # the agent's turns that only say what was said before

A sum, a day or a way to pay that was not named before is news, however alike the words around it are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from drills.matter import ANSWERS, EXPLORES
from drills.phrasing import named_times
from nlp.channels import channels_in
from nlp.ladder_model import sentences
from nlp.text import plain
from transcripts.types import Quote, Transcript

REPEATS = "repeats"  # finding of a turn that only repeats
SAME = 0.88  # likeness 0..1 of two sentences' words, from which one is the other said again
MOSTLY = 0.8  # share of a reply's words in sentences that were said before
FEWEST = 5  # words: «sí, dígame» may be said as often as it is asked for
SHORT = 3  # words of a sentence that may come back in any reply: «¿le parece?»
# what a turn that only repeats does not bring again: care, questions, answers, offers
BRINGS = (
    EXPLORES
    | ANSWERS
    | frozenset("empathy acknowledges apologises takes_up invites calls_back asks_again asks_call".split())
)
_WORD = re.compile(r"\w+")
REASKS = "reasks"  # finding of a question for what the debtor has told
# asks what happened, and takes up nothing of what was told
_WHAT_HAPPENED = re.compile(
    r"(?:(?:y|pero|entonces|bueno|a ver|ya|mire|oiga|digame|cuenteme|si|entiendo) )*"
    r"(?:que (?:es lo que |fue lo que )?(?:le |te |les )?(?:ha )?(?:paso|pasa|pasado|ocurrio|sucedio)"
    r"|por que no (?:ha |me ha )?(?:pago|pagado|paga|ha pagado|pudo pagar|ha podido pagar|abono)"
    r"|por que (?:se )?(?:atraso|retraso|esta atrasad[oa])"
    r"|a que se debe(?: (?:el|su|este) (?:atraso|retraso))?"
    r"|cual (?:es|fue) (?:el|la|su) (?:motivo|razon|causa)(?: (?:de|del) (?:su |el )?(?:atraso|retraso))?)"
    r"(?: (?:pues|entonces|senora?|usted|a usted|en si|exactamente|para no pagar|que no pago))*"
)


def repeats(transcript: Transcript) -> frozenset[int]:
    """The agent's turns that only say what the agent has said before."""
    out: set[int] = set()
    earlier: list[str] = []
    for at, turn in transcript.said_by("agent"):
        if _is_again(turn.text, tuple(earlier)):
            out.add(at)
        earlier.append(turn.text)
    return frozenset(out)


@lru_cache(maxsize=1024)
def _is_again(text: str, earlier: tuple[str, ...]) -> bool:
    words = _words(text)
    if len(words) < FEWEST or not earlier or _news(text) - _news(" . ".join(earlier)):
        return False
    said = [_words(one[start:end]) for one in earlier for start, end in sentences(one)]
    mine = [_words(text[start:end]) for start, end in sentences(text)]
    again = sum(len(one) for one in mine if len(one) <= SHORT or any(_alike(one, other) for other in said))
    told = any(len(one) > SHORT for one in mine)  # of nothing but small words nobody says that they come back
    return told and again >= MOSTLY * len(words)


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    if abs(len(one) - len(other)) > (1 - SAME) * (len(one) + len(other)):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= SAME


def _news(text: str) -> frozenset[str]:
    """What tells one offer from another: figures, days and hours, ways to pay."""
    return named_times(text) | {one.name for one in channels_in(text)}


def _words(text: str) -> tuple[str, ...]:
    return tuple(plain(one) for one in _WORD.findall(text))


def asked_again(transcript: Transcript, told: int | None) -> tuple[Quote, ...]:
    """The agent's sentences that ask what happened, after the debtor's turn `told` told it."""
    if told is None:
        return ()
    return tuple(
        transcript.quote(at, start, end)
        for at, turn in transcript.said_by("agent")
        if at > told
        for start, end in sentences(turn.text)
        if _WHAT_HAPPENED.fullmatch(" ".join(_words(turn.text[start:end])))
    )
