"""Who is busy and when to call again: a day asked for then is that of the next call, not of a payment.

«Estoy atendiendo el puesto, tengo gente formada» postpones the talk as much as «llámeme luego» does, and the
answer to it, «¿el viernes a las 11?», asks for no money.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlp.labels import objection_ids
from nlp.merged import SOURCE
from nlp.thresholds import OBJECTION_IN_CALL, call_bar
from nlp.types import Finding
from transcripts.types import Transcript

BUSY = 0.7  # score of «llame después» that only the situation tells
PLAIN = 0.9  # from which score on an hour is surely that of a call: «a las 11», «¿a qué hora le llamo?»
_PUTS_OFF = frozenset({"call_later", "busy"})
_TELLS_DEBT = frozenset({"states_debt", "amount_said", "lateness_said"})
_OF_PAYMENT = frozenset({"asks_commitment", "offer_date", "offers_alternatives", "read_back"})
_OTHER_OFFERS = frozenset({"offer_plan", "offer_channel", "offer_waiver"})
_GROUNDS = frozenset(objection_ids()) - {"call_later", "health_emergency"}


def with_call_hours(transcript: Transcript, found: Sequence[Finding]) -> list[Finding]:
    """`found` with being busy as the objection it is, and hours of the next call as `calls_back`."""
    by_turn: dict[int, list[Finding]] = {}
    for finding in found:
        by_turn.setdefault(finding.quote.turn, []).append(finding)
    told = put_off = False
    for index, turn in enumerate(transcript.turns):
        here = by_turn.get(index, [])
        said = {f.label for f in here if f.score >= call_bar(f.label)}
        if turn.speaker == "agent":
            told = told or not said.isdisjoint(_TELLS_DEBT)
            put_off = put_off and "asks_reason" not in said
            if put_off and (hour := _hour(here, told)) is not None:
                by_turn[index] = _of_call(here, hour)
        elif not said.isdisjoint(_PUTS_OFF):
            put_off = True
            by_turn[index] = _put_off(here, said, told)
        elif not said.isdisjoint(_GROUNDS):
            put_off = False
    return [finding for here in by_turn.values() for finding in here]


def _put_off(here: list[Finding], said: set[str], told: bool) -> list[Finding]:
    """Where nothing else is objected and the debt is not out yet, to be busy is to put the talk off."""
    busy = next((f for f in here if f.label == "busy"), None)
    if busy is None or told or "call_later" in said or not said.isdisjoint(_GROUNDS):
        return here
    score = max(BUSY, OBJECTION_IN_CALL)
    later = replace(busy, label="call_later", score=score, source="rule:call_later/busy")
    # «estoy en el doctor» alone tells where one is, not that anything is grave
    return [*(f for f in here if f.label != "health_emergency" or f.source != SOURCE), later]


def _hour(here: list[Finding], told: bool) -> Finding | None:
    """The words that fix when to call; once the debt is out a day alone may well be that of the payment."""
    if any(f.label in _OTHER_OFFERS for f in here):
        return None
    return next((f for f in here if f.label == "names_hour" and (f.score >= PLAIN or not told)), None)


def _of_call(here: list[Finding], hour: Finding) -> list[Finding]:
    kept = [f for f in here if f.label not in _OF_PAYMENT]
    if len(kept) == len(here) or any(f.label == "calls_back" for f in kept):
        return kept
    return [*kept, replace(hour, label="calls_back", score=PLAIN, source="rule:calls_back/busy")]
