"""The last step of a call: the agreement repeated or, where no payment is the goal, what comes next."""

from __future__ import annotations

from drills.aims import agreed_at, of_mine, pays, words_of
from drills.drill import Play
from drills.marks import Mark, mark
from drills.proposal import proposed
from drills.state import EARLY
from nlp.types import Findings
from rubrics.case_words import day_in_words, sum_in_words

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
    # the yes came to a repetition of what the debtor had offered; an offer of the trainee's repeats nothing
    repeated = {why.turn for why in play.whys if any(effect == "read_back" for effect, _ in why.moved)}
    confirmed = {why.turn for why in play.whys if why.cause == "confirmed"}
    best, words = (0, False), ""
    for turn in play.mine:
        amount, day = proposed(play.transcript, turn)
        same = ((amount == promise.amount) + (day == promise.day), turn in confirmed)
        if (turn > agreed or (turn == agreed and turn in repeated)) and same[0] and same > best:
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
