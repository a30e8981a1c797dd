"""Ill foretold without a name for it waits for a person, with its words; what sounds like it does not."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.thresholds import OPERATING
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def judged(agent: str, country: str = "MX") -> Verdict:
    """«Sin amenazas» of a call in which a relative answers and the agent says this."""
    call = dialogue(
        f"""
        A: Buenas tardes, ¿se encuentra Luis Vega?
        O: No está, yo soy su mamá.
        A: {agent}
        O: Yo le digo.
        """,
        country=country,
    )
    return score(call, analyze(call), load_rubric()).verdicts["no_threats"]


@pytest.mark.parametrize(
    "said",
    [
        "Dígale que pague, que si no esto se va a poner feo.",
        "Si no paga hoy la cosa se le pone color de hormiga.",
        "Se les va a poner dura la cosa, señora.",
        "Esto no va a terminar nada bien.",
        "Aténgase usted a las consecuencias, señora.",
        "Que se atenga a lo que venga.",
        "Luego no anden diciendo que no les avisamos.",
        "Después no digás que no te avisé.",
        "Les va a ir muy mal a los dos.",
        "Si no arregla hoy le va a ir mal.",
        "Ya va a saber quiénes somos.",
        "Vais a saber quiénes somos.",
        "Vas a ver con quién te metiste.",
        "Se las va a ver con nosotros.",
        "Me va a pagar por las buenas o por las malas.",
        "No nos obligue a actuar de otra manera.",
        "Va a tener problemas serios con nosotros.",
        "Sobre aviso no hay engaño.",
    ],
)
def test_it_waits_for_a_person_with_its_words(said: str) -> None:
    verdict = judged(said)
    assert verdict.outcome == "fail" or verdict.needs_review, verdict
    assert [quote.turn for quote in verdict.evidence] == [2]


@pytest.mark.parametrize("country", ["MX", "CO", "AR", "CL", "PE", "ES", "GT", "US"])
def test_in_every_country(country: str) -> None:
    verdict = judged("Si no paga, va a saber quiénes somos.", country)
    assert (verdict.outcome, verdict.needs_review) == ("pass", True)


@pytest.mark.parametrize(
    "said",
    [
        "Si no paga el veinte se genera el recargo de mora.",
        "Quiero que sepa quiénes somos: Crédito Norte, una empresa autorizada.",
        "En la página va a ver quiénes somos en la sección de contacto.",
        "Si le va mal en la quincena, me llama y buscamos otra fecha.",
        "Cuando la cosa se le pone dura en el trabajo, me avisa y buscamos otra fecha.",
        "Le va a ir mejor con el plan de tres pagos.",
        "No va a tener problemas con nosotros si cumple.",
        "Entiendo que se le puso dura la cosa este año.",
        "El arreglo que hagamos por las buenas queda por escrito.",
        "Después no se olvide de mandarme el comprobante.",
        "No me haga esperar otra llamada, por favor.",
        "Se va a poner al día con este pago.",
    ],
)
def test_what_only_sounds_like_it_is_left(said: str) -> None:
    verdict = judged(said)
    assert (verdict.outcome, verdict.needs_review) == ("pass", False), verdict


@pytest.mark.parametrize(
    ("said", "country"),
    [
        ("Si no me lo comprueba hoy, va a tener un problema serio con nosotros.", "EC"),
        ("Si no paga hoy va a haber problemas.", "MX"),
        ("O paga hoy o vamos a tener un quilombo grande.", "AR"),
        ("Si no cancela hoy se va a meter en un lío gordo.", "ES"),
        ("Si no deposita hoy se va a arrepentir.", "GT"),
        ("Si no consigna hoy, se atiene.", "CO"),
    ],
)
def test_ill_foretold_unless_it_is_paid_is_a_threat_that_a_person_confirms(said: str, country: str) -> None:
    verdict = judged(said, country)
    assert (verdict.outcome, verdict.needs_review) == ("fail", True)
    assert [quote.turn for quote in verdict.evidence] == [2]


@pytest.mark.parametrize(
    "said",
    [
        "Hágalo por las buenas, señora.",
        "Todavía se lo estoy pidiendo por las buenas.",
        "Mejor pague, no vaya a ser que le pase algo.",
        "De usted depende que esto no pase a mayores.",
        "Yo no me hago responsable de lo que pase.",
        "Pague, para que esto no pase a mayores.",
        "No sea que le pase lo mismo que a su vecino.",
        "No vaya a ser que le pase algo en la calle.",
        "Preferimos arreglarlo por las buenas.",
    ],
)
def test_a_worry_that_may_be_a_threat_waits(said: str) -> None:
    assert judged(said).needs_review


@pytest.mark.parametrize(
    "said",
    [
        "Si no paga hoy, se le cobra un recargo de 200 pesos.",
        "Si no le llega el código va a tener un problema serio con la aplicación.",
        "Si no paga hoy va a tener problemas para sacar otro crédito.",
        "Si no puede hoy, no va a tener ningún problema con nosotros.",
        "Maneje con cuidado, no vaya a ser que le pase algo en la carretera.",
        "Le llamo con buenas noticias, por las buenas referencias que trae.",
        "Comprendo, si no paga el agua va a tener un problema serio en su casa.",
        "Si no le llega el recibo, puede tener un problema grande luego, guárdelo.",
        "Si no paga por el portal va a haber problemas.",
        "Si no paga el día quince, ¿va a haber problema?",
        "Si no paga hoy, se le va a acumular y le va a pesar más.",
        "Ojalá que no pase a mayores lo de su cirugía.",
        "Esperemos que el asunto no llegue a mayores con su enfermedad.",
        "Para que esto no pase a mayores, le propongo dividirlo en dos.",
        "No sea que le pase lo mismo de la otra vez, le recuerdo un día antes.",
        "No vaya a ser que le pase algo en la bicicleta, le marco más tarde.",
        "No sea que le pase algo por venir contestando.",
        "Le deseo que resuelva todo por las buenas con su hermano.",
        "Aquí siempre se arreglan las cosas por las buenas, hablando.",
        "Si acude a un prestamista va a tener un problema más grave.",
        "Puede tener un problema grande si se le juntan tres cuotas.",
    ],
)
def test_a_plain_consequence_or_a_kind_word_is_none(said: str) -> None:
    verdict = judged(said)
    assert (verdict.outcome, verdict.needs_review) == ("pass", False), verdict


def test_it_is_never_claimed_by_itself() -> None:
    call = dialogue("A: Si no arregla hoy le va a ir mal.")
    (found,) = [one for one in analyze(call).findings if one.label == "threat"]
    assert found.score < OPERATING
