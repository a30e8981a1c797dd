"""Who is on the far side of a recording: the channel tells that somebody is, the words who.

Transcripts that come with speakers keep them: this is for what was heard by channel, where the far side is
called `debtor` until somebody says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from nlp.cues import lines, read_lexicon, read_yaml
from nlp.names import called
from nlp.patterns import Grammar
from nlp.tagger import scored
from nlp.text import Words, words_of
from transcripts.types import Speaker, Transcript, Turn

_GREETING_WORDS = 10  # «Sí, con él habla»; in a long turn «…con él» is about somebody else
_SURE = 0.8  # one strong phrase; a call is not turned over on less
OPENING_FAR_TURNS = 4  # who answers says so at once; later «no está» is about somebody else
_DENIAL_WORDS = 35  # in a longer speech «no soy yo» is part of a story
_NAMED = "nombrado"  # what stands for each of the debtor's names before the patterns read a turn


@dataclass(frozen=True, slots=True)
class _Said:
    """What one turn of the far side tells of who speaks."""

    denies: bool  # is not the debtor
    machine: bool
    is_debtor: bool
    takes_over: bool  # «¿aló?»: comes to the phone, as far as somebody else had it


def name_far_side(transcript: Transcript) -> Transcript:
    """`transcript` with `other` for whoever answers in the debtor's place, until the debtor takes over.

    Who is not the debtor was not the debtor in their turns before either, back to the last turn
    in which the debtor was known to speak.
    """
    turns = list(transcript.turns)
    names = called(transcript.recording.debtor_name or "")
    other = known = False
    unnamed: list[int] = []  # far turns of whom nothing is known yet
    for place, (index, turn) in enumerate(transcript.said_by("debtor")):
        said = _said(turn, names)
        opening = place < OPENING_FAR_TURNS and not known
        if (said.denies and (opening or other)) or said.machine:
            other = True
            for earlier in unnamed if said.denies else ():
                turns[earlier] = _named(turns[earlier], "other")
            unnamed = []
        elif said.is_debtor or (other and said.takes_over):
            other, known, unnamed = False, known or said.is_debtor, []
        if other:
            turns[index] = _named(turn, "other")
            other = not said.machine and not _says(turn, "hands_over", _SURE)
        else:
            unnamed.append(index)
    return replace(transcript, turns=tuple(turns))


def _said(turn: Turn, names: frozenset[str]) -> _Said:
    if turn.doubt is not None:
        return _Said(False, False, False, False)
    words = words_of(turn.text)
    found = {match.name for match in _grammar().find(_with_names(words, names))}
    short = len(words.words) <= _GREETING_WORDS
    debtor = _says(turn, "self_identifies", _SURE)
    denies = bool(found & {"other", "hands_over"}) or (_says(turn, "wrong_person", _SURE) and not debtor)
    return _Said(
        denies=denies and len(words.words) <= _DENIAL_WORDS,
        machine="machine" in found,
        is_debtor=debtor and short,
        takes_over="takes_over" in found,
    )


def _with_names(words: Words, names: frozenset[str]) -> tuple[str, ...]:
    return tuple(_NAMED if word.sound in names else word.sound for word in words.words)


@lru_cache(maxsize=1)
def _grammar() -> Grammar:
    stanzas = read_yaml(Path(__file__).with_name("parties.yaml"))
    concepts = {"answers": [*read_lexicon()["kin"], *str(stanzas.pop("answers")).split()], "named": [_NAMED]}
    return Grammar(concepts, [(name, text) for name, block in stanzas.items() for text in lines(block)])


def _says(turn: Turn, label: str, bar: float) -> bool:
    found = scored(turn.text, "debtor")[1].get(label)
    return turn.doubt is None and found is not None and found.score >= bar


def _named(turn: Turn, speaker: Speaker) -> Turn:
    return replace(turn, speaker=speaker)
