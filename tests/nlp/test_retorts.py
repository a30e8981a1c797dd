"""Scorn put as a question or a retort, and the courteous sentences that look like it."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.tagger import hear
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue


def courteous(far: str, agent: str) -> Verdict:
    call = dialogue(f"""
        A: Buenas tardes, habla Ana Ruiz, de Crédito Norte. ¿Hablo con doña Teresa Paz?
        D: Sí, soy yo.
        A: Su cuota de novecientos pesos venció el cinco de noviembre. ¿Qué pasó con ese pago?
        D: {far}
        A: {agent} ¿Cuándo paga?
        D: El treinta.
        A: Bueno, el treinta. Gracias, hasta luego.
    """)
    return score(call, analyze(call), load_rubric()).verdicts["courteous"]


@pytest.mark.parametrize(
    ("far", "agent"),
    [
        ("Mándeme el estado de cuenta por escrito.", "¿Para qué, si ni lo va a leer?"),
        ("¿De qué es la deuda?", "Del crédito que tiene en mora, ¿de qué va a ser?"),
        ("Es que no me acordaba de la fecha.", "Para comprar sí se acordó, ¿verdad?"),
        ("Quisiera que me lo explique otra vez.", "Se lo explico con manzanitas, a ver si así."),
        ("Ahorita no puedo pagar.", "Claro, claro, nunca pueden, pero el celular nuevo sí."),
        ("Voy a ver con mi esposo.", "¿Y usted no se manda sola o qué?"),
        ("No sé leer bien los recibos.", "Pues para firmar sí supo."),
        ("Es que me bajaron las horas.", "Ya, y yo soy el rey de España."),
        ("Me da pena con usted.", "Usted ya está grandecita para estas cosas."),
        ("¿Y no se puede el quince?", "A ver si entiende, señora: la fecha ya pasó."),
        ("Bueno, el treinta.", "Eso así me gusta, mija, obediente."),
    ],
)
def test_a_scornful_retort_is_no_courtesy(far: str, agent: str) -> None:
    assert courteous(far, agent).outcome == "fail"


@pytest.mark.parametrize("agent", ["La plata es la plata, mami.", "Eso así me gusta."])
def test_what_may_be_scorn_waits_for_a_person(agent: str) -> None:
    assert courteous("Es que me bajaron las horas.", agent).doubt


@pytest.mark.parametrize(
    "text",
    [
        "¿Para qué pagar recargos si no los va a necesitar?",
        "¿De qué va a ser el comprobante?",
        "Para firmar sí puede venir el lunes.",
        "Para firmar sí necesito que venga con su cédula.",
        "No le alcanza todo, pero la mitad sí.",
        "A ver si entiendo, le pagan el quince.",
        "Y yo soy la asesora que le lleva su cuenta.",
        "Sus hijos ya están grandecitos para ayudarle.",
        "¿Usted sola se hace cargo de la casa?",
        "Salúdeme a su mami.",
    ],
)
def test_courteous_sentences_are_no_retort(text: str) -> None:
    assert not {"retorts", "may_retort"} & hear(text, "agent").found.keys()
