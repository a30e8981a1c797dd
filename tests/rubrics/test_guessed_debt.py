"""Somebody else guesses the debt and the agent grants it: as doubtful wherever the same words are judged."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.checks import before, identity_first, tells_no_other
from tests.dialogue import dialogue
from transcripts.types import Transcript

DOUBTFUL = 0.6


def call(asks: str, said: str, who: str = "O") -> Transcript:
    return dialogue(f"""
        A: Buenas tardes, ¿se encuentra don Ramiro Paz?
        {who}: No está, habla la esposa.
        A: Ah, bueno. Don Ramiro tiene un tema pendiente con nosotros.
        {who}: {asks}
        A: {said}
        {who}: Yo le digo.
        A: Gracias, feliz tarde.
    """)


@pytest.mark.parametrize("who", ["O", "D"])
@pytest.mark.parametrize(
    ("asks", "said"),
    [
        ("¿Lo de las cuotas atrasadas?", "Sí señora, eso. Que se comunique hoy."),
        ("¿Lo del préstamo que debe?", "De eso se trata."),
        ("¿La plata que les debe?", "Esa misma."),
        ("Es por la deuda del carro, ¿verdad?", "Exacto, señora."),
        ("¿Otra vez con lo que debe? Ay, Dios.", "Esa mera."),
        ("¿Es por la deuda?", "Así es, señora. ¿A qué hora lo encuentro?"),
        ("¿Es por la deuda?", "Exacto, que nos llame hoy."),
        ("¿Es por la deuda?", "Justamente por eso lo llamo."),
        ("¿Es por la deuda?", "Exacto, tal como dice."),
    ],
)
def test_a_debt_asked_about_in_plain_words_and_granted_is_told_though_a_person_looks(
    asks: str, said: str, who: str
) -> None:
    talk = call(asks, said, who)
    verdict = tells_no_other.check(talk, analyze(talk), tells_no_other.Params())
    assert (verdict.outcome, verdict.confidence < DOUBTFUL) == ("fail", True)
    assert [quote.turn for quote in verdict.evidence] == [4]
    assert verdict.doubt == tells_no_other.GRANTED


@pytest.mark.parametrize(
    ("asks", "said"),
    [
        ("¿Lo de la cuota?", "Sí señora, eso. Que se comunique hoy."),
        ("¿Lo de las cuotas atrasadas?", "Ajá."),
        ("¿Lo de la mora?", "Sí, señora. Que nos llame hoy."),
        ("¿Será por lo que debe?", "Usted ya sabe."),
        ("¿Está atrasado otra vez?", "Sí, otra vez."),
        ("¿Es por la deuda?", "Correcto, ¿y a qué hora la encuentro?"),
        ("¿Es por la deuda?", "Exacto, si anda de viaje, ¿cuándo regresa?"),
    ],
)
def test_a_weaker_yes_or_a_weaker_word_for_it_is_left_to_a_person(asks: str, said: str) -> None:
    talk = call(asks, said)
    verdict = tells_no_other.check(talk, analyze(talk), tells_no_other.Params())
    assert (verdict.outcome, verdict.confidence < DOUBTFUL) == ("pass", True)
    assert [quote.turn for quote in verdict.evidence] == [4]


@pytest.mark.parametrize(
    ("asks", "said"),
    [
        ("¿Lo del préstamo?", "No puedo decirle, es personal."),
        ("¿Lo del préstamo que debe?", "Sí, señora, gracias, ¿a qué hora lo encuentro?"),
        ("¿Es por la deuda? ¿Quiere que le tome el recado?", "Sí, por favor."),
        ("¿Lo de las cuotas atrasadas?", "No señora, nada de eso, es otro tema."),
        ("¿Lo del crédito?", "Sí, le entiendo, pero no puedo darle información."),
        ("¿Debe plata?", "Eso es un tema de él, señora."),
        ("¿Lo de la deuda?", "Sí, mire, eso lo tengo que hablar con él directamente."),
        ("¿Debe llamarlos él?", "Sí, señora."),
        ("¿Ustedes son del banco?", "Sí, señora."),
        ("¿Es por la deuda?", "Justamente quería hablar con ella de un asunto personal."),
        ("¿Es por la deuda?", "Efectivamente la busco a ella, pero es un asunto personal."),
        ("¿Es por la deuda?", "Exactamente por privacidad no puedo decirle."),
        ("¿Es por la deuda?", "Por eso le pido el teléfono de él."),
        ("¿Es por la deuda?", "Así es como nos lo pidió él, en persona."),
        ("¿No debe nada, verdad?", "Así es, nada de eso; es un asunto personal."),
        ("¿Él no les debe nada?", "Exacto."),
    ],
)
def test_who_answers_something_else_or_does_not_tell_grants_nothing(asks: str, said: str) -> None:
    talk = call(asks, said)
    verdict = tells_no_other.check(talk, analyze(talk), tells_no_other.Params())
    assert (verdict.outcome, verdict.evidence) == ("pass", ())


@pytest.mark.parametrize(
    ("asks", "said", "outcome"),
    [
        ("¿Lo de la cuota?", "Sí señora, eso.", "pass"),
        ("¿Es por la cuota del carro?", "Sí, es por eso.", "pass"),
        ("¿Lo de las cuotas atrasadas?", "Sí señora, eso.", "fail"),
    ],
)
def test_the_same_words_are_as_doubtful_for_whom_was_verified(asks: str, said: str, outcome: str) -> None:
    talk = call(asks, said)
    verdict = identity_first.check(talk, analyze(talk), identity_first.Params())
    assert (verdict.outcome, verdict.confidence < DOUBTFUL) == (outcome, True)


def test_what_may_have_been_told_leaves_the_notice_before_it_open() -> None:
    talk = call("¿Lo de la cuota?", "Sí señora, eso.")
    params = before.Params(
        what="el aviso",
        first=("recording_notice",),
        than="hablar de la deuda",
        then=("states_debt", "discloses_debt"),
        or_told_other=True,
        needed=False,
    )
    verdict = before.check(talk, analyze(talk), params)
    assert (verdict.outcome, verdict.confidence < DOUBTFUL) == ("pass", True)


DENIES = """
    A: Buenas tardes, ¿hablo con doña Rosa Paz?
    D: No soy yo, soy Carmen. {asks}
    A: {said}
    D: Yo le digo.
    A: Gracias, feliz tarde.
"""


@pytest.mark.parametrize(
    ("asks", "said", "outcome", "open_"),
    [
        ("¿Otra vez por lo que debe Rosa?", "Sí, señora, eso mismo.", "fail", True),
        ("¿Otra vez por lo de la cuota de Rosa?", "Sí, señora, eso mismo.", "pass", True),
        ("", "Es que Rosa debe tres cuotas del préstamo.", "fail", False),
    ],
)
def test_who_denies_it_in_answer_settles_no_identity(asks: str, said: str, outcome: str, open_: bool) -> None:
    talk = dialogue(DENIES.format(asks=asks, said=said))
    findings = analyze(talk)
    told = tells_no_other.check(talk, findings, tells_no_other.Params())
    verified = identity_first.check(talk, findings, identity_first.Params())
    assert (told.outcome, told.confidence < DOUBTFUL) == (outcome, open_)
    assert (verified.outcome, verified.confidence < DOUBTFUL) == (outcome, open_)


def test_who_takes_over_the_phone_after_a_denial_is_the_debtor() -> None:
    talk = dialogue("""
        A: Buenas tardes, ¿hablo con doña Rosa Paz?
        D: No soy yo, soy Carmen. Ya se la paso.
        A: Gracias.
        D: Aló, soy Rosa.
        A: Doña Rosa, debe tres cuotas del préstamo.
        D: Mañana pago.
    """)
    findings = analyze(talk)
    assert tells_no_other.check(talk, findings, tells_no_other.Params()).outcome == "pass"
    assert identity_first.check(talk, findings, identity_first.Params()).outcome == "pass"
