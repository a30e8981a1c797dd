"""The finding labels that rubric files may name, with the Spanish name that reasons use."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated

from pydantic import AfterValidator

OBJECTIONS = {
    "no_money": "Falta de dinero",
    "job_loss": "Desempleo o baja de ingresos",
    "health_emergency": "Enfermedad o emergencia",
    "other_debts": "Otras deudas o prioridades",
    "already_paid": "Ya pagué",
    "not_my_debt": "No reconoce la deuda",
    "wrong_amount": "Monto incorrecto",
    "bad_service": "Queja del producto o servicio",
    "no_notice": "No recibió aviso o estado de cuenta",
    "payment_channel": "Problema con el medio de pago",
    "call_later": "Ocupado, llame después",
    "vague_promise": "Promesa vaga o evasiva",
    "needs_third_party": "Depende de otra persona",
    "wrong_person": "No es el titular",
    "refusal": "Negativa a pagar",
    "distrust": "Desconfianza",
    "legal_threat": "Menciona abogado, demanda o autoridad",
    "harassment_complaint": "Queja por hostigamiento",
    "asks_discount": "Pide quita, plazo o reestructura",
    "hostile": "Hostilidad o insultos",
}
# fmt: off
ACTS = (
    "greeting", "verifies_identity", "states_debt", "asks_reason", "empathy", "probes", "answers",
    "offers_alternatives", "explains_benefit", "asks_commitment", "read_back", "follow_up",
    "polite_close", "hold", "threat", "lawyer", "rude", "impatient", "tuteo", "discloses_debt", "pity",
    "hedge", "none",
)
CUES = (
    "greets", "says_own_name", "says_company", "asks_for_debtor", "asks_identity_datum",
    "self_identifies", "amount_said", "lateness_said", "product_said", "offer_plan", "offer_channel",
    "offer_date", "offer_waiver", "thanks", "goodbye", "wishes_well", "back_channel", "confirms",
    "denies", "gives_up", "brush_off", "stop_request", "accepts_payment", "grave_case", "ends_call",
    "voicemail", "calls_back", "recording_notice", "apologises", "debtor_name", "transferred_in",
)
# fmt: on
KNOWN = (*OBJECTIONS, *ACTS, *CUES)


def spanish(label: str) -> str:
    """The name of an objection as people read it."""
    return OBJECTIONS.get(label, label)


def _known(label: str) -> str:
    if label in KNOWN:
        return label
    near = get_close_matches(label, KNOWN, n=1, cutoff=0.6)
    meant = f" (¿quiso decir «{near[0]}»?)" if near else ""
    raise ValueError(f"hallazgo desconocido «{label}»{meant}")


Label = Annotated[str, AfterValidator(_known)]
