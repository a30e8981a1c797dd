"""What a single reply is asked for: nobody names, asks, answers and closes in one breath.

The small points of a whole talk (the name, a sum and a day) count where they are there. One step may be
missing where two are wholly done, one of which explores or answers, and no payment was asked for where none
may be. To somebody else an hour or a word is enough, and to take leave with no more than that it is personal
is half of it; who calls is told where asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from drills.aims import disputed, of_mine, words_of
from drills.drill import Play
from drills.marks import Mark
from drills.meant import ASK
from drills.worth import of_payment
from nlp.opening import asks_whence
from nlp.text import plain
from nlp.types import Findings

BY_THE_WAY = frozenset({"name", "figures"})
STEPS = ("explore", "answer", "ask")  # of which one may be missing
WHO, WHEN, WORD = "present", "asks_for", "leaves_word"
LEAVE = ("polite_close", "wishes_well")
_PRIVATE = re.compile(r"\b(?:personal|privad[oa]|confidencial)\b")


def in_one_reply(play: Play, findings: Findings, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """`marks` without those for which a single reply has no room; as they are where more may be said."""
    if play.drill.most > 1:
        return tuple(marks)
    if play.drill.with_other:
        return _to_another(play, findings, marks)
    kept = [one for one in marks if one.got or one.id not in BY_THE_WAY]
    whole = {one.id for one in kept if one.got == one.of} & {"recognise", *STEPS}
    asked = disputed(play) and any(
        of_payment(play, findings, f.quote) for f in of_mine(play, findings, (ASK,))
    )
    if len(whole) > 1 and whole & {"explore", "answer"} and not asked:
        spare = next((one for one in reversed(kept) if one.id in STEPS and not one.got), None)
        kept = [one for one in kept if one is not spare]
    return tuple(kept)


def _to_another(play: Play, findings: Findings, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    got = {one.id: one.got for one in marks}
    private = any(_PRIVATE.search(plain(play.turns[turn].text)) for turn in play.mine)
    parting = of_mine(play, findings, LEAVE) if private else []
    asked = asks_whence(play.drill.turns[-1].text) and not private
    kept = []
    for one in marks:
        if one.got or one.id not in (WHO, WHEN, WORD):
            kept.append(one)
        elif one.id == WHO and asked:
            kept.append(replace(one, of=1))
        elif one.id == WORD and not got[WHEN]:
            half = replace(one, got=1, quote=words_of(play, parting[0].quote)) if parting else one
            kept.append(half)
    return tuple(kept)
