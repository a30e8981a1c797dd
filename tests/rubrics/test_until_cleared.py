"""No payment until a dispute is cleared up: part of the claim, in whichever turn, and no refusal."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics import advice, reading
from rubrics.ladder import ladders
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from tests.rubrics.invariants import keeps_the_invariants

BARGAIN = ("firm", "offers_alternatives", "explains_benefit", "gets_commitment")
CALL = """
    A: Buenas tardes, habla Óscar Pabón, de Financiera Andes. ¿Hablo con doña Nubia Lozano?
    D: Sí, soy yo.
    A: La llamo por su tarjeta, tiene un saldo vencido de un millón doscientos mil pesos desde agosto.
    D: {claim}
    A: Entiendo. Le explico la cifra: ochocientos mil son de compras y cuatrocientos mil de intereses.
    D: {then}
    A: Le mando el extracto hoy mismo y dejo anotado su reclamo. La llamo el jueves con la respuesta.
    D: Bueno, el jueves.
    A: Gracias por su tiempo, doña Nubia, que esté muy bien.
"""
UNTAKEN = CALL.replace("Le mando el extracto hoy mismo y dejo anotado su reclamo. La llamo", "La llamo")
WRONG = "Yo no debo eso, yo debía ochocientos. Ustedes me están metiendo intereses que no son."


def verdicts(then: str, claim: str = WRONG, country: str = "CO") -> dict[str, Verdict]:
    call = dialogue(CALL.format(claim=claim, then=then), country=country)
    card = score(call, analyze(call), load_rubric())
    keeps_the_invariants(call, card)
    return card.verdicts


@pytest.mark.parametrize(
    "then",
    [
        "Pues yo no le pago un peso hasta que me manden el extracto con todo discriminado.",
        "Hasta que no me aclaren eso no pago nada.",
        "Mientras no me revisen los intereses no les pago.",
        "Sin ver el extracto no pago ni un peso.",
        "No voy a pagar si no me explican de dónde sale.",
        "No pago nada hasta que me manden la liquidación.",
        "No pago nada hasta que me aclaren lo de la plata que abonaron mal.",
        "Mándeme el extracto con todo discriminado y yo lo miro.",
    ],
)
def test_no_payment_until_it_is_cleared_up_belongs_to_the_dispute(then: str) -> None:
    found = verdicts(then)
    assert {name: found[name].outcome for name in BARGAIN} == dict.fromkeys(BARGAIN, "na")
    assert "reclamo" in found["gets_commitment"].reason


CLAIMED = """
    A: Buenas tardes, habla Óscar Pabón, de Financiera Andes. ¿Hablo con doña Nubia Lozano?
    D: Sí, soy yo.
    A: La llamo por su tarjeta, tiene un saldo vencido de un millón doscientos mil pesos desde agosto.
    D: {claim}
    A: {taken_up}
    D: {then}
    A: Gracias por su tiempo, doña Nubia, que esté muy bien.
"""


@pytest.mark.parametrize(
    ("claim", "taken_up", "then"),
    [
        (
            "Ese monto no es, yo debo ochocientos.",
            "Le radico el reclamo y le contestan.",
            "Cuando lo arreglen pago.",
        ),
        (
            "Me cobraron doble la comisión.",
            "Abro la aclaración y mientras no hay que pagar nada.",
            "Ah, gracias.",
        ),
        (WRONG, "La entiendo, levanto la aclaración.", "Bueno, pago en cuanto me lo resuelvan."),
        (WRONG, "Le tramito la queja y le respondemos el martes.", "Está bien, gracias."),
    ],
)
def test_a_claim_that_was_opened_leaves_no_payment_to_ask_for(claim: str, taken_up: str, then: str) -> None:
    call = dialogue(CLAIMED.format(claim=claim, taken_up=taken_up, then=then), country="CO")
    found = score(call, analyze(call), load_rubric()).verdicts
    assert {name: found[name].outcome for name in BARGAIN} == dict.fromkeys(BARGAIN, "na")


@pytest.mark.parametrize(
    ("taken_up", "then"),
    [
        ("Pues así es el contrato.", "Cuando lo arreglen pago."),
        (
            "Le abro el reclamo, pero mientras tiene que pagar el mínimo. ¿Cuándo lo deposita?",
            "No sé, luego.",
        ),
    ],
)
def test_a_claim_that_was_not_taken_up_or_pressed_on_leaves_the_payment_open(
    taken_up: str, then: str
) -> None:
    call = dialogue(CLAIMED.format(claim=WRONG, taken_up=taken_up, then=then), country="CO")
    assert score(call, analyze(call), load_rubric()).verdicts["gets_commitment"].outcome == "fail"


@pytest.mark.parametrize(
    ("claim", "then"),
    [
        ("Sí, ya sé.", "Pues yo no le pago un peso, ni hoy ni nunca."),
        ("Sí, ya sé.", "No les pago hasta que me llegue la quincena."),
        (WRONG, "No le pago hasta que me den mi quincena."),
        (WRONG, "Hasta que no me manden la remesa no pago nada."),
        (WRONG, "No les pienso pagar nada, nunca, y punto."),
    ],
)
def test_a_refusal_without_a_claim_or_a_condition_stays_one(claim: str, then: str) -> None:
    call = dialogue(CALL.format(claim=claim, then=then), country="CO")
    assert not reading.waits_for_claim(call, analyze(call))


def test_where_the_claim_was_taken_up_nothing_of_it_is_left_to_explore() -> None:
    reason = verdicts("No pago hasta que me manden el extracto.")["handles_objections"].reason
    assert "indagar" not in reason.split("para la próxima", 1)[-1]
    assert "con qué cuenta" not in reason


@pytest.mark.parametrize("country", ["CO", "MX"])
@pytest.mark.parametrize(
    ("claim", "then", "label", "told"),
    [
        (WRONG, "Bueno.", "wrong_amount", "indagar qué cargo no le cuadra"),
        (f"{WRONG} Voy a hablar con mi abogado.", "Bueno.", "legal_threat", "indagar qué reclama"),
        (WRONG, "Ustedes son unos ladrones, unos rateros.", "hostile", "indagar qué reclama"),
        ("Ese crédito no es mío.", "Bueno.", "not_my_debt", "indagar qué sabe de esa deuda"),
    ],
)
def test_what_is_advised_to_explore_in_a_dispute_is_the_claim(
    claim: str, then: str, label: str, told: str, country: str
) -> None:
    call = dialogue(UNTAKEN.format(claim=claim, then=then), country=country)
    findings = analyze(call)
    pair = next(one for one in ladders(call, findings) if one.objection.label == label)
    assert told in advice.next_time(call, findings, pair)


def test_a_dispute_heard_out_and_then_filed_was_explored() -> None:
    call = dialogue(
        """
        A: Buenas tardes, habla Óscar Pabón, de Financiera Andes. ¿Hablo con doña Nubia Lozano?
        D: Sí, soy yo.
        A: La llamo por un crédito de setecientos mil pesos, vencido desde agosto.
        D: Esa deuda no es mía, yo nunca saqué ese crédito.
        A: Acá figura sacado en Guadalajara.
        D: Pues yo vivo en Mérida.
        A: Es una sucursal del centro.
        D: No la conozco.
        A: Está a su nombre, con su documento.
        D: El documento se me perdió en marzo.
        A: Ya veo.
        D: Así es.
        A: Lo voy a pasar como suplantación de identidad y la cobranza queda detenida.
        D: Gracias.
        A: A usted, que esté bien.
        """,
        country="MX",
    )
    verdict = score(call, analyze(call), load_rubric()).verdicts["asks_reason"]
    assert verdict.outcome == "pass"
    assert [quote.turn for quote in verdict.evidence] == [12]
