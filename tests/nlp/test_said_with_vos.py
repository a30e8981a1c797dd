"""A debtor who says vos is heard as one who says usted: the objections that are met most."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.labels import objection_ids
from tests.dialogue import dialogue


def objections(said: str) -> set[str]:
    call = dialogue(
        f"""
        A: Buenas, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con Rosa Paz?
        D: Sí, soy yo.
        A: Su cuota de mil pesos venció hace diez días. ¿Cuándo la paga?
        D: {said}
        A: Entiendo.
        """,
        country="AR",
    )
    return {f.label for f in analyze(call).findings if f.quote.turn == 3} & set(objection_ids())


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("no_money", "Fijate que no me alcanza."),
        ("no_money", "¿De dónde querés que saque plata?"),
        ("no_money", "Vos no entendés, estoy en cero."),
        ("job_loss", "Fijate vos que me botaron del trabajo."),
        ("health_emergency", "Entendeme, mi vieja está internada."),
        ("other_debts", "Entendé que tengo que pagar el alquiler primero."),
        ("already_paid", "Fijate bien, yo ya pagué."),
        ("not_my_debt", "Te equivocás, esa deuda no es mía."),
        ("wrong_amount", "Me estás cobrando de más."),
        ("bad_service", "Arreglame el internet y te pago."),
        ("no_notice", "Vos nunca me mandaste la factura."),
        ("payment_channel", "Decime dónde pago, la app no abre."),
        ("call_later", "¿Me podés llamar mañana?"),
        ("call_later", "Si querés me llamás a la noche."),
        ("call_later", "Dame un rato y me llamás."),
        ("vague_promise", "Dame chance y ahí te aviso."),
        ("needs_third_party", "Hablá con mi esposo, él paga."),
        ("wrong_person", "Te equivocaste de número."),
        ("wrong_person", "Estás llamando a otro número."),
        ("refusal", "Hacé lo que quieras."),
        ("refusal", "No esperés que te pague."),
        ("distrust", "¿Cómo sé que vos sos del banco?"),
        ("distrust", "Vos podés ser un estafador."),
        ("distrust", "¿Cómo sé que no me estás mintiendo?"),
        ("legal_threat", "Hablá con mi abogado."),
        ("harassment_complaint", "No me llamés más."),
        ("harassment_complaint", "¿No te cansás de llamar?"),
        ("harassment_complaint", "Dejame en paz."),
        ("harassment_complaint", "Usted me llama a cada rato."),
        ("asks_discount", "Sacame la mora y pago."),
        ("asks_discount", "Si me sacás el recargo, te pago."),
        ("asks_discount", "¿Tenés algún descuento?"),
        ("asks_discount", "Bajame la cuota."),
        ("hostile", "Vos sos un ladrón."),
    ],
)
def test_it_is_heard(label: str, said: str) -> None:
    assert label in objections(said)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("wrong_person", "Te equivocás, esa deuda no es mía."),
        ("wrong_person", "Te equivocaste con el monto."),
        ("refusal", "Mi hijo hace lo que quiere."),
        ("refusal", "No esperes mucho, el viernes te deposito."),
        ("call_later", "Podés llamar a quien quieras, yo pago el viernes."),
        ("call_later", "Dame un rato, ya te hago la transferencia."),
        ("asks_discount", "¿Tenés mi número de cuenta?"),
        ("asks_discount", "Haceme el favor de anotar el viernes."),
        ("distrust", "Vos podés ser más claro."),
    ],
)
def test_what_only_sounds_like_it_is_none(label: str, said: str) -> None:
    assert label not in objections(said)
