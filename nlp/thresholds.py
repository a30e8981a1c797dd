"""From which score on a label counts: apart for whole calls, which bring context, and single utterances."""

from __future__ import annotations

from nlp.labels import objection_ids

OPERATING = 0.5
OBJECTION_IN_CALL = 0.66  # most turns of a call object to nothing: one likely phrase is not enough
CALL: dict[str, float] = {}
UTTERANCE: dict[str, float] = {}
# what an objection needs above that by itself, with no call around it: of 740 utterances by two authors
# 0.945 -> 0.962 (F1), of utterances_a 0.937 -> 0.940
UTTERANCE_MARGIN = 0.05
# and in a call, where no rule's word bears it out: of 95 such findings in 284 calls of eleven authors one in
# four was one; how objections were handled is judged wrongly in 29 of those calls instead of 35
CALL_MARGIN = 0.03
# the same of an agent's gravest acts by themselves: of 78 that no word bears out so near the bar, in
# sentences of three sets, 13 were there; «qué aguacero» was a threat, «acá también tiembla» impatience
GRAVE_MARGIN = 0.1
HINT = 0.38  # what a rule gives to a form that may also be harmless
DOUBT = 0.3  # graver acts are kept from here on, for a person to look at; below OPERATING they are no claim
# where less says enough: of 61 sentences with a lawyer and 61 impatient ones by two authors 53 -> 54 and
# 42 -> 48 are looked at, at the price of none and 6 of some 250 calls that have none
DOUBTS = {"lawyer": 0.25, "impatient": 0.15}
GRAVE = ("threat", "lawyer", "rude", "impatient", "tuteo", "discloses_debt", "pity")


def call_bar(label: str) -> float:
    return CALL.get(label, OBJECTION_IN_CALL if label in objection_ids() else OPERATING)


def utterance_bar(label: str) -> float:
    return UTTERANCE.get(label, OPERATING)


def borne_out(label: str, score: float, source: str) -> bool:
    """Whether an objection of a call is one to answer: a rule's word, or heard clearly."""
    return score >= call_bar(label) + (0.0 if source.startswith("rule") else CALL_MARGIN)


def kept_from(label: str) -> float:
    """From which score on a finding of a call is kept: a grave act sooner, for a person to look at."""
    return DOUBTS.get(label, DOUBT) if label in GRAVE else call_bar(label)
