"""What the place in the call does to an agent's acts: a «buenas tardes» at the end greets nobody, and
to answer a debtor who spoke of a lawsuit is not to threaten with one.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlp.cues import Hit, Scored, combine
from nlp.guessed import NO_GUESS, Guess
from nlp.text import QUESTION, STOP, Words
from nlp.thresholds import HINT, OPERATING, call_bar
from nlp.types import Finding, Promise

OPENING_TURNS = 8  # of the whole call: later a greeting needs a name with it
ANSWER, LEAST_TOLD = 0.6, 9  # score of an answer known by its place alone; words that it takes
READ_BACK = 0.9
_TELLS = ("states_debt", "amount_said", "lateness_said")
_CONSEQUENCES = frozenset({"legal_consequence", "to_lawyers", "given_to_lawyers"})
_NOT_DEBTOR = frozenset({"wrong_person", "voicemail"})
_CALLS_FOR_ANSWER = frozenset(
    {"already_paid", "not_my_debt", "wrong_amount", "bad_service", "no_notice", "payment_channel", "distrust"}
    | {"legal_threat", "harassment_complaint", "asks_discount"}
)
_NO_ANSWER = (
    "threat",
    "lawyer",
    "rude",
    "impatient",
    "brush_off",
    "hold",
    "verifies_identity",
    "polite_close",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an agent's turn stands. `far_labels`: what the far side said just before, by label."""

    turn: int
    turns: int
    far_labels: frozenset[str] = frozenset()
    far_speaker: str | None = None  # who spoke before, of the far side
    debtor_here: bool = True  # the debtor has spoken as such
    far_asks: bool = False  # the far side just asked something
    denied: bool = False  # who speaks as the debtor said to be another
    guess: Guess = NO_GUESS  # what the far side just said of a debt
    told: tuple[int, int] | None = None  # first and last word of the longest sentence here that asks nothing


def in_place(acts: dict[str, Scored], place: Place) -> dict[str, Scored]:
    """The acts of one turn, given where it stands."""
    out = dict(acts)
    if place.turn > OPENING_TURNS and "says_own_name" not in acts:
        for name in ("greeting", "greets"):
            out.pop(name, None)
    if place.turn < place.turns // 2 and place.turn < place.turns - 6:
        _lower(out, "polite_close")
        _lower(out, "goodbye")
    if "lawyer" in out and "legal_threat" in place.far_labels and _CONSEQUENCES.isdisjoint(acts):
        _lower(out, "lawyer")
    to_debtor = place.debtor_here and place.far_speaker != "other" and "voicemail" not in place.far_labels
    if to_debtor:
        _lower(out, "discloses_debt")
    to_other = not to_debtor and (place.far_speaker == "other" or bool(_NOT_DEBTOR & place.far_labels))
    if to_other:
        _withhold(out)
        _disclose(out)
    if to_other or place.denied:
        _grant(out, place)
    answer = _answer(out, place)
    if answer is not None:
        out["answers"] = answer
    return out


def _disclose(acts: dict[str, Scored]) -> None:
    """What tells somebody else of the debt: words of it."""
    if "discloses_debt" in acts:
        return
    tells = [acts[name] for name in _TELLS if name in acts and acts[name].score >= call_bar(name)]
    told = acts.get("debt_of_another")
    if told is not None:
        acts["discloses_debt"] = Scored("discloses_debt", told.score, told.hits)
    elif tells and _is_debt(acts):
        acts["discloses_debt"] = Scored("discloses_debt", 0.7, tells[0].hits)


def _grant(acts: dict[str, Scored], place: Place) -> None:
    """A yes to what somebody else guesses tells it too: a person looks."""
    if not place.guess.named:
        return
    yields = acts["yields_to_guess"].hits if "yields_to_guess" in acts else ()
    bare = {(hit.first, hit.end) for hit in yields}
    grants = acts["grants_guess"].hits if "grants_guess" in acts else ()
    grants = tuple(hit for hit in grants if (hit.first, hit.end) not in bare)
    hits = grants or (yields if place.guess.last else ())
    if hits and "discloses_debt" not in acts:
        acts["discloses_debt"] = Scored("discloses_debt", HINT, hits)
    if grants and place.guess.asked:
        acts["confirms_debt"] = Scored("confirms_debt", ANSWER, grants)


def _withhold(acts: dict[str, Scored]) -> None:
    """Take away what tells of a debt only within a refusal to tell: «no le puedo decir si hay una deuda»."""
    if "withholds" not in acts:
        return
    refused = {at for hit in acts["withholds"].hits for at in range(hit.first, hit.end)}
    for name in ("states_debt", "lateness_said"):
        if name in acts:
            kept = [hit for hit in acts[name].hits if hit.first not in refused]
            if kept:
                acts[name] = combine(name, kept)
            else:
                del acts[name]


def _answer(acts: dict[str, Scored], place: Place) -> Scored | None:
    """Words that tell something right after a question or an objection that calls for an explanation."""
    asked = place.far_asks or bool(_CALLS_FOR_ANSWER & place.far_labels)
    if not asked or place.told is None or any(_sure(acts, name) for name in _NO_ANSWER):
        return None
    if "answers" in acts and _sure(acts, "answers"):
        return None
    first, end = place.told
    return Scored("answers", ANSWER, (Hit("answers", first, end, ANSWER, "rule:answers/place"),))


def told(words: Words, least: int = LEAST_TOLD) -> tuple[int, int] | None:
    """The longest sentence that is no question, of at least `least` words: its first word and its end."""
    best: tuple[int, int] | None = None
    first = 0
    for at, sound in enumerate((*words.sounds, STOP)):
        if sound in (STOP, QUESTION):
            if sound == STOP and at - first >= max(least, best[1] - best[0] if best else 0):
                best = (first, at)
            first = at + 1
    return best


def _sure(acts: dict[str, Scored], name: str) -> bool:
    return name in acts and acts[name].score >= call_bar(name)


def with_read_back(found: list[Finding], promise: Promise | None) -> list[Finding]:
    """`found` with the repetition that belongs to the promise, without those from before it was agreed."""
    if promise is None:
        return found
    kept = [f for f in found if f.label != "read_back" or f.quote.turn > promise.quote.turn]
    again = promise.read_back
    if again is not None and not any(f.label == "read_back" and f.quote.turn == again.turn for f in kept):
        kept.append(Finding("read_back", again, READ_BACK, "rule:read_back/promise"))
    return kept


def _is_debt(acts: dict[str, Scored]) -> bool:
    return "states_debt" in acts and acts["states_debt"].score >= OPERATING


def _lower(acts: dict[str, Scored], name: str) -> None:
    """Keep `name` as a hint only."""
    one = acts.get(name)
    if one is not None:
        acts[name] = Scored(name, min(one.score, HINT), one.hits)
