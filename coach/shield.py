"""A call as it is shown to who need not know the debtor: names and numbers covered, letter for letter.

What covers a stretch is as long as the stretch, so that every quote keeps its place. Cards, accounts and
identity numbers are covered for everybody; the promise's sum and day never are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from coach.store import Store
from coach.types import Call
from nlp.redact import PLACEHOLDERS, Redaction, redactions
from transcripts.types import Quote, Recording, Transcript, Turn, Word

ALWAYS = frozenset(("card", "account", "id"))
COVER = "•"
T = TypeVar("T")


def shielded(call: Call, *, names: bool) -> Call:
    """The call with numbers of cards, accounts and identity covered; without `names` all that gives anybody
    away, and without the debtor's name and account in its facts.
    """
    transcript = call.transcript
    found = [one for one in redactions(transcript, call.findings.promise) if not names or one.kind in ALWAYS]
    if found:
        turns = tuple(
            _covered(turn, [one for one in found if one.quote.turn == place])
            for place, turn in enumerate(transcript.turns)
        )
        shown = replace(transcript, turns=turns)
        secrets = _secrets(found)
        card = _requoted(call.scorecard, shown, secrets)
        call = Call(shown, _requoted(call.findings, shown, ()), card, call.review)
    if names:
        return call
    taken = _texts_taken_out(call.transcript)
    return replace(call, transcript=replace(taken, recording=nameless(taken.recording)))


def as_heard(call: Call, quote: Quote) -> Quote | None:
    """The quote with what was said, where it is one of the call as it is or as it is shown; else None."""
    turns = call.transcript.turns
    if not (0 <= quote.turn < len(turns) and 0 <= quote.start < quote.end <= len(turns[quote.turn].text)):
        return None
    plain = call.transcript.quote(quote.turn, quote.start, quote.end)
    shown = (shielded(call, names=names).transcript for names in (True, False))
    if plain == quote or any(one.quote(quote.turn, quote.start, quote.end) == quote for one in shown):
        return plain
    return None


def uncovered(store: Store, recording_id: str, turn: int, text: str) -> str:
    """What a person wrote over a turn that was shown covered, with what was covered back in its place."""
    if "[" not in text and COVER not in text:
        return text
    call = store.call(recording_id)
    if not 0 <= turn < len(call.transcript.turns):
        return text
    found = [one for one in redactions(call.transcript, call.findings.promise) if one.quote.turn == turn]
    at = 0
    for one in found:
        cover_ = cover(PLACEHOLDERS[one.kind], len(one.quote.text))
        place = text.find(cover_, at)
        if place >= 0:
            text = text[:place] + one.quote.text + text[place + len(cover_) :]
            at = place + len(one.quote.text)
    return text


def nameless(recording: Recording) -> Recording:
    """The facts without who the debtor is."""
    return replace(recording, debtor_name=None, account=None)


def _covered(turn: Turn, spans: list[Redaction]) -> Turn:
    if not spans:
        return turn
    text = turn.text
    for one in spans:
        start, end = one.quote.start, one.quote.end
        text = text[:start] + cover(PLACEHOLDERS[one.kind], end - start) + text[end:]
    return replace(turn, text=text, words=_words(turn, text))


def cover(placeholder: str, length: int) -> str:
    """`placeholder` filled up to `length` characters; where it does not fit, dots alone."""
    return placeholder.ljust(length, COVER) if len(placeholder) <= length else COVER * length


def _words(turn: Turn, text: str) -> tuple[Word, ...]:
    """The words with what stands in their place now; one that cannot be placed is covered."""
    out, at = [], 0
    for word in turn.words:
        said = word.text.strip()
        start = turn.text.find(said, at)
        if start < 0:
            out.append(replace(word, text=COVER * len(said)))
            continue
        at = start + len(said)
        out.append(replace(word, text=text[start:at]))
    return tuple(out)


def _secrets(found: Iterable[Redaction]) -> tuple[tuple[str, str], ...]:
    """Covered words, the longest first, with their placeholders: for reasons that repeat them."""
    said = {one.quote.text: PLACEHOLDERS[one.kind] for one in found if len(one.quote.text) > 2}
    return tuple(sorted(said.items(), key=lambda pair: -len(pair[0])))


def _requoted(value: T, transcript: Transcript, secrets: tuple[tuple[str, str], ...]) -> T:
    """`value` with every quote in it read from `transcript`, and no secret in its other texts."""

    def again(one: Any) -> Any:
        if isinstance(one, Quote):
            return transcript.quote(one.turn, one.start, one.end)
        if isinstance(one, tuple):
            return tuple(again(each) for each in one)
        if isinstance(one, dict):
            return {key: again(each) for key, each in one.items()}
        if isinstance(one, str):
            return _without(one, secrets)
        if is_dataclass(one) and not isinstance(one, type):
            return replace(one, **{f.name: again(getattr(one, f.name)) for f in fields(one) if f.init})
        return one

    made: T = again(value)
    return made


def _without(text: str, secrets: tuple[tuple[str, str], ...]) -> str:
    for said, placeholder in secrets:
        text = text.replace(said, placeholder)
    return text


def _texts_taken_out(transcript: Transcript) -> Transcript:
    """Without the words that were heard and not believed: nobody needs them who needs no names."""
    stretches = tuple(replace(one, text="") for one in transcript.trust.stretches)
    return replace(transcript, trust=replace(transcript.trust, stretches=stretches))
