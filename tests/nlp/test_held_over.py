"""A judge, a boss, a man who knows the door: what is held over a debtor in everyday words."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from tests.nlp.test_mockery import verdicts


@pytest.mark.parametrize(
    ("said", "waits"),
    [
        ("Usted va a tener que explicárselo al señor juez.", False),
        ("Ya se lo contará usted al juez.", False),
        ("Le va a tocar contarle al juez por qué no pagó.", False),
        ("Eso se lo explica usted al juez.", True),
        ("pues digaselo al juez", True),
        ("lo van a notificar los del juzgado", True),
        ("Lo van a citar en el juzgado.", True),
        ("Vaya consiguiendo abogado.", True),
        ("El juez no le va a aceptar ese cuento.", True),
    ],
)
def test_whoever_will_answer_to_a_judge_hears_of_the_law(said: str, waits: bool) -> None:
    found = verdicts(said)["no_lawyer"]
    assert (found.outcome, found.needs_review) == ("fail", waits)
    assert found.evidence


@pytest.mark.parametrize(
    "said",
    [
        "Mire, acá el juez es el que manda.",
        "Hay un abogado viendo su asunto.",
        "Lo mío es avisarle antes del juez.",
        "Su caso lo tiene el despacho externo y ellos proceden por otra vía.",
    ],
)
def test_a_court_that_is_only_named_waits_for_a_person(said: str) -> None:
    found = verdicts(said)["no_lawyer"]
    assert (found.outcome, found.needs_review) == ("pass", True)
    assert len(found.evidence) == 1


@pytest.mark.parametrize(
    "said",
    [
        "Puede pagar en la caja que está frente al juzgado.",
        "Está a dos cuadras, junto al tribunal.",
        "No va a haber ningún juez ni abogado, tranquila.",
        "No quiero que se sienta juzgada, ni me siento yo juzgado.",
        "Si quiere, consúltelo con su abogado.",
        "La calle es Tribunales número cinco.",
        "Usted trabaja en el juzgado, ¿verdad? ¿A qué hora sale?",
        "Le llamo de Torres Abogados Asociados.",
        "No tiene que explicárselo a ningún juez.",
    ],
)
def test_a_court_by_the_way_is_no_mention(said: str) -> None:
    found = verdicts(said)["no_lawyer"]
    assert (found.outcome, found.needs_review) == ("pass", False)


def after(debtor: str, agent: str) -> dict[str, Verdict]:
    said = dialogue(f"""
        A: Buenos días, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con doña Rosa Paz?
        D: Sí, soy yo.
        A: Doña Rosa, su cuota de mil pesos venció hace diez días.
        D: {debtor}
        A: {agent}
        D: Bueno.
        A: Gracias por su tiempo, hasta luego.
    """)
    return dict(score(said, analyze(said), load_rubric()).verdicts)


def test_whoever_answers_a_debtor_that_named_it_first_names_nothing_new() -> None:
    found = after(
        "Es que mi abogado me dijo que no pagara.",
        "Entiendo. Lo que le dijo el abogado lo respeto; veamos una fecha.",
    )["no_lawyer"]
    assert (found.outcome, found.needs_review) == ("pass", False)


@pytest.mark.parametrize(
    "said",
    [
        "pues ya sabra usted si quiere que lleguemos hasta su patron",
        "¿Quiere que lleguemos hasta su jefe?",
        "¿Prefiere que vaya a hablar con su jefe?",
        "Si usted no me paga le pregunto a su esposo.",
        "A ver qué dicen sus vecinos de que no paga.",
        "A ver qué opina su patrón de esto.",
        "Mire, el motorizado ya tiene su foto y su dirección, usted verá.",
        "Los muchachos ya saben a qué hora sale usted.",
        "Voy a tener que pasar a verla, y no voy sola.",
    ],
)
def test_people_held_over_a_debtor_are_a_threat(said: str) -> None:
    found = verdicts(said)["no_threats"]
    assert found.outcome == "fail"
    assert found.evidence


@pytest.mark.parametrize(
    "said",
    [
        "Si quiere le marco a su jefe.",
        "A lo mejor su jefe sí me contesta.",
        "Usted vive sola con sus hijas, ¿verdad? Piénselo.",
        "El cobrador no va solo, le aviso.",
        "Aquí ya tenemos fotos de su casa.",
    ],
)
def test_people_named_for_no_reason_wait_for_a_person(said: str) -> None:
    found = verdicts(said)["no_threats"]
    assert (found.outcome, found.needs_review) == ("pass", True)
    assert found.evidence


@pytest.mark.parametrize(
    "said",
    [
        "¿Y a su patrón le puede pedir un adelanto? A ver qué dice su jefe del adelanto.",
        "Consúltelo con su esposo y a ver qué opina.",
        "A ver qué dice su esposo cuando llegue y lo vemos.",
        "¿Quiere que pasemos a su trabajo a recoger el pago?",
        "Ya tengo su foto del recibo, gracias.",
        "Entiendo que vive sola con sus hijas. ¿Quién la ayuda con los gastos?",
        "El promotor ya tiene su dirección para recoger el pago.",
        "No va a estar sola en esto, la ayudamos.",
        "¿Y su patrón cuándo le paga?",
        "Si no puede usted, ¿le pregunto a su esposo como quedamos?",
        "No lo llamamos a su trabajo, no se preocupe.",
    ],
)
def test_people_spoken_of_in_kindness_are_no_threat(said: str) -> None:
    found = verdicts(said)["no_threats"]
    assert (found.outcome, found.needs_review) == ("pass", False)
