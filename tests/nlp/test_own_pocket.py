"""Money asked for by whoever calls, for an account or a hand of their own."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.tagger import hear
from nlp.utterance import tag
from tests.dialogue import dialogue

ASKED = [
    "Deposíteme en mi cuenta y yo lo aplico.",
    "Hágame el yape a mi número.",
    "Consígneme a mi Nequi y listo.",
    "Mándemela a mi Nequi.",
    "Páguemelo a mí directamente.",
    "Transfiérame a mi CBU, es más rápido.",
    "Me hace la transferencia a mi cuenta.",
    "Hágame un Bizum a mi número.",
    "Gíreme a mi cuenta RUT.",
    "Le paso mi CLABE y me deposita ahí.",
    "Yapéeme a mi número.",
    "Puede depositarme en mi tarjeta.",
    "Entrégueme el efectivo en mano.",
    "Me paga en efectivo y yo lo reporto.",
    "Mando a un compañero por el dinero.",
    "La cuenta está a nombre de mi esposa.",
    "La transferencia la hace a una cuenta personal.",
    "Anote, mi alias es juan.mp.",
    "Págueme a mí.",
    "Me lo transfiere a mi Mercado Pago.",
    "Hágame un SINPE a mi número.",
    "Si quiere, deposíteme a mí directo y me evita el trámite.",
    "Yo lo arreglo si me yapea a mi número personal.",
    "Si me yapea a mí, yo le borro la deuda del sistema.",
    "Yapéeme a mí nomás y lo arreglamos.",
    "Me lo deposita a mí y yo lo abono.",
    "Hágame un Bizum a mí y yo lo ingreso.",
    "Le doy mi número y me hace el Plin.",
    "Le paso mi número personal y ahí me yapea.",
    "Transfiérame a mí la mitad y yo me encargo.",
    "Con doscientos soles para mí, yo lo saco de la lista.",
    "Me deja el dinero a mí en la mano y yo lo registro.",
    "Si me da una propina, le quito la mora.",
    "Me pasa algo para la gaseosa y lo dejamos ahí.",
    "Con cien mil para mí se lo dejo en cero.",
    "Si me da la mitad, la otra nos la repartimos.",
]
NOT_ASKED = [
    "El resto lo partimos en dos pagos.",
    "Me da la mitad y le cierro la cuenta.",
    "Mándeme el comprobante a mi correo.",
    "Envíeme la foto del voucher a mi WhatsApp.",
    "Me manda la captura a mi número, por favor.",
    "Nunca deposite a mi nombre.",
    "No le deposite a nadie a su nombre personal.",
    "No es mi cuenta personal, es la del banco.",
    "Esta cuenta es de su tarjeta.",
    "El caso está a mi nombre.",
    "Me paga en efectivo en la ventanilla del banco.",
    "Deposite a la cuenta del banco.",
    "Nosotros no recibimos efectivo en mano.",
    "Páselo a mi supervisor por favor.",
    "Haga el pago en la caja.",
    "Mi número de extensión es 45.",
    "Envíe la carta a mi atención.",
    "¿Me paga la cuota en efectivo o con tarjeta en la tienda?",
    "Nadie debe pedirle que deposite a mi cuenta.",
    "Mi tarjeta de presentación se la mando.",
    "No, no me deposite a mi cuenta.",
    "No me deposite a mí, por favor; solo en la cuenta del banco.",
    "El pago va a la cuenta de la Caja, nunca a mi número personal.",
    "Le llamo de mi número personal mañana.",
    "Mándeme a mí el comprobante y yo lo registro.",
    "Envíeme el voucher a mi número.",
    "Le doy mi número y si hace el pago me manda el comprobante.",
    "Cuando puedas me das algo y ya.",
    "Es un gusto para mí que haya contestado.",
    "Páguele al agente y me avisa a mí.",
]


@pytest.mark.parametrize("words", ASKED)
def test_a_payment_to_whoever_calls_is_heard(words: str) -> None:
    assert "pays_to_agent" in hear(words, "agent").found


@pytest.mark.parametrize("words", NOT_ASKED)
def test_proofs_counters_and_warnings_are_none(words: str) -> None:
    assert "pays_to_agent" not in hear(words, "agent").found


@pytest.mark.parametrize(
    "words",
    ["Si me yapea a mí, yo le borro la deuda.", "Me puede hacer el Yape a mi número, no al de la empresa."],
)
def test_it_answers_nobody_and_is_no_way_to_pay(words: str) -> None:
    assert not {"answers", "offers_alternatives"} & {label.id for label in tag(words, "agent")}


def test_it_is_found_in_a_call_with_its_words() -> None:
    call = dialogue("D: El Yape no me pasa.\nA: Hágame el yape a mi número y listo.")

    (found,) = analyze(call).of("pays_to_agent")

    assert (found.quote.turn, found.quote.text) == (1, "Hágame el yape a mi número")
