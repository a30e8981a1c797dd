"""Asking why it was not paid, exploring what is told, taking up a dispute; heeding a complaint of calls."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from tests.rubrics.invariants import keeps_the_invariants

OPENING = """
    A: Buenas tardes, habla Lucas Benítez, de Estudio del Plata. ¿Es usted Mario Quiroga?
    D: Sí, soy yo.
    A: Le llamo por su crédito: debe un millón cuatrocientos mil pesos desde hace cuatro meses.{asked}
    D: {far}
    A: {agent}
    D: Cuatro cinco cinco ocho.
    A: Bien. Gracias por su tiempo, hasta luego.
"""


def judged(name: str, far: str, agent: str, asked: str = "") -> Verdict:
    call = dialogue(OPENING.format(far=far, agent=agent, asked=asked), country="AR")
    card = score(call, analyze(call), load_rubric())
    keeps_the_invariants(call, card)
    return card.verdicts[name]


@pytest.mark.parametrize(
    "far",
    [
        "Yo no reconozco ese monto, me cobraron un seguro que nunca contraté.",
        "Esa deuda no es mía, nunca saqué ese préstamo.",
        "El monto está mal, yo debía la mitad.",
    ],
)
@pytest.mark.parametrize(
    "agent",
    [
        "Entiendo. ¿Me da el número del reclamo para pasarlo a revisión?",
        "Lo voy a derivar al área de reclamos y le responden en diez días.",
        "Abro el reclamo ahora mismo y le llaman con la respuesta.",
        "¿Qué cargo es el que no reconoce? ¿Desde cuándo aparece?",
    ],
)
def test_who_takes_up_a_dispute_has_explored_it(far: str, agent: str) -> None:
    verdict = judged("asks_reason", far, agent)
    assert verdict.outcome == "pass"
    assert not verdict.needs_review


@pytest.mark.parametrize(
    ("far", "agent"),
    [
        ("Esa deuda no es mía.", "El sistema me muestra que debe eso. ¿Cuándo va a pagar?"),
        ("Esa deuda no es mía.", "Puede hacer el reclamo si quiere, pero igual tiene que pagar hoy."),
        ("No tengo plata este mes.", "Lo derivo al área de reclamos."),
    ],
)
def test_a_dispute_passed_over_was_not_explored(far: str, agent: str) -> None:
    assert judged("asks_reason", far, agent).outcome == "fail"


@pytest.mark.parametrize(
    "asked",
    [
        "¿Pasó algo con ese pago?",
        "¿Hubo algo con la cuota de este mes?",
        "¿Sucedió algo este mes?",
        "¿La olvidó o viene complicado?",
    ],
)
def test_plain_questions_ask_the_reason(asked: str) -> None:
    assert judged("asks_reason", "Es que cobro el cinco.", "Entiendo.", f" {asked}").outcome == "pass"


@pytest.mark.parametrize(
    "agent",
    [
        "Que lo llamen tanto cansa a cualquiera, y de eso tomo nota.",
        "Anotado: después de las seis, sin llamarlo antes.",
        "Tiene razón. A esa hora no lo llamamos más.",
    ],
)
def test_a_complaint_of_calls_that_is_heeded_is_met(agent: str) -> None:
    verdict = judged("handles_objections", "Me llaman diez veces por día, ya me tienen harto.", agent)
    assert verdict.outcome == "pass"
    assert not verdict.needs_review


GRIEF = [
    "Es que el que pagaba era mi esposo y se murió en abril.",
    "Mi marido falleció hace tres meses, él era quien pagaba todo.",
    "Quien pagaba era mi esposa, que en paz descanse.",
    "Soy viuda, desde marzo. Él llevaba las cuentas.",
]


@pytest.mark.parametrize("far", GRIEF)
@pytest.mark.parametrize("agent", ["Lamento mucho su pérdida.", "Entiendo. ¿Qué día puede pagar?"])
def test_nobody_asks_for_the_reason_once_a_death_is_told(far: str, agent: str) -> None:
    verdict = judged("asks_reason", far, agent)
    assert verdict.outcome == "na"
    assert "turno 4" in verdict.reason
    assert judged("empathy", far, agent).outcome != "na"


def test_a_widows_pension_is_no_death_told() -> None:
    assert judged("asks_reason", "Vivo de mi pensión de viuda.", "Bien.").outcome == "fail"


@pytest.mark.parametrize(
    ("far", "agent"),
    [
        ("Con las colegiaturas de los niños se me fue todo.", "Entiendo, por lo de las colegiaturas."),
        ("Me operaron y se me fue el dinero en la operación.", "Ah, por eso de la operación."),
        ("Se me juntó la escuela de mis hijos con la renta.", "Veo que la escuela le llevó el dinero."),
        ("Se me enfermó la niña, puras medicinas.", "O sea que fue por la enfermedad de su niña."),
        ("Me operaron hace poco.", "Por lo de la operación, ¿qué día podría pagar?"),
    ],
)
def test_a_reason_told_unasked_and_taken_up_never_fails_for_sure(far: str, agent: str) -> None:
    verdict = judged("asks_reason", far, agent)
    assert verdict.needs_review
    assert verdict.evidence


@pytest.mark.parametrize(
    ("far", "agent"),
    [
        (
            "Me operaron y se me fue el dinero en la operación.",
            "Eso a mí no me importa, la operación es suya.",
        ),
        ("Tuve que pagar la escuela de mis hijos.", "Bueno. ¿Cuándo paga?"),
    ],
)
def test_a_reason_passed_over_is_none_taken_up(far: str, agent: str) -> None:
    assert judged("asks_reason", far, agent).outcome == "fail"


@pytest.mark.parametrize(
    ("agent", "why"),
    [
        ("Para acordarlo, dígame las cuatro cifras de su documento.", "contó por su cuenta (turno 4): se"),
        (
            "Ah, lo despidieron en septiembre. Dígame las cuatro cifras.",
            "(turno 4), aunque lo retoma (turno 5)",
        ),
    ],
)
def test_who_was_told_the_reason_unasked_lacks_no_question(agent: str, why: str) -> None:
    verdict = judged("asks_reason", "Es que me despidieron en septiembre, por eso no he pagado.", agent)
    assert verdict.outcome == "fail"
    assert verdict.told.startswith("No indaga más sobre el motivo del atraso, que el deudor")
    assert why in verdict.told
