"""Marks of each turn that tell how a bargain stands there: a yes, a no, a condition, a note, a way to pay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from nlp import yes
from nlp.channels import channels_in
from nlp.clues import sought
from nlp.folded import folded
from nlp.stance import Stance, stances
from transcripts.types import Transcript

Reply = Literal["yes", "no", "counter", "other", "end"]
_SUM_UP = sought("sum_up")
_NOTED = sought("noted")
_NO_DEAL = sought("no_deal")
_COMPLAINT = sought("complaint")
_CONDITION = sought("on_condition")
_STARTS_NO = sought("starts_no")
_DEADLINE = sought("deadline_told")
_HOW_TO_PAY = sought("how_to_pay")
_REJECTS = sought("rejects")


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


@lru_cache(maxsize=1024)
def marks_of(text: str) -> Marks:
    turn = folded(text)
    kinds = [stance for _, _, stance in stances(text)]
    return Marks(
        refuses=yes.refuses(text) is not None,
        paid=yes.says_paid(text),
        sums_up=_SUM_UP.is_in(turn),
        notes=_NOTED.is_in(turn),
        no_deal=_NO_DEAL.is_in(turn),
        complains=_COMPLAINT.is_in(turn),
        conditional=_CONDITION.is_in(turn),
        starts_no=_STARTS_NO.is_after(turn, 0),
        deadline=_DEADLINE.is_in(turn),
        how_to_pay=_HOW_TO_PAY.is_in(turn),
        rejects=_REJECTS.is_in(turn),
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
