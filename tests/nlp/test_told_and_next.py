"""How late by the day of each month, what is given back, what is signed next, parts or a wait."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.tagger import hear
from rubrics.loader import load_rubric
from rubrics.scoring import score
from tests.dialogue import dialogue


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("lateness_said", "Su pago es del día once de cada mes y el de noviembre no cayó."),
        ("lateness_said", "Su payment estaba due el primero de noviembre."),
        ("lateness_said", "Está past due thirty days."),
        ("plain_benefit", "Con el segundo pago queda sin punitorios y le vuelvo a habilitar el margen."),
        ("plain_benefit", "Con cualquiera de los dos no le reportan el late al buró."),
        ("comes_to_sign", "Lo espero el viernes con su cédula para firmar el convenio."),
        ("comes_to_sign", "Me mandas el capture."),
        ("comes_to_sign", "Lo espero el viernes con su cédula, que esté bien."),
        ("comes_to_sign", "La esperamos el lunes en la agencia con su identificación."),
        ("comes_to_sign", "Venga el viernes con su documento, hasta luego."),
        ("comes_to_sign", "Acérquese el martes con su CUI y el recibo."),
        ("comes_to_sign", "Pase el martes por la oficina con su INE."),
        ("comes_to_sign", "Vení el lunes con tu DNI y lo cerramos."),
        ("comes_to_sign", "Acá lo atendemos el jueves con su carnet."),
        ("comes_to_sign", "No olvide traer su recibo el lunes cuando pase por la oficina."),
        ("offers_choice", "Ciento quince cada viernes por cuatro viernes, o esperamos al quince."),
    ],
)
def test_it_is_heard(label: str, said: str) -> None:
    assert label in hear(said, "agent").found


@pytest.mark.parametrize(
    "last", ["Lo espero el viernes con su cédula.", "Venga el lunes con su DNI a la oficina."]
)
def test_who_is_to_come_with_their_papers_knows_what_comes_next(last: str) -> None:
    call = dialogue(
        f"""
        A: Buenos días, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con doña Rosa Paz?
        D: Sí, soy yo.
        A: Doña Rosa, su cuota de mil pesos venció hace diez días. ¿Cuándo la puede pagar?
        D: El viernes paso a la oficina y firmo lo del plan.
        A: {last} Que esté bien, gracias.
        """,
        country="CO",
    )
    assert score(call, analyze(call), load_rubric()).verdicts["follow_up"].outcome == "pass"


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("due_each_month", "Su pago es de novecientos pesos cada mes."),
        ("given_back", "Con cualquiera de los dos le reportan el atraso al buró."),
        ("comes_to_sign", "Usted vino a firmar el contrato en marzo."),
        ("comes_to_sign", "Lo espero el viernes con su cédula en el juzgado."),
        ("comes_to_sign", "Vaya con su cédula al registro civil."),
        ("comes_to_sign", "Pase por su cédula a la oficina del registro."),
        ("comes_to_sign", "No lo atendemos con su documento vencido."),
        ("comes_to_sign", "¿Me dice su número de cédula?"),
        ("comes_to_sign", "Lo espero el lunes con el dinero completo."),
        ("takes_payment", "Lo espero el viernes con su cédula."),
        ("parts_or_wait", "Son ciento quince cada viernes."),
    ],
)
def test_what_only_sounds_like_it_is_none(label: str, said: str) -> None:
    assert label not in hear(said, "agent").found
