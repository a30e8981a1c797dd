"""The debtor's own name and own words of denial, which make nobody else of whoever says them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nlp.text import Words, sound, word_set, words_of
from nlp.thresholds import call_bar
from nlp.types import Finding
from transcripts.types import Transcript

_AM = frozenset(map(sound, word_set("soy habla aquí acá con")))
_ASKED = ("asks_for_debtor", "verifies_identity")
# «soy Ramiro, el hijo»: of the same name, and another
_KIN = frozenset(
    map(
        sound,
        word_set(
            "hijo hija hermano hermana esposo esposa papá mamá padre madre primo prima tío tía nieto nieta "
            "sobrino sobrina cuñado cuñada yerno nuera junior menor tocayo tocaya vecino vecina no"
        ),
    )
)


def without_own_name(transcript: Transcript, found: Sequence[Finding]) -> list[Finding]:
    """`found` without the debtor taken for another: «yo soy Ramiro» where Ramiro was asked for, and «está
    equivocado» by who said before to be the one, of a debt that the same turn disputes.
    """
    known = {turn: _names(transcript, found, turn) for turn in {f.quote.turn for f in found if _denies(f)}}
    owned = min((f.quote.turn for f in found if f.label == "self_identifies"), default=len(transcript.turns))
    disputed = {f.quote.turn for f in found if f.label == "not_my_debt" and f.score >= call_bar(f.label)}

    def mine(one: Finding) -> bool:
        turn = transcript.turns[one.quote.turn]
        if not _denies(one) or turn.speaker == "other":
            return False
        if owned < one.quote.turn and one.quote.turn in disputed:
            return True
        return _gives(words_of(turn.text), known[one.quote.turn])

    return [f for f in found if not mine(f)]


def _denies(finding: Finding) -> bool:
    return finding.label == "wrong_person"


def _names(transcript: Transcript, found: Sequence[Finding], turn: int) -> frozenset[str]:
    """The debtor's given names as the call's facts have them, else what the agent asked for just before."""
    if transcript.recording.debtor_name:
        return frozenset(words_of(transcript.recording.debtor_name).sounds)
    asked = [f.quote for f in found if f.label in _ASKED and turn - 2 <= f.quote.turn < turn]
    words = [word for quote in asked for word in words_of(transcript.turns[quote.turn].text).words]
    return frozenset(word.sound for word in words if word.raw[:1].isupper())


def _gives(words: Words, names: frozenset[str]) -> bool:
    """Whether somebody says to be one of `names`, and nothing that makes another of them."""
    said = [word.sound for word in words.words]
    return not _KIN.intersection(said) and any(
        one in _AM and other in names and len(other) > 2 for one, other in pairwise(said)
    )
