"""Turns of phrase taken for something else: no money, one more call, a choice, for whom one calls."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.thresholds import call_bar
from rubrics.loader import PACKS, load_pack, load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from tests.rubrics.invariants import keeps_the_invariants
from transcripts.types import Transcript

OPENING = "A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con la señora Mirta Sosa?"
DEBT = "A: Señora Mirta, su cuota de ochenta y cuatro mil pesos venció el 5 de noviembre. ¿Qué pasó?"


def verdicts(call: Transcript) -> dict[str, Verdict]:
    country = call.recording.country or "AR"
    card = score(call, analyze(call), load_rubric(), load_pack(PACKS / f"{country.lower()}.yaml"))
    keeps_the_invariants(call, card)
    return {**card.verdicts, **card.pack_verdicts}


def objected(said: str) -> set[str]:
    call = dialogue(f"{OPENING}\nD: Sí, soy yo.\n{DEBT}\nD: {said}", country="AR")
    found = analyze(call).findings
    return {f.label for f in found if f.quote.turn == 3 and f.score >= call_bar(f.label)}


@pytest.mark.parametrize(
    "said",
    [
        "Estoy más seco que lengua de loro.",
        "Ando pelado, señorita.",
        "Estoy más pelado que rodilla de cabra.",
        "Estoy en la lona.",
        "Estoy sin un mango.",
        "No tengo ni para el bondi.",
        "Ando misio.",
        "Estamos en la vil calle.",
        "Estoy en bancarrota.",
    ],
)
def test_no_money_said_with_a_joke_is_no_money_and_mocks_nobody(said: str) -> None:
    found = objected(said)
    assert "no_money" in found
    assert "hostile" not in found


@pytest.mark.parametrize(
    "said", ["Me atendió una chica muy seca.", "Hasta que la arreglen no pago ni un duro."]
)
def test_a_dry_answer_or_a_refusal_is_not_being_broke(said: str) -> None:
    assert "broke" not in objected(said)


@pytest.mark.parametrize(
    "said",
    [
        "De ochocientos a trescientos cayó mi sueldo.",
        "Antes vendía cien, ahora cuarenta.",
        "Pasé de ganar cien a ganar cuarenta.",
    ],
)
def test_earnings_that_fell_ask_for_no_discount(said: str) -> None:
    found = objected(said)
    assert "job_loss" in found
    assert "asks_discount" not in found


def test_two_figures_alone_ask_for_no_discount() -> None:
    assert "asks_discount" not in objected("De cien a cuarenta.")
    assert "asks_discount" in objected("¿No me lo deja de cien a cuarenta?")


def annoyed(said: str, answer: str) -> dict[str, Verdict]:
    return verdicts(
        dialogue(
            f"{OPENING}\nD: {said}\nA: {answer}\nD: Bueno, soy yo, dígame.\n{DEBT}\nD: Se me pasó.",
            country="AR",
        )
    )


@pytest.mark.parametrize("said", ["¿Otra vez ustedes?", "¿Ustedes otra vez?", "Ah, ustedes de nuevo."])
def test_surprise_at_one_more_call_is_no_complaint(said: str) -> None:
    assert "harassment_complaint" not in objected(said)


@pytest.mark.parametrize(
    "said", ["¿Otra vez ustedes? Me llaman todos los días.", "Dejen de llamarme a cada rato."]
)
def test_a_complaint_beside_it_stays_one(said: str) -> None:
    assert "harassment_complaint" in objected(said)


def test_to_be_sorry_answers_an_annoyance() -> None:
    found = annoyed("Otra vez llamando, qué insistencia.", "Disculpe la molestia, señora Mirta.")
    assert found["handles_objections"].outcome != "fail"


def test_to_be_sorry_is_no_answer_to_who_is_called_every_day() -> None:
    found = annoyed("Me llaman todos los días a mi trabajo, ya basta.", "Disculpe la molestia, señora.")
    assert found["handles_objections"].outcome == "fail"


def offered(said: str) -> Verdict:
    call = dialogue(f"{OPENING}\nD: Sí, soy yo.\n{DEBT}\nD: Se me pasó.\nA: {said}\nD: No sé.", country="AR")
    return verdicts(call)["offers_alternatives"]


@pytest.mark.parametrize(
    "said",
    [
        "¿Le parece pagar los ochenta y cuatro mil el lunes 7 de diciembre, o prefiere en dos partes?",
        "¿Lo hace el lunes, o le queda mejor en partes?",
        "¿Puede pagar ochenta y cuatro mil el viernes o en dos pagos?",
        "¿Los paga el lunes, o la mitad ahora?",
    ],
)
def test_all_on_a_day_or_in_parts_are_two_ways(said: str) -> None:
    assert offered(said).outcome == "pass"


@pytest.mark.parametrize(
    "said",
    ["O paga los ochenta y cuatro mil el lunes o pierde la mitad del descuento.", "¿Paga el lunes, o no?"],
)
def test_what_would_be_lost_is_no_second_way(said: str) -> None:
    assert offered(said).outcome == "fail"


def agency(who: str) -> Verdict:
    called = f"A: Buenas tardes, le habla Ana Ruiz, {who}. ¿Hablo con la señora Mirta Sosa?"
    return verdicts(dialogue(f"{called}\nD: Sí, soy yo.\n{DEBT}\nD: Se me pasó.", country="AR"))[
        "agency_identifies"
    ]


@pytest.mark.parametrize(
    "who",
    [
        "lo llamo de Recupero del Plata, de parte de Banco Austral",
        "de Recupero del Plata, por Banco Austral",
        "de Recupero del Plata, por encargo de Banco Austral",
        "de Recupero del Plata, en representación de Banco Austral",
        "de Recupero del Plata, a nombre de Banco Austral",
    ],
)
def test_for_whose_account_an_agency_calls_is_heard(who: str) -> None:
    assert agency(who).outcome == "pass"


@pytest.mark.parametrize(
    "who",
    [
        "la llamo de Recupero del Plata",
        "la llamo de parte de Recupero del Plata",
        "de Recupero del Plata, por su deuda",
    ],
)
def test_the_agency_alone_is_not_for_whom_it_calls(who: str) -> None:
    assert agency(who).outcome == "fail"
