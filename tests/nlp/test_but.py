"""Understanding and the «pero» behind it: help goes on from it, «igual tiene que pagar hoy» takes it back."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue

TOLD = {
    "job": "Me quedé sin trabajo hace dos meses y no he podido juntar nada.",
    "ill": "mi mamá está internada desde el lunes y todo se me ha ido en medicinas",
    "shop": "Vendo ropa y este mes bajó la venta a la mitad, no me alcanza.",
}


def empathy(told: str, said: str) -> Verdict:
    call = dialogue(
        f"""
        A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Darío Paz?
        D: Sí, soy yo.
        A: Don Darío, su cuota de mil pesos venció hace diez días. ¿Qué pasó con el pago?
        D: {TOLD[told]}
        A: {said}
        D: No sé.
        A: ¿Entonces para cuándo le anoto el pago?
        D: El viernes veo.
        A: Gracias por su tiempo, hasta luego.
        """
    )
    return score(call, analyze(call), load_rubric()).verdicts["empathy"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("job", "entiendo que está difícil pero igual tiene que pagar hoy"),
        ("job", "Entiendo que está difícil, pero tiene que pagar hoy."),
        ("job", "Sí, está difícil, pero eso no es mi problema."),
        ("ill", "lamento lo de su mamá pero la cuota hay que pagarla igual"),
        ("ill", "Siento mucho lo de su mamá, pero usted firmó y tiene que cumplir."),
        ("ill", "qué pena lo de su mamá pero los bancos no viven de penas"),
        ("ill", "lamento lo de su mamá pero ahí sí yo no puedo hacer nada"),
        ("job", "sé que se quedó sin trabajo pero eso ya lo sabía cuando sacó el crédito"),
        ("job", "entiendo que está sin laburo pero la plata la tiene que poner igual"),
        ("job", "entiendo que anda sin chamba causa pero igualito va a tener que cancelar"),
        ("job", "lo entiendo vecino que está sin camello pero qué pena con usted toca pagar hoy"),
        ("job", "comprendo que está sin pega pero la deuda es suya y la tiene que pagar"),
        ("ill", "siento mucho lo de su mamá pero no es culpa nuestra"),
        ("ill", "Lamento mucho lo de su mamá. Pero igual tiene que pagar hoy."),
        ("job", "entiendo que está difícil pero igual tiene que pagar hoy, podemos ver, o lo embargamos"),
    ],
)
def test_a_recognition_that_is_taken_back_at_once_waits_for_a_person(told: str, said: str) -> None:
    verdict = empathy(told, said)
    assert verdict.outcome == "pass"
    assert verdict.needs_review
    assert "enseguida dice" in verdict.reason


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("job", "Entiendo que está difícil, pero veamos qué se puede hacer."),
        ("job", "le entiendo que está complicado sin trabajo pero le puedo ofrecer dividirlo en tres pagos"),
        ("ill", "Lamento mucho lo de su mamá, pero cuénteme, ¿cómo sigue?"),
        ("ill", "siento mucho lo de su mamá pero eso no es culpa suya don darío"),
        (
            "ill",
            "lamento lo de su mamá pero la cuota hay que pagarla igual así que le ofrezco partirla en dos",
        ),
        ("ill", "siento mucho lo de su mamá pero no hay que pagar todo de una"),
        ("job", "Lamento lo de su trabajo, pero es importante que no se le junten las cuotas."),
        ("job", "Entiendo lo difícil que es estar sin trabajo, pero necesitamos ubicar una fecha."),
        ("ill", "Lamento mucho lo de su mamá. Entiendo que está complicado, pero tiene que pagar hoy."),
        ("ill", "Siento mucho lo de su mamá, pero no es su culpa."),
        ("job", "Siento mucho lo que le pasa, pero no ha sido culpa suya, don Darío."),
        (
            "job",
            "Siento mucho lo que le pasa, pero el banco no perdona, por eso quiero ayudarle.",
        ),
        ("ill", "Lamento lo de su mamá, aunque la deuda sigue igual, no se preocupe, la vemos con calma."),
        (
            "job",
            "Entiendo que está difícil, pero usted se comprometió y eso habla bien: busquemos cómo.",
        ),
    ],
)
def test_what_goes_on_to_help_or_asks_on_takes_nothing_back(told: str, said: str) -> None:
    verdict = empathy(told, said)
    assert verdict.outcome == "pass"
    assert not verdict.needs_review
    assert "enseguida" not in verdict.reason


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("shop", "uy sí está flojo el comercio pero mire le tengo una alternativa"),
        ("shop", "Con la venta a la mitad cualquiera se aprieta, pero mire, podemos partir la cuota."),
        ("job", "lo entiendo vecina pero no se preocupe que le busco la manera"),
        ("job", "le entiendo perfectamente don darío pero vamos a buscarle una salida"),
        ("shop", "está flojo para todos pero mire le propongo dos opciones"),
    ],
)
def test_few_words_and_then_a_hand_held_out_are_no_sure_fail(told: str, said: str) -> None:
    verdict = empathy(told, said)
    assert verdict.outcome == "pass"
    assert verdict.needs_review


@pytest.mark.parametrize(
    "said",
    [
        "entiendo pero eso no es mi problema",
        "entiendo pero necesito una fecha",
        "le comprendo perfectamente pero no le puedo dar más plazo",
        "entiendo pero no hay alternativas",
        "está duro para todo el mundo pero pague hoy don darío",
        "Ya sé, pero dígame qué día va a pagar.",
        "Lo sé, pero dígame cómo va a pagar.",
        "Cualquiera se atrasa, pero le doy una opción: paga hoy o embargo.",
        "le entiendo pero le tengo una opción o paga o lo demandamos",
    ],
)
def test_a_bare_word_before_a_but_recognises_nothing(said: str) -> None:
    assert empathy("job", said).outcome == "fail"


def test_what_was_said_before_the_recognition_takes_nothing_of_it_back() -> None:
    verdict = empathy("job", "Pero no puedo hacer nada. Le entiendo, pero veamos cómo le ayudo.")
    assert verdict.outcome == "pass"
    assert "enseguida" not in verdict.reason


@pytest.mark.parametrize("what", ["toca pagar algo, aunque sea poquito", "hay que pagar lo que se pueda"])
def test_what_asks_for_a_little_takes_nothing_back(what: str) -> None:
    assert "enseguida" not in empathy("job", f"Me imagino lo difícil que es, pero {what}.").reason
