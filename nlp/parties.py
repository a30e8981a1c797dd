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
from transcripts.formats.roles import ROLES_GUESSED, SPEAKERS_UNKNOWN, taken_for
from transcripts.types import Speaker, Transcript, Turn

_GREETING_WORDS = 10  # «Sí, con él habla»; in a long turn «…con él» is about somebody else
_SURE = 0.8  # one strong phrase; a call is not turned over on less
OPENING_FAR_TURNS = 4  # who answers says so at once; later «no está» is about somebody else
_DENIAL_WORDS = 35  # in a longer speech «no soy yo» is part of a story
_NAMED_SURE = 0.95  # what a person wrote may be wrong, a reading of words too
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


def name_voices(transcript: Transcript) -> Transcript:
    """`transcript` with who the voices are that face the agent under labels that name nobody (`voices`).

    Who says that they are not the debtor is another person, who says that they are is the debtor, and so is
    the one voice that is left. Speakers are sure then, but where a voice says both, or two are left.
    """
    if not any(transcript.voices):
        return transcript
    names = called(transcript.recording.debtor_name or "")
    told = {
        label: _told(transcript, label, names) for label in dict.fromkeys(filter(None, transcript.voices))
    }
    at_odds = [label for label, roles in told.items() if len(roles) > 1]
    left = [label for label, roles in told.items() if roles != {"other"}]
    is_debtor = [label for label in left if "debtor" in told[label]]
    debtor = left if len(left) == 1 else is_debtor
    settled = bool(debtor) if left else True
    if at_odds or not settled or len(debtor) > 1:
        return replace(transcript, voices=())
    roles: dict[str, Speaker] = {label: "debtor" if label in debtor else "other" for label in told}
    turns = tuple(
        replace(turn, speaker=roles[label], speaker_confidence=_at_most(turn)) if label else turn
        for turn, label in zip(transcript.turns, transcript.voices, strict=True)
    )
    open_still = any(turn.speaker == "unknown" for turn in turns)
    gone = {ROLES_GUESSED} if open_still else {ROLES_GUESSED, SPEAKERS_UNKNOWN}
    kept = [notice for notice in transcript.trust.notices if notice.code not in gone]
    kept += [taken_for(label, role, _why(told[label], role)) for label, role in roles.items()]
    trust = replace(transcript.trust, sure_speakers=not open_still, notices=tuple(kept))
    return replace(transcript, turns=turns, trust=trust, voices=())


def _at_most(turn: Turn) -> float:
    """How sure the named voice of a turn is: less where words of another may be in it."""
    return _NAMED_SURE if turn.speaker_confidence is None else min(_NAMED_SURE, turn.speaker_confidence)


def _told(transcript: Transcript, label: str, names: frozenset[str]) -> frozenset[Speaker]:
    """Whom the voice says, as it answers, that it is."""
    own = [turn for turn, voice in zip(transcript.turns, transcript.voices, strict=True) if voice == label]
    said = [_said(turn, names) for turn in own[:OPENING_FAR_TURNS]]
    roles: set[Speaker] = {"other"} if any(one.denies or one.machine for one in said) else set()
    return frozenset(roles | ({"debtor"} if any(one.is_debtor for one in said) else set()))


def _why(told: frozenset[Speaker], role: Speaker) -> str:
    if told:
        return "así lo dice" if role == "debtor" else "dice que no es el titular"
    return "es la única otra voz" if role == "debtor" else "el titular es otra voz"


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
