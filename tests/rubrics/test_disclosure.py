"""The debt told to somebody else: in everyday words, by a yes to their guess, or not at all."""

from __future__ import annotations

import re
from typing import Any

import pytest

from nlp.analyze import analyze
from rubrics.checks.tells_no_other import Params, check
from rubrics.types import Verdict
from tests.dialogue import dialogue

DOUBTFUL = 0.6


def told(
    said: str, asks: str = "¿De parte de quién? ¿Qué se le ofrece?", then: str = "Ya, yo le digo."
) -> Verdict:
    """The verdict where the agent says `said` to the debtor's mother, who asked and then answers."""
    call = dialogue(f"""
        A: Buenas tardes, ¿se encuentra don Ramiro Paz?
        O: No está, soy la mamá, salió a trabajar.
        A: Gracias, señora.
        O: {asks}
        A: {said}
        O: {then}
        A: Muchas gracias, señora, hasta luego.
        O: Adiós.
    """)
    return check(call, analyze(call), Params())


@pytest.mark.parametrize(
    "said",
    [
        "No le puedo comentar si tiene o no tiene una deuda, señora.",
        "Yo nunca dije que se tratara de una cuota atrasada.",
        "Aunque se tratara de un adeudo, aunque fuera una deuda, no se lo podría decir.",
        "Si hubiera algún saldo pendiente tampoco podría hablarlo con usted.",
        "Deba o no deba, eso solamente lo trato con él.",
        "no le puedo confirmar si es por una deuda eso lo veo con el",
        "Eso de la deuda lo dice usted, yo no informo nada.",
        "¿Quién le dijo que era por una deuda? Es un asunto personal.",
    ],
)
def test_to_refuse_to_tell_tells_nothing(said: str) -> None:
    assert told(said).outcome == "pass"


@pytest.mark.parametrize(
    "said",
    [
        "Es que trae atrasadito el refri.",
        "Nada grave, unas letritas que quedaron colgadas.",
        "Le quedó un saldito de la bici.",
        "Se le juntaron dos quincenas del comedor.",
        "Todavía no manda el payment de la traila.",
        "La cuenta se le va a collections.",
        "No, no es de la garantía, es que se le pasaron los pagos y queremos ayudarle.",
        "Hace tres meses que no nos cancela el televisor.",
        "Quiero ofrecerle un plan de pagos.",
        "Es por el recibo que devolvió el banco.",
        "Es un pago que no ha entrado, nada más.",
        "La puede pagar usted si quiere, son ochenta mil.",
        "Quedó una platita pendiente.",
        "No le puedo decir mucho. Debe dos letras.",
    ],
)
def test_a_debt_in_everyday_words_is_told(said: str) -> None:
    verdict = told(said)
    assert verdict.outcome == "fail"
    assert {quote.turn for quote in verdict.evidence} == {4}


@pytest.mark.parametrize(
    "said",
    [
        "Quedó una entrega pendiente de firmar.",
        "Ah, se retrasó con el trabajo, entiendo.",
        "Lleva dos días sin contestarme, ¿estará bien?",
        "Le dejo el número que le quedó en pantalla.",
        "¿Él anda en la camioneta? ¿A qué hora llega?",
        "Es sobre unos datos de su contrato.",
    ],
)
def test_other_business_and_a_late_arrival_tell_of_no_debt(said: str) -> None:
    assert told(said).outcome == "pass"


GUESS = "¿Es por la mueblería? Yo sé que debe como dos cuotas."


@pytest.mark.parametrize(
    "said", ["Sí, señora, es por eso.", "Así es.", "Algo de eso hay.", "Ya que usted sabe, que me llame."]
)
def test_a_yes_to_a_guess_is_left_to_a_person(said: str) -> None:
    verdict = told(said, asks=GUESS)
    assert (verdict.outcome, verdict.confidence < DOUBTFUL) == ("pass", True)
    assert verdict.evidence


@pytest.mark.parametrize(
    "said",
    [
        "No le puedo confirmar nada, señora.",
        "Entiendo. ¿A qué hora lo encuentro?",
        "De eso no puedo conversar, disculpe.",
    ],
)
def test_who_does_not_take_up_a_guess_told_nothing(said: str) -> None:
    verdict = told(said, asks=GUESS)
    assert (verdict.outcome, verdict.evidence) == ("pass", ())


@pytest.mark.parametrize(
    "then", ["¿Cómo que cuotas?", "¿A poco no ha pagado la tele?", "Yo no sabía que debía."]
)
def test_the_surprise_of_the_other_is_left_to_a_person(then: str) -> None:
    verdict = told("Es una cosita de él, señora.", then=then)
    assert (verdict.outcome, verdict.confidence < DOUBTFUL) == ("pass", True)
    assert [quote.turn for quote in verdict.evidence] == [5]


def test_the_agents_own_regret_is_left_to_a_person() -> None:
    call = dialogue("""
        A: Buenas tardes, ¿se encuentra don Ramiro Paz?
        O: Ya se lo paso.
        D: ¿Aló? ¿Y usted por qué anda hablando con mi mamá?
        A: Tiene razón, no debí decírselo a su mamá.
        D: No lo haga más.
    """)
    verdict = check(call, analyze(call), Params())
    assert (verdict.outcome, verdict.confidence < DOUBTFUL) == ("pass", True)
    assert 3 in {quote.turn for quote in verdict.evidence}


def test_to_set_a_guess_right_tells_it() -> None:
    assert [quote.turn for quote in told("Dos no, son cinco.", asks=GUESS).evidence] == [4]


HOUSES = [
    ("Nicolás Ferro", "Cuotas Ya"),
    ("Nicolás Ferro", "Crédito Norte"),
    ("Nicolás Ferro", "Deuda Cero"),
    ("Nicolás Ferro", "Mora Cero"),
    ("Ana Mora", "Pago Fácil"),
    ("Esteban Mora", "Banco Sur"),
    ("Nicolás Ferro", "Adeudos y Soluciones SA de CV"),
]


def left(said: str, agent: str, company: str, *, marks: bool, known: bool = True) -> Verdict:
    """The verdict where the agent leaves the message `said` with the debtor's husband."""
    text = said.format(agent=agent, company=company)
    text = text if marks else re.sub(r"[¿?¡!.,;:]", "", text).lower()
    facts: dict[str, Any] = {}
    if known:
        facts = {"agent": agent, "company": company, "debtor_name": "Karina Mora"}
    call = dialogue(
        f"""
        A: Buenas tardes, ¿se encuentra Karina?
        O: No está, soy el marido. ¿De parte de quién?
        A: {text}
        O: Bueno, yo le digo.
        """,
        **facts,
    )
    return check(call, analyze(call), Params())


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize(("agent", "company"), HOUSES)
@pytest.mark.parametrize(
    "said",
    [
        "¿Le puede decir que la llamó {agent}, de {company}, por favor?",
        "Dígale que se comunique con {agent}, de {company}.",
        "Avísele que le habló {agent} y que llame a {company}.",
        "Dígale a la señora Mora que la llamaron de {company}.",
        "Dígale que es de {company}, por favor.",
        "Por favor, que nos devuelva la llamada a {company}.",
    ],
)
def test_the_name_of_who_calls_tells_of_no_debt(said: str, agent: str, company: str, *, marks: bool) -> None:
    verdict = left(said, agent, company, marks=marks)
    assert (verdict.outcome, verdict.evidence) == ("pass", ())


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize(("agent", "company"), HOUSES)
@pytest.mark.parametrize(
    "said",
    [
        "Dígale que la llamó {agent}, de {company}, por las cuotas vencidas.",
        "Dígale que debe tres cuotas a {company}.",
        "Su esposa tiene una deuda con {company}.",
        "Avísele que está en mora con {company}.",
        "Es por las cuotas atrasadas de la señora Karina Mora.",
        "Dígale que pague su crédito de {company}.",
        "Dígale a la señora Karina que tiene cuotas ya vencidas.",
    ],
)
def test_a_debt_told_beside_a_name_is_told(said: str, agent: str, company: str, *, marks: bool) -> None:
    assert left(said, agent, company, marks=marks).outcome == "fail"


def test_a_house_that_the_facts_do_not_know_is_known_by_its_capitals() -> None:
    told_by_name = "¿Le puede decir que la llamó {agent}, de {company}, por favor?"
    assert left(told_by_name, "Luis Paz", "Crédito Norte", marks=True, known=False).outcome == "pass"
    told_debt = "Dígale que la llamó {agent} por el crédito del Norte."
    assert left(told_debt, "Luis Paz", "", marks=True, known=False).outcome == "fail"
