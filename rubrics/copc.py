"""Which kind of error a failed criterion is, in the words of COPC; a form may say otherwise (`copc`)."""

from __future__ import annotations

from rubrics.types import Copc, Criterion

CRITICAL: tuple[Copc, ...] = ("customer", "business", "compliance")

_USUAL: dict[Copc, str] = {
    "customer": "courteous calm lets_debtor_speak states_purpose empathy answers_questions "
    "accurate_information",
    "business": "firm asks_reason handles_objections offers_alternatives explains_benefit gets_commitment "
    "follow_up no_unauthorized_offer",
    "compliance": "no_threats no_lawyer no_third_party_disclosure verifies_identity reads_back_agreement",
}
_KIND = {name: kind for kind, names in _USUAL.items() for name in names.split()}


def kind_of(criterion: Criterion) -> Copc:
    """As the form says; else a critical criterion is one of compliance, and what is not known is minor."""
    if criterion.copc is not None:
        return criterion.copc
    return _KIND.get(criterion.id, "compliance" if criterion.critical else "minor")
