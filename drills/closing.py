"""The last step of a call: the agreement repeated or, where no payment is the goal, what comes next."""

from __future__ import annotations

from dataclasses import replace

from drills.aims import agreed_at, of_mine, pays, words_of
from drills.demand import demands
from drills.drill import Play
from drills.marks import Mark, mark
from drills.offering import asks_consent, gives, stated, takes_as_agreed
from drills.proposal import proposal, proposed
from drills.state import EARLY
from nlp.types import Findings
from rubrics.case_words import day_in_words, sum_in_words

SURE = 0.8  # from which an agreement was surely read back
CLOSES = ("whole_call", "close_vague")  # formats whose talk is long enough to close


def close_mark(play: Play, findings: Findings) -> Mark | None:
    """The agreement repeated with sum and day; where no payment is the goal, what comes next."""
    if play.drill.format not in CLOSES or play.debtor is None:
        return None
    if not pays(play):
        told = of_mine(play, findings, ("follow_up", "calls_back"))
        return mark("close_next", 2 if told else 0, 2, words_of(play, told[-1].quote) if told else "")
    promise, case = play.debtor.promise, play.drill.scenario
    assert case is not None
    if promise is None:
        early = [words for why in play.whys for effect, words in why.moved if effect == EARLY]
        better = "¿Qué día realiza el pago y de cuánto es?"
        return mark("close", 0, 2, early[0] if early else "", better, reason="no_deal" if early else "none")
    agreed = agreed_at(play)
    assert agreed is not None
    # the yes came to a repetition of what was on the table; an offer of the trainee's repeats nothing
    repeated = {why.turn for why in play.whys if any(effect == "read_back" for effect, _ in why.moved)}
    confirmed = {why.turn for why in play.whys if why.cause == "confirmed"}
    best, words = (0, False), ""
    for turn in play.mine:
        amount, day = proposed(play.transcript, turn)
        same = ((amount == promise.amount) + (day == promise.day), turn in confirmed)
        at_once = turn == agreed and (turn in repeated or _said_again(play, findings, turn))
        if (turn > agreed or at_once) and same[0] and same > best:
            best, words = same, play.turns[turn].text
    values = {
        "amount": sum_in_words(promise.amount, case.currency, case.country),
        # the parts that follow are repeated as well
        "date": ", y ".join(
            [
                day_in_words(promise.day),
                *(
                    f"{sum_in_words(one.amount, case.currency, case.country)}, el {day_in_words(one.date)}"
                    for one in promise.later
                ),
            ]
        ),
    }
    return mark("close", best[0], 2, words, **values)


def _said_again(play: Play, findings: Findings, turn: int) -> bool:
    """Whether the turn states the sum and the day that the trainee had put forward before, as agreed or only
    to be confirmed. What is asked for, offered or demanded anew repeats nothing.
    """
    whole = play.transcript
    before = [proposal(whole, at) for at in play.mine if at < turn]
    amount, day = proposed(whole, turn)
    known = any(amount in (one.amount, *one.named) for one in before)
    if not known or not any(day in (one.day, *one.days) for one in before):
        return False
    text = whole.turns[turn].text
    alone = replace(whole.turns[turn], text=stated(text))
    said = proposed(replace(whole, turns=(*whole.turns[:turn], alone)), turn)
    agreed = takes_as_agreed(text) or not (asks_consent(text) or gives(text) or demands(text))
    clear = any(f.quote.turn == turn and f.score >= SURE for f in of_mine(play, findings, ("read_back",)))
    return clear and agreed and amount is not None and said == (amount, day)
