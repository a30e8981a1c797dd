"""Correcting a turn of which something is covered. Who corrects sees placeholders and leaves them where they
are: the words behind them stay as they were said, and stay covered, whatever the words around them say now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from coach.corrections import TurnEdit, corrected
from coach.draft_body import DraftBody
from coach.shield import as_read, cover, covered_text, stretches_of
from coach.types import Call
from nlp.redact import PLACEHOLDERS, Redaction, redactions
from nlp.types import Findings, Promise
from transcripts.types import Cover, Transcript

_PARTS = re.compile(r"\[\w+\]•*|▪+|▫+|\w+|[^\w\s]")


def with_covers(before: Call, after: Transcript, promise: Promise | None = None) -> Transcript:
    """The corrected transcript, in which all that was covered before is covered still. `promise`: the one
    that was found in it.
    """
    bare = replace(after, covers=())
    found = redactions(bare, promise)
    ends: dict[int, int] = {}
    covers = []
    for one in stretches_of(before):
        turn = one.quote.turn
        place = _place(before.transcript, after, one, ends.get(turn, 0))
        if place is None:
            continue
        start, ends[turn] = place
        if not any(_within(start, ends[turn], turn, one, other) for other in found):
            covers.append(Cover(turn, start, ends[turn], one.kind))
    return replace(bare, covers=tuple(covers))


def shown_edits(call: Call, body: DraftBody, *, names: bool) -> Mapping[int, str]:
    """By turn, what the person heard there, covered as `coach.shield` covers the call, as people read it."""
    turns = [edit.turn for edit in _holding(call, body) if edit.text is not None]
    if not turns:
        return {}
    heard = _heard(call, body)
    return {turn: as_read(covered_text(heard, turn, names=names)) for turn in turns}


def uncovered(call: Call, body: DraftBody, turn: int, text: str) -> str:
    """What a person wrote over a turn that was shown covered, with the words behind each placeholder back in
    its place. `call` is as it was said, `body` what was corrected before.
    """
    if not 0 <= turn < len(call.transcript.turns):
        return text
    heard = _heard(call, body)
    held = [one for one in stretches_of(heard) if one.quote.turn == turn]
    shown = list(_shown(heard.transcript.turns[turn].text, held))
    written = list(_PARTS.finditer(text))
    read = [as_read(part[0]) for part in written]
    left, back = dict(enumerate(held)), {}
    matcher = SequenceMatcher(a=[said for said, _ in shown], b=read, autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for step in range(size):
            if (place := shown[a + step][1]) is not None:
                back[b + step] = left.pop(place)
    for at, said in enumerate(read):  # one that was moved: the first of its kind that is left
        place = next((i for i, one in left.items() if _read(one) == said), None)
        if at not in back and place is not None:
            back[at] = left.pop(place)
    for at, one in sorted(back.items(), reverse=True):
        text = text[: written[at].start()] + one.quote.text + text[written[at].end() :]
    return text


def _heard(call: Call, body: DraftBody) -> Call:
    """The call with what was corrected in the review so far; nothing is judged in it."""
    edits, promise = _holding(call, body), call.findings.promise
    if not edits and not body.swapped:
        return call
    heard = corrected(call.transcript, edits, swapped=body.swapped)
    return replace(call, transcript=with_covers(call, heard, promise), findings=Findings(promise=promise))


def _holding(call: Call, body: DraftBody) -> tuple[TurnEdit, ...]:
    """The corrections of turns that are still as they were when they were corrected."""
    turns = call.transcript.turns
    return tuple(one for one in body.edits if one.turn < len(turns) and turns[one.turn].text == one.was)


def _place(before: Transcript, after: Transcript, one: Redaction, at: int) -> tuple[int, int] | None:
    """Where the words stand in the corrected turn, from `at` on; None where they are gone."""
    turn = one.quote.turn
    if before.turns[turn].text == after.turns[turn].text:
        return one.quote.start, one.quote.end
    found = re.compile(rf"(?<!\w){re.escape(one.quote.text)}(?!\w)").search(after.turns[turn].text, at)
    return found.span() if found else None


def _within(start: int, end: int, turn: int, one: Redaction, other: Redaction) -> bool:
    quote = other.quote
    return quote.turn == turn and quote.start <= start and end <= quote.end and other.kind == one.kind


def _shown(text: str, held: list[Redaction]) -> Iterator[tuple[str, int | None]]:
    """Words and placeholders of a turn as people read it; of a placeholder, which of `held` it stands for."""
    at = 0
    for place, one in enumerate(held):
        yield from ((part, None) for part in _PARTS.findall(text[at : one.quote.start]))
        yield _read(one), place
        at = one.quote.end
    yield from ((part, None) for part in _PARTS.findall(text[at:]))


def _read(one: Redaction) -> str:
    return as_read(cover(PLACEHOLDERS[one.kind], len(one.quote.text)))
