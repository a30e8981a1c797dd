"""What a trainee's words are worth for a step against an objection: the one source of it.

    reached("answer", play, findings, "no_money").points, .quote, .reason    # 0..2
    credited(play, findings, reply, "no_money")    # the reply as far as it counts

The debtor, the account of each turn, the points and the sentence that tells why a goal was missed all read
this, so that none of them says otherwise than another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from drills import phrasing
from drills.aims import agreed_at, of_mine, words_of
from drills.asking import ECHOES, only_for_payment, only_when_paid, puts_forward
from drills.demand import DEMANDS
from drills.marks import CLOSED
from drills.matter import OFF_MATTER, STANDS_FOR, Matter, of_money
from drills.meant import BEGS, same_sentence
from drills.recommended import ACT, SOURCE
from drills.repeats import OWN_WORDS, REPEATS, is_within
from drills.reply import BARE_CARE, CARE, Reply, says_something
from drills.scenario import DISPUTES
from drills.state import OFFENCES
from drills.subject import BESIDE
from drills.taken_back import BARE, TAKEN_BACK, taken_back
from drills.who import only_asks_who
from drills.wording import FEW_WORDS
from drills.worth import found_in, is_beside, is_closed, is_general, of_payment, opened, sentence_of
from nlp.ladder_model import sentences
from nlp.rung_words import RUNG_ACTS
from nlp.text import plain
from nlp.types import Findings
from rubrics.ladder import ladders
from transcripts.types import Quote

if TYPE_CHECKING:  # a talk is made of what this module tells of each reply
    from drills.drill import Play

ACTS = {step: acts for step, acts in RUNG_ACTS.items() if step != "ask"}  # that is told apart
HINTS: dict[str, tuple[str, ...]] = {
    "recognise": ("acknowledges", "apologises", phrasing.TAKES_UP),
    "explore": ("explores", phrasing.WHEN, phrasing.BACK),
    "answer": (phrasing.WAY,),
}
VAGUE = "vague"  # a reason: an offer that names nothing
ECHO = "echo"  # a reason: the debtor's own words, «yo» and «mi» with them
ONLY_PAY = "only_pay"  # a reason: a question for the payment and nothing else, which asks already


def disrespectful(play: Play, findings: Findings) -> frozenset[int]:
    """The trainee's turns that offend: whatever else they hold, the debtor hears only that."""
    return frozenset(f.quote.turn for f in of_mine(play, findings, OFFENCES))


def demanded(findings: Findings) -> frozenset[int]:
    """The turns in which a payment is demanded."""
    return frozenset(f.quote.turn for f in findings.of(DEMANDS))


def turns_on(play: Play, label: str) -> tuple[int, ...]:
    """The trainee's turns that meet an objection: from where it was raised to another or the debtor's yes."""
    out, on = [], None
    raised, agreed = dict(play.raised), agreed_at(play)
    for turn in range(len(play.turns)):
        on = raised.get(turn, on)
        if on == label and turn in play.mine:
            out.append(turn)
        if turn == agreed:
            on = None
    return tuple(out)


# reasons: the same courtesy again, and what was not told
AGAIN, BESIDE_IT = "again", "beside"
ANSWERING = ("answers", "offers_alternatives", "explains_benefit")


class Reached(NamedTuple):
    points: int
    quote: str = ""
    reason: str = ""  # why points are missing, where it is more than the step not being there


def reached(
    step: str, play: Play, findings: Findings, label: str, within: Sequence[int] | None = None
) -> Reached:
    """Points of one step for one objection, and the words; of the trainee's turns `within`, where given."""
    on = turns_on(play, label) if within is None else within
    found = _reached(step, play, findings, label, on)
    if found.reason == BARE and _was_said(play, found.quote, min(on)):
        return Reached(0, found.quote, AGAIN)
    return found


def is_met(play: Play, findings: Findings, label: str, turns: Sequence[int]) -> bool:
    """Whether turns cared for an objection, by more than courtesy, and answered it."""
    got = {step: reached(step, play, findings, label, turns) for step in ACTS}
    asked = got["explore"].points > 0
    named = got["recognise"].points > 0 and got["recognise"].reason != BARE
    return got["answer"].points > 0 and (asked or named)


def on_table(play: Play, turn: int) -> str:
    """What was objected last before a turn; empty where nothing was."""
    return next((label for at, label in reversed(play.raised) if at < turn), "")


def _was_said(play: Play, words: str, before: int) -> bool:
    """Whether the trainee said the same sentence before."""
    said = plain(words).strip(" .,;!¡…")
    earlier = (play.read[at].text for at in play.mine if at < before)
    return any(
        plain(text[start:end]).strip(" .,;!¡…") == said for text in earlier for start, end in sentences(text)
    )


def _reached(step: str, play: Play, findings: Findings, label: str, on: Sequence[int]) -> Reached:
    """The same, whatever was said before those turns."""
    turns = tuple(at for at in on if at not in disrespectful(play, findings))
    if step != "recognise" and label in DISPUTES:  # who demands to be paid has looked into nothing
        turns = tuple(at for at in turns if at not in demanded(findings))
    if recommended := [f for f in found_in(findings, (ACT[step],), turns) if f.source == SOURCE]:
        quote = recommended[0].quote
        if step == "recognise" and (why := _half(step, play, findings, quote)) == TAKEN_BACK:
            return Reached(1, words_of(play, quote), why)
        return _asked(step, play, quote, words_of(play, quote))
    pitied = step == "recognise" and found_in(findings, ("pity",), turns)
    found = sorted(
        (
            one
            for one in found_in(findings, ACTS[step], turns)
            if _fits(step, play, findings, label, one.quote, one.label)
        ),
        key=lambda one: step == "explore" and is_closed(play, one.quote),
    )
    halves = [(f, _half(step, play, findings, f.quote)) for f in found]
    half = [Reached(1, sentence_of(play, one.quote), why) for one, why in halves if why]
    found = [one for one, why in halves if not why]
    bare = bool(found) and step == "recognise" and all(_general(play, one.quote) for one in found)
    if found and not pitied and not bare:
        beside = step == "recognise" and all(is_beside(play, sentence_of(play, one.quote)) for one in found)
        words = words_of(play, found[0].quote)
        if beside:
            return Reached(1, words, BESIDE_IT)
        open_ = [
            one.quote for one in found_in(findings, HINTS[step], turns) if not is_closed(play, one.quote)
        ]
        if step == "explore" and open_ and is_closed(play, found[0].quote):
            return Reached(2, sentence_of(play, open_[0]))
        return _asked(step, play, found[0].quote, words)
    hints = [
        one
        for one in found_in(findings, HINTS[step], turns)
        if _fits(step, play, findings, label, one.quote, one.label)
    ]
    if hints or half:
        told = [*half, *(_hinted(step, play, findings, one.quote) for one in hints)]
        best = max(told, key=lambda one: (one.points, one.reason != CLOSED))  # the first of the best
        return best._replace(points=1) if pitied else best
    if bare:
        return Reached(1, words_of(play, found[0].quote), BARE)
    if step == "explore" and (heard := opened(play, findings, turns)) is not None:
        return _asked(step, play, heard, sentence_of(play, heard))
    quotes = [
        one for one in _rung(step, play, findings, label, turns) if _fits(step, play, findings, label, one)
    ]
    return Reached(1, words_of(play, quotes[0])) if quotes else _beside(step, play, findings, label, turns)


def _beside(step: str, play: Play, findings: Findings, label: str, turns: Sequence[int]) -> Reached:
    """A step that is not there, with the words that look like it: of another matter, or offering nothing."""
    matter = Matter(play.transcript, label)
    for one in found_in(findings, ACTS[step], turns) if step != "recognise" else ():
        off = matter.is_off(one.label, one.quote)
        if off or matter.is_idle(one.label, one.quote):
            return Reached(0, words_of(play, one.quote), OFF_MATTER if off else VAGUE)
    return Reached(0)


def _fits(step: str, play: Play, findings: Findings, label: str, quote: Quote, act: str = "") -> bool:
    """Whether words may count for a step: no begging and no bare courtesy explores, no offer of nothing
    answers, and no payment is asked for or offered where it answers nothing of what was objected: to who has
    paid or is busy.
    """
    if step == "recognise":
        return True
    if same_sentence(play.transcript, quote, [f.quote for f in findings.of(BEGS)]):
        return False
    if step == "answer" and _is_demand(play, findings, label, quote):
        return False
    if Matter(play.transcript, label).is_idle(act or STANDS_FOR[step], quote):
        return False
    if is_general(sentence_of(play, quote)):
        return False
    if step == "explore" and only_asks_who(sentence_of(play, quote)):
        return False
    if step == "explore" and not of_money(label) and only_for_payment(findings, quote):
        return False
    asks = label not in DISPUTES and phrasing.asks_payment((label,))
    return asks or not of_payment(play, findings, quote)


def _is_demand(play: Play, findings: Findings, label: str, quote: Quote) -> bool:
    """Whether words only demand the payment, or, behind a demand, ask whether its day will do."""
    if same_sentence(play.transcript, quote, [f.quote for f in findings.of(DEMANDS)]):
        return True
    asks = not of_money(label) and "?" in sentence_of(play, quote)
    return asks and quote.turn in demanded(findings)


def _hinted(step: str, play: Play, findings: Findings, quote: Quote) -> Reached:
    """What a small sign of a step is worth: less where it is bare, or takes up something else."""
    said = sentence_of(play, quote)
    if why := _half(step, play, findings, quote):
        return Reached(1, said, why)
    if step != "recognise":
        return _asked(step, play, quote, said)
    if (
        len(said.split()) <= FEW_WORDS
        or "pero" in plain(said).replace(",", " ").split()[:3]
        or _general(play, quote)
    ):
        return Reached(1, said, BARE)
    return Reached(1, said, BESIDE_IT) if is_beside(play, said) else Reached(2, said)


def _half(step: str, play: Play, findings: Findings, quote: Quote) -> str:
    """Why words are no more than half of a step; empty where they may be all of it."""
    if step == "recognise":
        if any(quote.overlaps(f.quote) for f in findings.of(OWN_WORDS)):
            return ECHO
        if quote.turn in demanded(findings) and on_table(play, quote.turn) in DISPUTES:
            return TAKEN_BACK
        return taken_back(play.transcript, findings, quote, _name(play))
    if step == "explore" and _asks_only_pay(play, findings, quote):
        return ONLY_PAY
    return ""


def _asks_only_pay(play: Play, findings: Findings, quote: Quote) -> bool:
    """«¿Cuándo puede pagar?»; behind a demand «¿cuándo?» asks no more."""
    said = sentence_of(play, quote)
    return only_when_paid(said, _name(play)) or (
        quote.turn in demanded(findings) and len(said.split()) <= FEW_WORDS
    )


def _general(play: Play, quote: Quote) -> bool:
    return is_general(sentence_of(play, quote), _name(play))


def _name(play: Play) -> str:
    return play.drill.recording.debtor_name or ""


def _asked(step: str, play: Play, quote: Quote, words: str) -> Reached:
    """All of the points; of a closed question it is told that an open one opens more."""
    return Reached(2, words, CLOSED if step == "explore" and is_closed(play, quote) else "")


def _rung(step: str, play: Play, findings: Findings, label: str, turns: Iterable[int]) -> list[Quote]:
    """What the learned ladder takes for the step."""
    pairs = ladders(play.transcript, findings, guesses=True)
    quotes = [q for pair in pairs if pair.objection.label == label for q in pair.rungs.get(step, ())]
    off = {f.quote.turn for f in findings.of(BESIDE, REPEATS, BEGS)}
    back = [f.quote for f in findings.of(ECHOES)]
    said = [q for q in quotes if q.turn in set(turns) - off and says_something(q.text)]
    said = [q for q in said if not is_within(q, back)]
    return [q for q in said if step != "answer" or puts_forward(sentence_of(play, q))]


def credited(play: Play, findings: Findings, reply: Reply, label: str) -> Reply:
    """`reply`, the last of the talk, as far as it counts against the objection on the table."""
    got = {step: reached(step, play, findings, label, play.mine[-1:]) for step in ACTS}
    took = {step for step, one in got.items() if one.points and one.reason not in (BARE, BESIDE_IT)}
    gone: tuple[str, ...] = () if got["answer"].points else ANSWERING
    gone += () if got["explore"].points else ("probes",)
    bare = got["recognise"].reason in (BARE, AGAIN)
    acts = {act: words for act, words in reply.acts.items() if act not in gone + (CARE if bare else ())}
    if bare:
        acts[BARE_CARE] = got["recognise"].quote
    cares = bool(got["recognise"].points or got["explore"].points)
    return replace(reply, acts=acts, rungs=frozenset(took) | (reply.rungs & {"ask"}), cares=cares)
