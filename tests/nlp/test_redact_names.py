"""Names of people, and the companies, places and saints that are none."""

from __future__ import annotations

from typing import Any

import pytest

from nlp.redact import redactions
from tests.dialogue import dialogue

FACTS = {"debtor_name": "Marisol Quiceno", "agent": "Yeison Tabares", "company": "Cobranzas Altavista"}


def named(lines: str, **recording: Any) -> list[str]:
    call = dialogue(lines, **(recording or FACTS))
    return [each.quote.text for each in redactions(call) if each.kind == "name"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("¿Marisol Quiceno? Le habla Yeison Tabares.", ["Marisol Quiceno", "Yeison Tabares"]),
        ("me comunico con la señora marisol quiseno", ["marisol quiseno"]),
        ("Marisolita, qué gusto.", ["Marisolita"]),
        ("Gracias, señora Quiceno.", ["Quiceno"]),
        ("le hablo de cobranzas alta vista", []),
    ],
)
def test_names_of_the_facts(said: str, found: list[str]) -> None:
    assert named(f"A: {said}") == found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Mi hija Fernanda me ayuda.", ["Fernanda"]),
        ("Eso lo ve la Viviana, mi contadora.", ["Viviana"]),
        ("¡Chayo, los lentes!", ["Chayo"]),
        ("Me llamo Zaqueo Tiznado.", ["Zaqueo Tiznado"]),
        ("Soy la esposa. Clementina de Velásquez.", ["Clementina de Velásquez"]),
        ("Con Benjamín. Compré este chip.", ["Benjamín"]),
        ("a mi don lucas me dijo que no", ["lucas"]),
        ("un tal doctor bermudes me grito", ["bermudes"]),
        ("El señor Walter no está.", ["Walter"]),
        ("Pregunte por Luz Dary Ospina, la vecina.", ["Luz Dary Ospina"]),
        ("¡Ya voy, Toñito!", ["Toñito"]),
    ],
)
def test_names_that_are_said(said: str, found: list[str]) -> None:
    assert named(f"D: {said}") == found


@pytest.mark.parametrize(
    "said",
    [
        "Ayer pagué la luz, y la mora no es mía.",
        "El domingo fue día de San Pedro, y el 2, día de la Candelaria.",
        "Vivo en Santiago, cerca del hospital San Rafael.",
        "Trabajo en Almacenes La Torre y en el Banco Santander.",
        "Cuando le marco a la señora no contesta.",
        "Para Reyes, o en Semana Santa.",
        "Nadie va preso en El Salvador.",
        "bueno señora buenas tardes como esta",
        "Señor. El recibo no llegó.",
    ],
)
def test_words_that_name_nobody(said: str) -> None:
    assert named(f"D: {said}") == []


def test_a_company_that_is_called_like_a_person_is_no_person() -> None:
    lines = "A: Soy Ramiro, de Costa Clara. ¿Doña Clara?"
    assert named(lines, company="Finanzas Costa Clara", agent="Ramiro Luna") == ["Ramiro", "Clara"]


def test_a_name_that_a_title_gave_away_counts_again() -> None:
    lines = "A: Es su aval, el señor Zaqueo.\nD: Zaqueo no sabe nada."
    assert named(lines) == ["Zaqueo", "Zaqueo"]


def test_a_title_stays() -> None:
    call = dialogue("A: Gracias, doña Marisol.", **FACTS)
    assert [each.quote.text for each in redactions(call)] == ["Marisol"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Soy la mamá, Eufrosina Quispe Mamani.", ["Eufrosina Quispe Mamani"]),
        ("soy la mamá eufrosina quispe mamani", ["eufrosina quispe mamani"]),
        ("Primitiva Quispe Mamani, para servirle.", ["Primitiva Quispe Mamani"]),
        ("aquí está quispe mamani", ["quispe mamani"]),
        ("Mi garante es Segundo Toapanta.", ["Segundo Toapanta"]),
        ("El codeudor, Wandy, ya pagó.", ["Wandy"]),
        ("Dígale a Yurleidis que ya pagué.", ["Yurleidis"]),
        ("Decile a Nahir que llamo mañana.", ["Nahir"]),
        ("Comuníquese con Yurleidis Padilla.", ["Yurleidis Padilla"]),
        ("habla con segundo toapanta", ["segundo toapanta"]),
        ("soy segundo quishpe de ambato", ["segundo quishpe"]),
        ("¿hablo con el señor segundo guaman?", ["segundo guaman"]),
    ],
)
def test_names_that_no_list_has(said: str, found: list[str]) -> None:
    assert named(f"D: {said}") == found


@pytest.mark.parametrize(
    "said",
    [
        "Dígale a Bancolombia que me espere.",
        "Dile a Coppel que no voy a pagar.",
        "le llamo de tu tienda express",
        "soy de tu tienda express, en el centro",
        "espéreme un segundo guaman está aquí",
        "habla claro, el segundo pago es el viernes",
    ],
)
def test_companies_and_words_that_are_also_names_stay(said: str) -> None:
    assert named(f"D: {said}") == []


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("¿Me comunica con la señora Rosa?", "Rosa no está."),
        ("busco a la señora esperanza", "esperanza no está"),
        ("¿Doña Luz?", "Luz salió."),
        ("¿Está don Julio?", "Julio no está."),
    ],
)
def test_a_name_that_is_also_a_word_is_taken_up_in_the_answer(asked: str, answer: str) -> None:
    name = answer.split()[0]
    assert named(f"A: {asked}\nD: {answer}") == [name, name]
