"""A reviewed call as people left it: verdicts and objections after their word, in the place of the machine's.

For what is drawn. What is kept, and what a review under way compares with, stays the machine's own.
"""

from __future__ import annotations

from dataclasses import replace

from coach.types import Call
from nlp.types import Finding
from rubrics.settled import Settled
from transcripts.types import Quote

BY_PERSON = "person"  # the source of an objection that nobody but a reviewer found


def judged(call: Call, now: Settled) -> Call:
    """The call with the verdicts that stand: a person's where somebody has had a word."""
    card = call.scorecard
    verdicts = {name: now.verdicts.get(name, verdict) for name, verdict in card.verdicts.items()}
    of_pack = {name: now.pack_verdicts.get(name, verdict) for name, verdict in card.pack_verdicts.items()}
    return replace(call, scorecard=replace(card, verdicts=verdicts, pack_verdicts=of_pack))


def relabelled(call: Call) -> Call:
    """The call without the objections that a reviewer struck out, and with those that were missing, each with
    its whole turn as the quote; never at a turn that is the agent's.
    """
    found = list(call.findings.findings)
    turns = call.transcript.turns
    for one in call.review.relabels if call.review else ():
        if one.turn >= len(turns):
            continue
        here = [each.label for each in found if each.quote.turn == one.turn]
        found = [each for each in found if (each.quote.turn, each.label) != (one.turn, one.removed)]
        if one.added and one.added not in here and turns[one.turn].speaker != "agent":
            said = turns[one.turn].text
            found.append(Finding(one.added, Quote(one.turn, 0, len(said), said), 1.0, BY_PERSON))
    found.sort(key=lambda each: (each.quote, each.label))
    return replace(call, findings=replace(call.findings, findings=tuple(found)))
