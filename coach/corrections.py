"""A person's corrections of what was heard: sides swapped or found right, another text or speaker of a turn.

Turns keep their number and times. Words that stay keep theirs too; new ones share the time of those whose
place they take, up to the turn's beginning or end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from transcripts.corrections import correct_turn, settle_sides, swap_sides
from transcripts.corrections import maybe_swapped as maybe_swapped
from transcripts.spoken import plain
from transcripts.types import Speaker, Transcript, Turn, Word


@dataclass(frozen=True, slots=True)
class TurnEdit:
    """What a person heard at turn `turn`; None: as it is. `was`: the text when it was corrected."""

    turn: int
    was: str
    text: str | None = None
    speaker: Speaker | None = None


def corrected(
    transcript: Transcript, edits: Iterable[TurnEdit], *, swapped: bool = False, settled: bool = False
) -> Transcript:
    """The transcript with sides swapped where asked, then each edit; itself where nothing changes. `settled`:
    whoever is named then as the speaker of a turn is so for sure.

    Raises TranscriptError for a turn that is not there or would be empty.
    """
    out = swap_sides(transcript) if swapped else transcript
    for edit in edits:
        was = transcript.turns[edit.turn] if 0 <= edit.turn < len(transcript.turns) else None
        out = correct_turn(out, edit.turn, text=edit.text, speaker=edit.speaker)
        turn = out.turns[edit.turn]
        if was is not None and was.words and turn.text != was.text:
            timed = replace(turn, words=words_anew(was, turn.text))
            out = replace(out, turns=(*out.turns[: edit.turn], timed, *out.turns[edit.turn + 1 :]))
    return settle_sides(out) if settled else out


def said_by(transcript: Transcript, edits: Iterable[TurnEdit], *, swapped: bool = False) -> Transcript:
    """The transcript with who speaks as corrected, and its words as they were heard."""
    turns = (swap_sides(transcript) if swapped else transcript).turns
    named = {edit.turn: edit.speaker for edit in edits if edit.speaker is not None}
    its = tuple(replace(turn, speaker=named.get(i, turn.speaker)) for i, turn in enumerate(turns))
    return replace(transcript, turns=its)


def by_agent(transcript: Transcript, edits: Iterable[TurnEdit], *, swapped: bool = False) -> frozenset[int]:
    """The turns that are the agent's after the corrections."""
    its = said_by(transcript, edits, swapped=swapped)
    return frozenset(i for i, turn in enumerate(its.turns) if turn.speaker == "agent")


def words_anew(turn: Turn, text: str) -> tuple[Word, ...]:
    """The words of `text` with times: those of the turn's own words where they are the same."""
    old, new = turn.words, text.split()
    began = min(at for at in (turn.start_s, old[0].start_s) if at is not None)
    ended = max(at for at in (turn.end_s, old[-1].end_s) if at is not None)
    same = SequenceMatcher(
        a=[plain(word.text) for word in old], b=[plain(word) for word in new], autojunk=False
    )
    out: list[Word] = []
    for kind, from_, to, start, end in same.get_opcodes():
        if kind == "equal":
            out += [
                replace(word, text=text) for word, text in zip(old[from_:to], new[start:end], strict=True)
            ]
        elif start < end:
            before = out[-1].end_s if out else began
            after = old[to].start_s if to < len(old) else ended
            out += _shared(new[start:end], min(before, after), max(before, after))
    return tuple(out)


def _shared(words: list[str], start_s: float, end_s: float) -> list[Word]:
    """`words` one after the other in this stretch, each as long as its letters; a person's word is sure."""
    letters = sum(map(len, words))
    out, at = [], start_s
    for word in words:
        then = min(end_s, at + (end_s - start_s) * len(word) / letters)
        out.append(Word(at, then, word, 1.0))
        at = then
    return out
