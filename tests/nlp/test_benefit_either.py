"""What any of the ways offered spares, and what stays as it was; what only names a charge spares nothing."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.tagger import hear
from rubrics.loader import load_rubric
from rubrics.scoring import score
from tests.dialogue import dialogue


@pytest.mark.parametrize(
    "text",
    [
        "o todo el viernes veintisiete. Cualquiera de las dos le evita los punitorios del próximo resumen.",
        "Cualquiera de los dos caminos le quita la multa de ochenta pesos.",
        "Ninguna de las dos le suma punitorios.",
        "Ni con una ni con otra hay recargo.",
        "Ambas opciones le ahorran la mora.",
        "cuatro de 97 o 50 semanales, ninguno lleva interes",
        "A ver, para que no se le junte con la de noviembre: ¿cien este sábado y ochenta el otro?",
        "La segunda opción no genera intereses.",
        "Pasados treinta días figura en la central de riesgos. Pagando antes, nada de eso.",
        "Si lo paga antes del treinta, todo eso se evita.",
        "Así le respetan la tasa que tiene.",
        "Lo bueno es que no paga ni un peso más que la cuota.",
        "Así puede volver a usar la tarjeta.",
    ],
)
def test_what_a_way_spares_or_keeps_is_a_benefit(text: str) -> None:
    assert {"either_spares", "plain_benefit"} <= hear(text, "agent").found.keys()


@pytest.mark.parametrize(
    "text",
    [
        "Ninguna de las dos le evita el recargo.",
        "Cualquiera de las dos le suma intereses.",
        "La primera opción genera intereses.",
        "¿Cualquiera de las dos evita el recargo?",
        "Ninguna de las dos opciones le respeta la tasa.",
        "Cualquiera de las dos formas está bien.",
        "No hay nada de eso.",
        "Ninguno de mis compañeros lleva su cuenta.",
        "Se le junta con la de noviembre.",
    ],
)
def test_what_spares_nothing_is_none(text: str) -> None:
    assert "either_spares" not in hear(text, "agent").found


@pytest.mark.parametrize(
    ("said", "outcome"),
    [("Cualquiera de las dos le evita los punitorios.", "pass"), ("Cualquiera está bien.", "fail")],
)
def test_the_criterion_hears_it(said: str, outcome: str) -> None:
    call = dialogue(f"""
        A: Buenas tardes, habla Ana Ruiz, de Cobra. ¿Hablo con doña Rosa Paz?
        D: Sí, soy yo.
        A: Debe dos cuotas de cien mil pesos desde marzo.
        D: No me alcanzó.
        A: Puede ser la mitad este viernes y la mitad el cuatro, o todo el viernes veintisiete. {said}
        D: Mmm.
        A: ¿Cuándo paga?
        D: El viernes.
        A: Bueno.
    """)
    assert score(call, analyze(call), load_rubric()).verdicts["explains_benefit"].outcome == outcome
