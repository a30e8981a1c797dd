"""A call as it is shown to who need not know the debtor: names and numbers covered, letter for letter.

What covers a stretch is as long as the stretch, so that every quote keeps its place; `as_read` makes one
placeholder of it where it is drawn. Cards, accounts and identity numbers are covered for everybody; the
promise's sum and day never are. Every screen that shows words of a call, or what somebody wrote about one,
asks here; `coach.discreet` does for what leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from functools import cache, lru_cache
from typing import Any, TypeVar

from coach.types import Call, Review
from coach.viewers import Viewer
from nlp.redact import PLACEHOLDERS, Redaction, redacted_text, redactions
from nlp.types import Promise
from transcripts.types import Cover, Quote, Recording, Transcript, Turn, Word

ALWAYS = frozenset(("card", "account", "id"))
FILL = "•"  # behind a placeholder
SHORT = {PLACEHOLDERS["name"]: "▪", PLACEHOLDERS["digits"]: "▫"}  # where none fits: a name, or all else
LEAST_SECRET = 3  # letters; shorter words would be found in others
_COVERED = re.compile(rf"(\[\w+\]){FILL}+|{'|'.join(f'{dot}+' for dot in SHORT.values())}")
_PROSE = frozenset(("reason", "doubt", "notes", "evaluable_reason"))  # what may repeat words of the call
_KEPT = 128  # calls whose stretches are kept in memory: a screen asks for the same call several times
T = TypeVar("T")
Secrets = tuple[tuple[str, str], ...]


def as_seen(viewer: Viewer, call: Call) -> Call:
    """The call with what this viewer need not know covered; what they may not see yet is not its matter."""
    return shielded(call, names=viewer.may("names"))


def shielded(call: Call, *, names: bool) -> Call:
    """The call with numbers of cards, accounts and identity covered; without `names` all that gives anybody
    away, and without the debtor's name and account in its facts. Reasons and notes are covered too.
    """
    transcript = call.transcript
    found = _covers(call, names=names)
    secrets = _secrets(found)
    if not names:
        secrets = (*secrets, *_known(transcript.recording))
    review = call.review and _review(call.review, transcript.recording, secrets, names=names)
    if found:
        turns = list(transcript.turns)
        for place in {one.quote.turn for one in found}:
            turns[place] = _covered(turns[place], [one for one in found if one.quote.turn == place])
        shown = replace(transcript, turns=tuple(turns))
        card = requoted(call.scorecard, shown, secrets)
        call = Call(shown, requoted(call.findings, shown, ()), card, review)
    elif review is not call.review or secrets:
        call = replace(call, scorecard=requoted(call.scorecard, transcript, secrets), review=review)
    if names:
        return call
    taken = _texts_taken_out(call.transcript)
    return replace(call, transcript=replace(taken, recording=nameless(taken.recording)))


def written(text: str, call: Call, *, names: bool) -> str:
    """What somebody wrote about the call, with placeholders for what is covered in it: in the call's words,
    in its facts, or by what the text itself says. The call is as it was said, not as it is shown.
    """
    secrets = _secrets(_covers(call, names=names))
    if not names:
        secrets = (*secrets, *_known(call.transcript.recording))
    return written_alone(_without(text, secrets), call.transcript.recording, names=names)


def written_alone(text: str, recording: Recording, *, names: bool) -> str:
    """The same where only the facts of the call are at hand."""
    if not text:
        return text
    secrets = () if names else _known(recording)
    told = Transcript(recording, (Turn("unknown", text),))
    kinds = (one for one in redactions(told) if not names or one.kind in ALWAYS)
    return _without(redacted_text(text, kinds), secrets)


def quote_alone(quote: Quote, *, names: bool) -> Quote:
    """A quote of which the call is not at hand, covered letter for letter by what it says itself."""
    held = redactions(Transcript(Recording("quote"), (Turn("unknown", quote.text),)))
    shown = _covered(Turn("unknown", quote.text), [one for one in held if not names or one.kind in ALWAYS])
    return replace(quote, text=shown.text)


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


def covered_text(call: Call, turn: int, *, names: bool) -> str:
    """The text of one turn, covered letter for letter as `shielded` covers it."""
    found = [one for one in _covers(call, names=names) if one.quote.turn == turn]
    return _covered(call.transcript.turns[turn], found).text


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
    if len(placeholder) <= length:
        return placeholder.ljust(length, FILL)
    return SHORT.get(placeholder, SHORT[PLACEHOLDERS["digits"]]) * length


def as_read(text: str) -> str:
    """Covered text as people read it: one placeholder for a stretch, which tells nothing of its length."""
    names = {dot: placeholder for placeholder, dot in SHORT.items()}
    return _COVERED.sub(lambda found: found[1] or names[found[0][0]], text)


def read_around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """What stands before, in and after a quote, `as_read`; a cover that its edge cuts is in it whole."""
    for one in _COVERED.finditer(text):
        start = one.start() if one.start() < start < one.end() else start
        end = one.end() if one.start() < end < one.end() else end
    return as_read(text[:start]), as_read(text[start:end]), as_read(text[end:])


def _words(turn: Turn, text: str) -> tuple[Word, ...]:
    """The words with what stands in their place now; one that cannot be placed is covered."""
    out, at = [], 0
    for word in turn.words:
        said = word.text.strip()
        start = turn.text.find(said, at)
        if start < 0:
            out.append(replace(word, text=FILL * len(said)))
            continue
        at = start + len(said)
        out.append(replace(word, text=text[start:at]))
    return tuple(out)


def stretches_of(call: Call) -> tuple[Redaction, ...]:
    """What gives anybody away in the call, without seconds; kept for the calls asked for last."""
    bare = tuple(replace(turn, words=()) if turn.words else turn for turn in call.transcript.turns)
    return _stretches(bare, call.transcript.covers, call.transcript.recording, call.findings.promise)


@lru_cache(maxsize=_KEPT)
def _stretches(
    turns: tuple[Turn, ...], covers: tuple[Cover, ...], recording: Recording, promise: Promise | None
) -> tuple[Redaction, ...]:
    return redactions(Transcript(recording, turns, covers=covers), promise)


def _covers(call: Call, *, names: bool) -> list[Redaction]:
    return [one for one in stretches_of(call) if not names or one.kind in ALWAYS]


def _secrets(found: Iterable[Redaction]) -> Secrets:
    """Covered words, the longest first, with their placeholders: for reasons that repeat them."""
    said = {one.quote.text: PLACEHOLDERS[one.kind] for one in found if len(one.quote.text) >= LEAST_SECRET}
    return tuple(sorted(said.items(), key=lambda pair: -len(pair[0])))


def _known(recording: Recording) -> Secrets:
    """What the facts of the call know of the debtor: the name, whole, and the account."""
    facts = (
        (recording.debtor_name, PLACEHOLDERS["name"]),
        (recording.account, PLACEHOLDERS["account"]),
    )
    return tuple((said, instead) for said, instead in facts if said and len(said) >= LEAST_SECRET)


def _review(review: Review, recording: Recording, secrets: Secrets, *, names: bool) -> Review:
    """A person's words on the call, covered; the same object where there is nothing to cover."""

    def clean(text: str) -> str:
        return written_alone(_without(text, secrets), recording, names=names)

    said = tuple(replace(one, reason=clean(one.reason)) for one in review.overrides)
    shown = replace(review, overrides=said, notes=clean(review.notes))
    return review if shown == review else shown


def requoted(value: T, transcript: Transcript, secrets: Secrets = ()) -> T:
    """`value` with every quote in it read from `transcript`, and no secret in what it says in words."""

    def again(one: Any) -> Any:
        if isinstance(one, Quote):
            return transcript.quote(one.turn, one.start, one.end)
        if isinstance(one, tuple):
            parts = tuple(again(each) for each in one)
            return parts if any(a is not b for a, b in zip(one, parts, strict=True)) else one
        if isinstance(one, dict):
            return {key: again(each) for key, each in one.items()}
        kind: Any = type(one)
        if names := _parts(kind):
            its = {name: getattr(one, name) for name in names}
            new = {name: _said(name, part, secrets) or again(part) for name, part in its.items()}
            return replace(one, **new) if any(new[name] is not its[name] for name in names) else one
        return one

    made: T = again(value)
    return made


@cache
def _parts(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass; of all else none."""
    return tuple(field.name for field in fields(kind) if field.init) if is_dataclass(kind) else ()


def _said(field: str, value: Any, secrets: Secrets) -> str | None:
    """The text of a field that is prose; None for all others: ids stay whole."""
    return _without(value, secrets) if field in _PROSE and isinstance(value, str) else None


def _without(text: str, secrets: Secrets) -> str:
    for said, placeholder in secrets:
        text = text.replace(said, placeholder)
    return text


def _texts_taken_out(transcript: Transcript) -> Transcript:
    """Without the words that were heard and not believed: nobody needs them who needs no names."""
    stretches = tuple(replace(one, text="") for one in transcript.trust.stretches)
    return replace(transcript, trust=replace(transcript.trust, stretches=stretches))
