"""From which turn it is settled that the debtor speaks: asked for and answered, or said unasked.

Whoever denies settles nothing, nor does a yes to a telephone number; after a denial only who is asked for
again and says yes, or names themselves, is the debtor.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp.text import QUESTION, STOP, sound, word_set, words_of
from nlp.thresholds import OPERATING
from nlp.types import Finding
from transcripts.types import Transcript

ASKS = ("asks_for_debtor", "asks_identity_datum", "verifies_identity")
_CHECKS, _VOUCHED = "checks_number", "vouched_for"
_OWNS = ("self_identifies", "comes_on")
_ASKS_BACK = frozenset(map(sound, word_set("depende quién quien cuál")))
_QUESTIONS_BACK = tuple(
    tuple(map(sound, back.split()))
    for back in (
        "de parte", "quién", "y quién", "y usted quién", "usted quién", "con quién", "depende quién",
        "para qué", "y para qué", "qué asunto", "cuál es el asunto", "de qué asunto", "sobre qué",
        "depende", "de dónde", "y de dónde", "de qué empresa", "de qué banco", "qué quiere", "y qué quiere",
        "de qué se trata", "de qué es",
    )
)  # fmt: skip
_FIRST_TELL = tuple(tuple(map(sound, back.split())) for back in ("dígame primero", "primero dígame"))
_NO_ANSWER = {QUESTION, STOP, *map(sound, "bueno aló hola perdón disculpe buenas buenos tardes días".split())}
_GIVES_NOTHING = ("gives_no_datum", "guards_data")  # «no le doy ningún dato»
_NAMES_SELF = 0.8
_BACK_WORDS = 8  # more than a question back says something of its own


def settled_at(transcript: Transcript, findings: Sequence[Finding], debt: int | None) -> int | None:
    """First turn at which it is settled that the debtor speaks: they say so, or answer being asked for. Who
    asks back («¿quién lo busca?») or gives no datum confirms nothing: the answer after that settles it.
    """
    numbers = number_checks(findings)
    asked = {f.quote.turn for f in findings if f.label in ASKS} - numbers
    vouched = {f.quote.turn for f in findings if f.label == _VOUCHED}
    confirms = {f.quote.turn for f in findings if f.label == "confirms"}
    # «sí, dígame» to a telephone number is no name
    owns = {
        f.quote.turn
        for f in findings
        if f.label == "self_identifies" and (f.score >= _NAMES_SELF or f.quote.turn - 1 not in numbers)
    } - {i for i, turn in transcript.said_by("debtor") if _first_tell(turn.text)}
    comes = {f.quote.turn for f in findings if f.label == "comes_on"}
    denied = _denials(transcript, findings)
    withheld = {f.quote.turn for f in findings if f.label in _GIVES_NOTHING} - confirms
    asked |= {index + 1 for index in withheld}  # what was not given is still asked for: «¿en qué mes firmó?»

    def answers(index: int) -> bool:
        before = range(max(0, index - 2), index)
        if index in owns:
            return True
        if index in denied | withheld or not transcript.turns[index].text.strip():
            return False
        if index in confirms and not vouched.isdisjoint(before):
            return True
        after_denial = any(turn < index for turn in denied)
        if after_denial and index in comes:
            return True
        return not asked.isdisjoint(before) and (index in confirms or not after_denial)

    mine = [index for index, _ in transcript.said_by("debtor") if answers(index)]
    says = owns | confirms
    clear = (i for i in mine if i in says or not _asks_back(transcript.turns[i].text))
    first = next(clear, None)
    if first is not None and (debt is None or first < debt):
        return first
    return next((i for i in mine if i in owns or not _only_asks_back(transcript.turns[i].text)), None)


def number_checks(findings: Sequence[Finding]) -> frozenset[int]:
    """The agent's turns that ask for a telephone number or an address, and for nobody."""
    checks = [f.quote for f in findings if f.label == _CHECKS]
    turns = {quote.turn for quote in checks}
    for one in findings:
        if one.quote.turn not in turns:
            continue
        # a trained tagger takes such a question for one by name
        ruled = one.label in ASKS and one.source.startswith("rule")
        apart = not any(quote.overlaps(one.quote) for quote in checks)
        if one.label == "debtor_name" or (ruled and apart):
            turns.discard(one.quote.turn)
    return frozenset(turns)


def _denials(transcript: Transcript, findings: Sequence[Finding]) -> frozenset[int]:
    """The turns in which who speaks as the debtor says to be another."""
    owns = {f.quote.turn for f in findings if f.label in _OWNS}
    denied = {f.quote.turn for f in findings if f.label == "wrong_person" and f.score >= OPERATING}
    return frozenset(i for i, _ in transcript.said_by("debtor") if i in denied - owns)


def _only_asks_back(text: str) -> bool:
    """Whether nothing is said but a question back: «¿de parte de quién?», «¿para qué la busca?»."""
    sounds = tuple(one for one in words_of(text).sounds if one not in _NO_ANSWER)
    backs = any(sounds[: len(back)] == back for back in _QUESTIONS_BACK) or _first_tell(text)
    return 0 < len(sounds) <= _BACK_WORDS and backs


def _first_tell(text: str) -> bool:
    """«dígame primero de qué se trata»: no «dígame» of who is asked for."""
    sounds = words_of(text).sounds
    return any(sounds[: len(told)] == told for told in _FIRST_TELL)


def _asks_back(text: str) -> bool:
    sounds = words_of(text).sounds
    return QUESTION in sounds or bool(_ASKS_BACK.intersection(sounds[:3])) or _only_asks_back(text)
