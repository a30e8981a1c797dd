"""To give the debtor's own matter back with a word of its weight is to recognise it."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from tests.rubrics.invariants import keeps_the_invariants

CALL = """
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con doña Marta Paz?
    D: Sí, soy yo.
    A: Doña Marta, su tarjeta tiene un saldo vencido de mil pesos desde hace cuarenta días.
    D: {far}
    A: {agent}
    D: Pues sí.
    A: ¿Qué día le viene bien hacer el pago?
    D: El viernes pago quinientos.
    A: Anoto quinientos para el viernes. Gracias, hasta luego.
"""
FEES = "Es que trabajo a honorarios y me pagan cuando se acuerdan."
HOURS = "Me recortaron las horas en la fábrica y no me alcanza."
HOUSE = "Tengo que pagar la renta y la colegiatura primero."


def judged(name: str, far: str, agent: str) -> Verdict:
    call = dialogue(CALL.format(far=far, agent=agent))
    card = score(call, analyze(call), load_rubric())
    keeps_the_invariants(call, card)
    return card.verdicts[name]


@pytest.mark.parametrize(
    ("far", "agent"),
    [
        (FEES, "Trabajar a honorarios y que le paguen tarde complica cualquier fecha."),
        (FEES, "Vivir de honorarios, sin saber cuándo le cae lo del trabajo, desordena el mes."),
        (HOURS, "Con menos horas en la fábrica el mes queda corto."),
        (HOUSE, "La renta y la colegiatura juntas pesan."),
        (
            "Se me enfermó el niño y todo se fue en medicinas.",
            "Un niño enfermo y las medicinas: eso aprieta.",
        ),
        ("Estoy cuidando a mi mamá en el hospital.", "Los días de hospital con la mamá cansan mucho."),
        (FEES, "Híjole, trabajar a honorarios y que le paguen cuando se acuerdan."),
        (HOUSE, "Vaya trago, que la renta y la colegiatura caigan juntas."),
    ],
)
def test_what_the_debtor_told_given_back_with_its_weight_is_recognition(far: str, agent: str) -> None:
    verdict = judged("empathy", far, agent)
    assert verdict.outcome == "pass"
    assert not verdict.needs_review


@pytest.mark.parametrize(
    ("far", "agent"),
    [
        (FEES, "Eso complica cualquier fecha."),
        (HOURS, "Trabajar menos aprieta a cualquiera."),
        (HOUSE, "La renta pesa, pero la fecha era el lunes."),
    ],
)
def test_where_it_is_only_likely_a_person_looks(far: str, agent: str) -> None:
    assert judged("empathy", far, agent).needs_review


@pytest.mark.parametrize(
    ("far", "agent"),
    [
        (FEES, "Usted no paga y eso nos complica el trabajo a nosotros."),
        (FEES, "El saldo de su tarjeta con los intereses pesa cada día más."),
        (FEES, "Le propongo dos pagos, uno el viernes."),
        (HOURS, "Si no paga, su historial se complica y las horas cuentan."),
        (HOUSE, "Yo también pago renta y colegiatura y me cuesta."),
        (HOUSE, "¿Cuánto le cuesta la renta con la colegiatura?"),
        (FEES, "Vaya, otra vez los honorarios y que le pagan cuando se acuerdan."),
        ("No tengo dinero.", "No me importa lo que gana, no es tan difícil pagar."),
    ],
)
def test_the_same_words_of_another_matter_or_against_the_debtor_are_none(far: str, agent: str) -> None:
    verdict = judged("empathy", far, agent)
    assert verdict.outcome == "fail"


@pytest.mark.parametrize(
    "asked",
    [
        "¿Es cosa de este mes, o ya viene de antes?",
        "¿Esto es de ahora o ya venía de tiempo atrás?",
        "¿Es algo temporal o ya lleva meses así?",
    ],
)
@pytest.mark.parametrize("far", [FEES, HOURS, "No tengo dinero ahora."])
def test_whether_it_is_new_or_old_explores_the_reason(far: str, asked: str) -> None:
    verdict = judged("asks_reason", far, asked)
    assert verdict.outcome == "pass"
    assert not verdict.needs_review


RAIN = "pos ahorita no hay jale de albañil con estas lluvias y si no hay jale no hay lana"


@pytest.mark.parametrize(
    ("far", "agent"),
    [
        (
            RAIN,
            "con la lluvia la obra se para y el ingreso también lo entiendo para no pedirle algo que no pueda"
            " cumplir señor iván con cuánto cuenta de aquí a la otra semana",
        ),
        (RAIN, "Con la lluvia la obra se para, lo entiendo, señor Iván, ¿con cuánto cuenta?"),
        (FEES, "trabajando a honorarios me hago cargo de que no es parejo qué día cree que podría"),
        (HOUSE, "la renta y la colegiatura primero la entiendo señora marta qué día puede usted"),
    ],
)
def test_understanding_said_behind_the_matter_is_heard_in_running_text(far: str, agent: str) -> None:
    verdict = judged("empathy", far, agent)
    assert verdict.outcome == "pass"
    assert verdict.needs_review


@pytest.mark.parametrize(
    "agent",
    [
        "con la renta y la colegiatura no lo entiendo cómo gasta tanto",
        "la renta lo entiendo pero la fecha era el lunes",
        "si lo entiendo pero la renta no es problema mío",
        "lo entiendo señora cuándo paga",
        "la renta la entiendo señora y a mí qué me importa pague hoy",
    ],
)
def test_understanding_that_is_taken_back_or_takes_up_nothing_is_none(agent: str) -> None:
    assert judged("empathy", HOUSE, agent).outcome == "fail"
