"""A person's corrections: each makes a new transcript, and what a person decided is no guess any more."""

from __future__ import annotations

from dataclasses import replace

from transcripts.formats.roles import SIDES_MAYBE_SWAPPED, VOICES
from transcripts.types import Speaker, Transcript, TranscriptError, Turn

_OTHER_SIDE: dict[Speaker, Speaker] = {"agent": "debtor", "debtor": "agent"}


def swap_sides(transcript: Transcript) -> Transcript:
    """The transcript with agent and debtor exchanged; nobody else changes. Where the channels only sounded
    exchanged, that settles who speaks.
    """
    turns = tuple(
        replace(turn, speaker=_OTHER_SIDE.get(turn.speaker, turn.speaker)) for turn in transcript.turns
    )
    out = replace(transcript, turns=turns)
    return _with_turns(_sides_known(out), turns) if maybe_swapped(out) else out


def settle_sides(transcript: Transcript) -> Transcript:
    """The transcript with every speaker as it stands, sure from now on; turns of nobody known stay open."""
    known = (
        turn if turn.speaker == "unknown" else replace(turn, speaker_confidence=None)
        for turn in transcript.turns
    )
    return _with_turns(_sides_known(transcript), tuple(known))


def correct_turn(
    transcript: Transcript, index: int, *, text: str | None = None, speaker: Speaker | None = None
) -> Transcript:
    """The transcript with another text or speaker for turn `index`, sure from now on.

    Words with their times are kept while the text stays the same. Raises TranscriptError for an empty text or
    an index that does not exist.
    """
    turn = _turn(transcript, index)
    if text is not None and not text.strip():
        raise TranscriptError(f"El turno {index} quedaría vacío. Escriba lo que se oye.")
    if text is not None and text.strip() != turn.text:
        turn = replace(turn, text=text.strip(), words=(), doubt=None)
    if speaker is not None:
        turn = replace(turn, speaker=speaker, speaker_confidence=None)
    return _with_turns(transcript, (*transcript.turns[:index], turn, *transcript.turns[index + 1 :]))


def _turn(transcript: Transcript, index: int) -> Turn:
    if not 0 <= index < len(transcript.turns):
        raise TranscriptError(f"No existe el turno {index}: la llamada tiene {len(transcript.turns)}.")
    return transcript.turns[index]


def _with_turns(transcript: Transcript, turns: tuple[Turn, ...]) -> Transcript:
    """New turns; once a person has settled every speaker, and the sides, the speakers are sure."""
    named = all(turn.speaker_confidence is None and turn.speaker != "unknown" for turn in turns)
    settled = named and not maybe_swapped(transcript)
    kept = tuple(each for each in transcript.trust.notices if not (settled and each.code in VOICES))
    sure = transcript.trust.sure_speakers or settled
    trust = replace(transcript.trust, sure_speakers=sure, notices=kept)
    return replace(transcript, turns=turns, trust=trust)


def maybe_swapped(transcript: Transcript) -> bool:
    """Whether the channels sound exchanged and nobody has said yet which is whose."""
    return any(each.code == SIDES_MAYBE_SWAPPED for each in transcript.trust.notices)


def _sides_known(transcript: Transcript) -> Transcript:
    """Without the warning that the channels may be exchanged: a person has said which is whose."""
    kept = tuple(each for each in transcript.trust.notices if each.code != SIDES_MAYBE_SWAPPED)
    return replace(transcript, trust=replace(transcript.trust, notices=kept))
