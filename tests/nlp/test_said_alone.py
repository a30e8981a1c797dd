"""What is plain by itself is heard by itself: every example of the vocabulary, and its near misses."""

from __future__ import annotations

import pytest

from nlp.labels import act_ids, labels, objection_ids
from nlp.tagger import scored
from nlp.utterance import tag
from transcripts.types import Speaker

EXAMPLES: list[tuple[Speaker, str, str]] = [
    *(("debtor", name, said) for name in objection_ids() for said in labels()[name].examples),
    *(("agent", name, said) for name in act_ids() for said in labels()[name].examples),
]


def heard(speaker: Speaker, said: str) -> set[str]:
    return {label.id for label in tag(said, speaker)}


@pytest.mark.parametrize(("speaker", "label", "said"), EXAMPLES)
def test_every_example_of_the_vocabulary_is_heard(speaker: Speaker, label: str, said: str) -> None:
    assert label in heard(speaker, said)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("other_debts", "Tengo deuda en otra cooperativa."),
        ("other_debts", "Debo en otro lado también."),
        ("already_paid", "Acá tengo el ticket."),
        ("already_paid", "tengo el baucher"),
        ("not_my_debt", "Otra persona usó mi cédula."),
        ("not_my_debt", "Esa cuestión está prescrita."),
        ("not_my_debt", "Eso está prescripto."),
        ("not_my_debt", "Esa obligación ya caducó."),
        ("no_notice", "No tenía idea de que debía."),
        ("no_notice", "Nadie me dijo que tenía que pagar."),
        ("harassment_complaint", "Os he dicho que no me llaméis más."),
        ("harassment_complaint", "Dejad de llamarme."),
        ("harassment_complaint", "No me llamés más."),
        ("distrust", "Hoy en día llaman a cada rato para robar."),
    ],
)
def test_objections_in_plain_words_need_no_call_around_them(label: str, said: str) -> None:
    assert label in heard("debtor", said)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("other_debts", "No debo en otro banco."),
        ("already_paid", "No tengo el comprobante."),
        ("already_paid", "Tengo el comprobante de domicilio."),
        ("already_paid", "Tengo el recibo pero todavía no lo pago."),
        ("not_my_debt", "No quiero que usen mis datos."),
        ("not_my_debt", "El doctor me prescribió unas pastillas."),
        ("no_notice", "Sabía que tenía que pagar."),
        ("no_notice", "No sabía que podía pagar en partes."),
        ("harassment_complaint", "No me llame más tarde, llámeme ahora."),
        ("harassment_complaint", "Uno recibe llamadas todos los días de estafadores."),
        # promised, or taken as it was held out: nothing is asked for
        ("asks_discount", "El viernes le doy mil setecientos veinticinco."),
        ("asks_discount", "Cien por quincena sí puedo. Desde el treinta."),
        ("asks_discount", "Ochenta mil mensuales me acomoda."),
    ],
)
def test_what_only_sounds_like_an_objection_is_none(label: str, said: str) -> None:
    assert label not in heard("debtor", said)


@pytest.mark.parametrize(
    "said",
    [
        "Solo puedo cien por quincena.",
        "¿Y si le doy cien por quincena?",
        "Cien por quincena sí puedo, doscientos no.",
    ],
)
def test_who_haggles_over_a_sum_still_asks(said: str) -> None:
    assert "asks_discount" in heard("debtor", said)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("follow_up", "Nos comparte el voucher."),
        ("follow_up", "Me pasás el comprobante."),
        ("rude", "Ese no es mi problema."),
        ("rude", "Ese es su problema, no el mío."),
        ("rude", "Pues paga y ya."),
        ("rude", "Usted pague y se acabó."),
        ("rude", "Págueme y listo."),
        ("hedge", "Me paga cuando quiera, no corre prisa."),
        ("hedge", "Cuando usted quiera, no hay afán."),
        ("lawyer", "Va a Equifax y de ahí a coactiva."),
        ("lawyer", "Primero visita y luego demanda."),
    ],
)
def test_acts_in_plain_words_need_no_call_around_them(label: str, said: str) -> None:
    assert label in heard("agent", said)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("follow_up", "¿Me envía su comprobante de domicilio?"),
        ("follow_up", "Usted no me envía su comprobante."),
        ("rude", "Pague y ya queda al corriente."),
        ("rude", "Con eso paga y ya, sin intereses."),
        ("rude", "No se preocupe, no es problema."),
        ("hedge", "Usted dígame cuando guste tomar nota, no hay prisa."),
        ("lawyer", "No lo vamos a mandar a Dicom ni a juicio."),
        ("lawyer", "Se lo mando por correo y después a su celular."),
    ],
)
def test_what_only_sounds_like_an_act_is_none(label: str, said: str) -> None:
    assert label not in heard("agent", said)


@pytest.mark.parametrize(
    "said",
    [
        "Así evita cargos.",
        "Así evita cobros extra.",
        "De esa manera evita cargos.",
        "De esta manera evita que le suba la deuda.",
        "así no le cobran mora",
        "Para que no le cobren intereses.",
        "Con eso ya no le suben los cargos.",
        "De esta forma no le reportan al buró.",
        "De esa manera no se le mancha el Infocorp.",
        "Y de paso cuida su historial crediticio.",
        "Para que no pierda su descuento.",
        "De esta manera evitás que te sigan corriendo los punitorios.",
    ],
)
def test_what_paying_spares_is_a_benefit_and_no_threat(said: str) -> None:
    found = heard("agent", said)
    assert "explains_benefit" in found
    assert found.isdisjoint({"threat", "lawyer"})


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("threat", "Así evita que vayamos a su casa."),
        ("threat", "De esa manera evita un embargo."),
        ("threat", "Así evita que le avisemos a su jefe."),
        ("lawyer", "De esa forma evita la demanda."),
    ],
)
def test_harm_that_paying_spares_stays_a_threat(label: str, said: str) -> None:
    assert label in heard("agent", said)


@pytest.mark.parametrize(
    "said",
    [
        "Usted no evita los cargos.",
        "¿Cómo evita los cargos?",
        "Para que no le cobren intereses tenía que haber pagado antes.",
    ],
)
def test_what_is_not_spared_is_no_benefit(said: str) -> None:
    assert "explains_benefit" not in heard("agent", said)


@pytest.mark.parametrize("said", ["Sos Silvia Romero, ¿no?", "¿Eres Marta Gómez?", "¿Vos sos el titular?"])
def test_who_is_there_may_be_asked_in_any_form_of_address(said: str) -> None:
    assert "verifies_identity" in heard("agent", said)


@pytest.mark.parametrize("said", ["¿Sos de Rosario?", "¿Eres consciente de lo que debes?", "¿Sos la hija?"])
def test_another_question_in_that_form_verifies_nobody(said: str) -> None:
    assert "verifies_identity" not in heard("agent", said)


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("Te llamo porque tenés una cuota de noventa y seis mil quinientos vencida hace veinte días.", False),
        ("Presenta un pago de quinientos pesos pendiente.", False),
        ("Puede dar una cuota de quinientos hoy y el resto el viernes.", True),
    ],
)
def test_the_instalment_that_is_owed_is_none_held_out(said: str, offered: bool) -> None:
    assert ("offer_plan" in scored(said, "agent")[1]) is offered


def test_time_left_for_a_paper_leaves_no_payment_to_whenever() -> None:
    assert "leaves_time" in scored("Cuando pueda, sin apuro.", "agent")[1]
    assert "leaves_time" not in scored("Cuando pueda, sin apuro, me manda una foto del papel.", "agent")[1]
