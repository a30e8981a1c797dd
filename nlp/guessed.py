"""A debt that somebody else guesses, and how sure a yes is to grant it.

«¿Lo de las cuotas atrasadas?» «Sí, señora, eso.» tells them as much as the words would. A yes answers what
was asked last: «¿es por la deuda? ¿Le doy el recado?» «Sí, por favor» grants no guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nlp.cues import Scored
from nlp.text import QUESTION, STOP, Words

TAG = 2  # words of a question that only asks for a yes to what stands before it: «¿verdad?», «¿o no?»


@dataclass(frozen=True, slots=True)
class Guess:
    """What the far side's turn says of a debt. `named` anywhere; `last`: by what an answer takes up; `asked`
    there, in a question and in words that mean nothing else.
    """

    named: bool = False
    last: bool = False
    asked: bool = False


NO_GUESS = Guess()


def guess(words: Words, found: Mapping[str, Scored]) -> Guess:
    must, none = _words(found, "must_do_it"), _words(found, "owes_nothing")
    outright = _words(found, "names_debt_outright") - none
    named = (_words(found, "names_debt") - must - none) | _words(found, "names_debt_more") | outright
    if not named:
        return NO_GUESS
    first, end, question = _asked_last(words.sounds)
    here = range(first, end)
    return Guess(True, any(at in here for at in named), question and any(at in here for at in outright))


def _words(found: Mapping[str, Scored], label: str) -> set[int]:
    """Where the hits of `label` begin."""
    return {hit.first for hit in found[label].hits} if label in found else set()


def _asked_last(sounds: tuple[str, ...]) -> tuple[int, int, bool]:
    """First and last word of the last question, or of the last sentence where none is asked."""
    parts, first = list[tuple[int, int, bool]](), 0
    for at, sound in enumerate((*sounds, STOP)):
        if sound in (STOP, QUESTION):
            if at > first:
                parts.append((first, at, sound == QUESTION))
            first = at + 1
    asked = [at for at, (_, _, question) in enumerate(parts) if question]
    if not asked:
        return parts[-1] if parts else (0, 0, False)
    start, end, _ = parts[asked[-1]]
    if end - start <= TAG and asked[-1] > 0:
        start = parts[asked[-1] - 1][0]
    return start, end, True
