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


def kept_from(label: str) -> float:
    """From which score on a finding of a call is kept: a grave act sooner, for a person to look at."""
    return DOUBTS.get(label, DOUBT) if label in GRAVE else call_bar(label)
