"""Marks of each turn that tell how a bargain stands there: a yes, a no, a condition, a note, a way to pay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from nlp import yes
from nlp.channels import channels_in
from nlp.folded import folded
from nlp.phrases import phrases
from nlp.stance import Stance, stances
from transcripts.types import Transcript

Reply = Literal["yes", "no", "counter", "other", "end"]
_SUM_UP = phrases("sum_up")
_NOTED = phrases("noted")
_NO_DEAL = phrases("no_deal")
_COMPLAINT = phrases("complaint")
_CONDITION = phrases("on_condition")
_STARTS_NO = phrases("starts_no")
_DEADLINE = phrases("deadline_told")
_HOW_TO_PAY = phrases("how_to_pay")
_REJECTS = phrases("rejects")


@dataclass(frozen=True, slots=True)
class Marks:
    """What the words of one turn do, whoever says them."""

    refuses: bool
    paid: bool
    sums_up: bool
    notes: bool
    no_deal: bool
    complains: bool
    conditional: bool
    starts_no: bool
    deadline: bool
    how_to_pay: bool
    rejects: bool
    agrees: bool
    pays: int
    denies: int
    calls: int


@lru_cache(maxsize=4096)
def marks_of(text: str) -> Marks:
    line = folded(text).line
    kinds = [stance for _, _, stance in stances(text)]
    return Marks(
        refuses=yes.refuses(text) is not None,
        paid=yes.says_paid(text),
        sums_up=_SUM_UP.search(line) is not None,
        notes=_NOTED.search(line) is not None,
        no_deal=_NO_DEAL.search(line) is not None,
        complains=_COMPLAINT.search(line) is not None,
        conditional=_CONDITION.search(line) is not None,
        starts_no=_STARTS_NO.match(line, 1) is not None,
        deadline=_DEADLINE.search(line) is not None,
        how_to_pay=_HOW_TO_PAY.search(line) is not None,
        rejects=_REJECTS.search(line) is not None,
        agrees=yes.says_yes(text) is not None,
        pays=kinds.count(Stance.PAYS),
        denies=kinds.count(Stance.DENIES),
        calls=kinds.count(Stance.CALLS),
    )


def names_channel(text: str) -> bool:
    return any(channel.wanted for channel in channels_in(text))


def replies(transcript: Transcript, named: Mapping[int, set[object]]) -> list[Reply | None]:
    """How the payer's side answers each turn of the agent, None for other turns.

    `named`: the sums and days that each turn names; new ones without the old are a counter-offer.
    """
    turns = transcript.turns
    out: list[Reply | None] = [None] * len(turns)
    for index, turn in enumerate(turns):
        if turn.speaker == "agent":
            after = range(index + 1, min(len(turns), index + 3))
            far = next((i for i in after if turns[i].speaker != "agent" and turns[i].text.strip()), None)
            out[index] = (
                "end"
                if far is None
                else _reply(turns[far].text, named.get(far, set()), named.get(index, set()))
            )
    return out


def _reply(text: str, said: set[object], offered: set[object]) -> Reply:
    confirmed = yes.confirms(text) is not None
    if marks_of(text).refuses or (marks_of(text).starts_no and not yes.says_yes(text)):
        return "no"
    if said - offered and not said & offered and not confirmed:
        return "counter"
    return "yes" if confirmed or said & offered else "other"


def sides(transcript: Transcript) -> tuple[Sequence[int], Sequence[int]]:
    """Turns with words, of the agent and of everybody else; doubtful turns are left out."""
    spoken = [i for i, t in enumerate(transcript.turns) if t.text.strip() and t.doubt is None]
    agent = [i for i in spoken if transcript.turns[i].speaker == "agent"]
    return agent, [i for i in spoken if transcript.turns[i].speaker in ("debtor", "other")]
