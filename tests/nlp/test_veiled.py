"""Law and harm under other names: «el estudio», «los letrados», «en su barrio todo se sabe»; and what only
sounds like them.
"""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.thresholds import OPERATING
from nlp.types import Finding
from tests.dialogue import dialogue


def heard(agent: str) -> dict[str, Finding]:
    """What is found in the agent's answer to a debtor who lacks money, by label."""
    call = dialogue(f"""
        A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Darío Paz?
        D: Sí, soy yo.
        A: Don Darío, su cuota de mil pesos venció hace diez días. ¿Qué día la paga?
        D: No me alcanza este mes.
        A: {agent}
        D: Bueno.
        A: Gracias por su tiempo, hasta luego.
    """)
    return {f.label: f for f in analyze(call).findings if f.quote.turn == 4}


@pytest.mark.parametrize(
    "said",
    [
        "La otra semana su carpeta la agarra el estudio, yo ya no puedo hacer nada.",
        "Si llega a fin de mes, esto se va a los letrados.",
        "En enero lo mandan a la parte legal.",
        "Vaya pensando qué le va a decir al juez.",
        "Todo esto se lo va a contar usted a un juez.",
        "Y después ya se las arregla usted con el licenciado.",
        "De ahí lo toman los doctores, con sus honorarios aparte.",
        "Su expediente termina en manos del bufete.",
        "Luego encima le cargan las costas.",
        "Lo vamos a llevar a juicio.",
    ],
)
def test_lawyers_under_other_names_are_lawyers(said: str) -> None:
    assert heard(said)["lawyer"].score >= OPERATING


@pytest.mark.parametrize(
    "said",
    [
        "Si no, le va a llegar una cédula.",
        "Para el lunes su caso lo tienen los licenciados.",
    ],
)
def test_what_may_be_meant_of_lawyers_is_left_to_a_person(said: str) -> None:
    assert "lawyer" in heard(said)


@pytest.mark.parametrize(
    "said",
    [
        "Le voy a poner una nota para que no lo llamen por la mañana.",
        "Lo vamos a llevar con calma, don Darío.",
        "La voy a poner en espera un momento.",
        "¿Y a qué hora termina usted en el juzgado?",
        "Que se mejore de la muela del juicio.",
        "Con menos demanda en el taller se entiende que no alcance.",
        "Le habla Ana, del Estudio Contable Rivas.",
        "La licenciada Torres lo atiende en la sucursal y ahí le hace el convenio.",
        "Le paso con el licenciado Gómez, que es mi supervisor.",
        "Esto no pasa a ningún estudio, quédese tranquilo.",
        "Si otra gente le dice que lo van a demandar, no les crea, no somos nosotros.",
        "Si lo ven los doctores antes del lunes, me avisa.",
        "¿Su hijo terminó ya el estudio?",
        "Le va a llegar la cédula de identidad y con ella cobra.",
    ],
)
def test_what_only_sounds_like_law_is_not_even_a_hint(said: str) -> None:
    assert "lawyer" not in heard(said)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            "Su hermana está de referencia y no quisiera tener que llamarle a ella.",
            "Su hermana está de referencia y no quisiera tener que llamarle a ella",
        ),
        (
            "A sus vecinos no creo que les caiga bien enterarse.",
            "A sus vecinos no creo que les caiga bien enterarse",
        ),
        ("Estamos para ayudar. En su colonia las cosas se saben pronto.", "En su colonia las cosas se saben"),
        ("Ya sabemos dónde trabaja, frente al parque.", "Ya sabemos dónde trabaja"),
        ("Sigue el otro equipo. Esos ya no avisan, van.", "Esos ya no avisan, van"),
        (
            "Todos tenemos problemas. Yo en su lugar no esperaría a que esto caiga en otras manos.",
            "caiga en otras manos",
        ),
        ("Allá no le van a hablar bonito.", "Allá no le van a hablar bonito"),
    ],
)
def test_harm_is_quoted_where_it_is_hinted_at(said: str, words: str) -> None:
    threat = heard(said)["threat"]
    assert threat.score >= OPERATING
    assert words in threat.quote.text
    assert "problemas" not in threat.quote.text


@pytest.mark.parametrize(
    "said",
    [
        "Nadie le va a quitar nada, don Darío.",
        "En su oficina nadie se va a enterar.",
        "¿Su hermana sigue siendo su referencia?",
        "Ya tenemos su dirección, ahí le llega el acuerdo por escrito.",
        "En su barrio hay una agencia, ahí puede pagar.",
        "Si alguien le dice que va a ir a la cárcel, no haga caso.",
    ],
)
def test_what_calms_or_informs_is_no_threat(said: str) -> None:
    assert "threat" not in heard(said)
