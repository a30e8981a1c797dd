"""Two ways to pay said in everyday words, what only sounds like them, and patience that runs short."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.tagger import hear
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from tests.nlp.test_mockery import verdicts


def offered(said: str) -> Verdict:
    call = dialogue(
        f"""
        A: Buenas tardes, le saluda Liz Paredes, de Credinorte. ¿Hablo con el señor Walter Rojas?
        D: Sí, él habla.
        A: Su cuota es de quinientos y venció el cinco de noviembre. ¿Qué pasó?
        D: Me recortaron las horas en el trabajo y no me alcanzó.
        A: Lo lamento. {said}
        D: Déjeme pensarlo.
        A: Bueno, hasta luego.
        """,
        country="PE",
        call_started_at="2026-11-18T10:00:00",
    )
    return score(call, analyze(call), load_rubric()).verdicts["offers_alternatives"]


@pytest.mark.parametrize(
    "said",
    [
        "Lo podemos estirar a tres pagos, o le congelo hasta el treinta.",
        "puede ser el viernes puede ser el lunes usted me dice",
        "Podría ser este viernes, podría ser el próximo lunes.",
        "Si gusta, doscientos ahora y trescientos en la otra quincena; si no, todo de golpe el viernes.",
        "Todo el viernes, o si no, doscientos hoy y el resto el lunes.",
        "Si lo paga el viernes le quito los gastos; si lo prefiere en cuotas, son tres de ciento ochenta.",
        "si prefiere en tres pagos son de doscientos si lo quiere todo junto le quito la mora",
        "Tiene hasta el treinta para completarlo o, si le va mejor, lo refinanciamos a seis meses.",
        "Podemos dejarlo el diez, o si prefieren doscientos el cuatro y el resto el dieciocho.",
    ],
)
def test_two_ways_in_everyday_words(said: str) -> None:
    verdict = offered(said)
    assert verdict.outcome == "pass", verdict.reason


@pytest.mark.parametrize(
    "said",
    [
        "Si no paga el viernes le cobran los gastos; si no, en cuotas no se puede.",
        "Puede ser el viernes a las tres, le llamo yo.",
        "¿Puede pagar hoy o le congelo la tarjeta hasta que pague?",
        "Si paga en cuotas, si se atrasa en una, se cae el convenio.",
        "No lo podemos estirar a tres pagos o hasta el treinta.",
        "Le llamo el viernes o el lunes.",
        "Paga todo el viernes o pasa a otra área.",
    ],
)
def test_what_sets_no_two_ways_apart(said: str) -> None:
    assert "offers_choice" not in hear(said, "agent").found


@pytest.mark.parametrize(
    "said",
    [
        "A ver si nos entendemos de una vez.",
        "¡Por Dios, señor, que no es tan difícil!",
        "¿Qué tiene de difícil darme una fecha?",
        "No voy a pasarme la mañana en esto.",
        "Se lo repito por tercera vez.",
    ],
)
def test_short_patience_waits_for_a_person(said: str) -> None:
    verdict = verdicts(said)["calm"]
    assert verdict.needs_review or verdict.outcome == "fail", verdict


@pytest.mark.parametrize(
    "said",
    [
        "Ya verá que no es tan difícil, yo le ayudo paso a paso.",
        "A ver si nos ponemos de acuerdo en una fecha.",
        "Con gusto se lo repito por segunda vez.",
        "No le voy a quitar la mañana.",
    ],
)
def test_helpful_words_are_calm(said: str) -> None:
    verdict = verdicts(said)["calm"]
    assert (verdict.outcome, verdict.needs_review) == ("pass", False), verdict


@pytest.mark.parametrize(
    "said",
    [
        "Su crédito trae seguro de desempleo que le cubre tres cuotas, y mientras puede abonar una parte.",
        "Usted tiene seguro de cesantía: le cubre hasta tres cuotas. Y puede hacer un abono de cien.",
        "El seguro le paga las cuotas mientras esté desempleado, o puede hacer un pago parcial.",
        "La póliza cubre sus mensualidades por incapacidad; además puede dar un abono de doscientos.",
        "Activo su seguro de desempleo: cubre cuatro mensualidades. Además le recibo una parte el viernes.",
        "Su seguro de paro le paga seis letras, y usted me deja lo que pueda.",
        "El desgravamen cubre el saldo; o me da un abono.",
    ],
)
def test_an_insurance_that_pays_and_a_part_beside_it_are_two_ways(said: str) -> None:
    assert offered(said).outcome == "pass"


@pytest.mark.parametrize(
    "said",
    [
        "Puede usar el seguro de desempleo, le cubre cuatro cuotas.",
        "Si paga hoy no pierde el seguro.",
        "El seguro no cubre las cuotas, tiene que pagar una parte.",
        "¿Tiene usted seguro de desempleo?",
        "Seguro que paga la cuota, ¿verdad?",
        "Usted paga el seguro con cada cuota, son cien soles.",
        "¿Cuándo le paga el seguro el choque?",
    ],
)
def test_an_insurance_alone_or_that_pays_nothing_is_no_second_way(said: str) -> None:
    assert offered(said).outcome == "fail"
