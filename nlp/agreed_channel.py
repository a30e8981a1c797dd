"""The way to pay that goes with an agreement."""

from __future__ import annotations

import re

from nlp.channels import Channel, places_named
from nlp.clues import sought_before
from nlp.folded import folded
from nlp.stance import Stance, stance_on, stances
from transcripts.types import Quote, Transcript

_END = re.compile(r"[.?!…;]+[»”\"]?(?=\s|$)")
_COMING = frozenset({Stance.PAYS, Stance.SUGGESTS, Stance.COULD})
_LO_DE = sought_before("lo_de")


def channel_of(transcript: Transcript, turn: int, read_back: Quote | None) -> str | None:
    """The way to pay that goes with the agreement: the debtor's own word counts most, then the agent's
    repetition.

    A list of ways that the agent only offers is no agreement on one, nor is a way that fails the debtor.
    """
    failing = _failing(transcript)
    own = [
        channel.name
        for index, said in transcript.said_by("debtor")
        if index >= turn - 6
        for channel in places_named(said.text)
        if channel.wanted and channel.name not in failing and not _of_no_payment_to_come(said.text, channel)
    ]
    repeated = places_named(transcript.turns[read_back.turn].text) if read_back else ()
    names = [channel.name for channel in repeated if channel.wanted and channel.name not in failing]
    if own:
        return next((name for name in names if name in own), own[-1])
    if len(set(names)) == 1:
        return names[0]
    offered = {
        channel.name
        for index, said in transcript.said_by("agent")
        if index >= turn - 3
        for channel in places_named(said.text)
        if channel.wanted and channel.name not in failing
    }
    return offered.pop() if len(offered) == 1 else None


def _failing(transcript: Transcript) -> frozenset[str]:
    """The ways to pay of which the debtor's last word is that they do not work, or that they will not do."""
    last = {
        channel.name: channel.wanted
        for _, said in transcript.said_by("debtor")
        for channel in places_named(said.text)
    }
    return frozenset(name for name, wanted in last.items() if not wanted)


def _of_no_payment_to_come(text: str, channel: Channel) -> bool:
    """Whether a way to pay is that of a payment told of («ya mandé por Zelle», «lo del Zelle»), or no way to
    pay at all («no me llamen a la oficina»).
    """
    if stance_on(text, channel.start, channel.end) in (Stance.PAST, Stance.CALLS):
        return True
    turn = folded(text)
    at = turn.begin(channel.start) or 0
    start = max((m.end() for m in _END.finditer(text, 0, channel.start)), default=0)
    before = [stance for first, _, stance in stances(text) if (turn.begin(start) or 0) <= first < at]
    told = Stance.PAST in before and _COMING.isdisjoint(before[before.index(Stance.PAST) :])
    return told or _LO_DE.is_before(turn, at)
