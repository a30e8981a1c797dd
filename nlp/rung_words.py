"""What an agent does that is a rung of an answer, what spares the advice of one, and what is none."""

from __future__ import annotations

RUNG_ACTS: dict[str, tuple[str, ...]] = {
    "recognise": ("empathy",),
    "explore": ("probes", "asks_reason", "asks_clarifying"),
    "answer": (
        "answers", "offers_alternatives", "explains_benefit", "follow_up",
        "offer_plan", "offer_channel", "offer_date", "offer_waiver",
    ),
    "ask": ("asks_commitment",),
}  # fmt: skip
# cues that are one
PLAIN_RUNGS = {"recognise": ("plain_empathy", "condoles", "wishes_health"), "explore": ("plain_probe",)}
# words that do as much of a rung as spares the agent the advice to climb it
TOUCHES = {
    "recognise": (
        *("empathy", "grants_right", "apologises", "regrets", "spares_time", "gives_back"),
        "asks_after_ill",
    ),
    "explore": ("probes", "asks_reason", "explores_reason", "asks_which", "asks_when_reachable"),
}
# «está en su derecho» recognises a threat or a doubt, and no hardship
GRANTED, MAY_GRANT = ("grants_right",), frozenset("legal_threat distrust refusal hostile".split())
NO_RUNG = {"explore": ("throws_back",), "ask": ("plain_probe",)}  # cues whose sentence is no such rung
