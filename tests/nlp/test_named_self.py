"""A name is a name: what stands where the agent's own name may, and names nobody."""

from __future__ import annotations

from typing import Any

import pytest

from nlp.analyze import analyze
from tests.dialogue import dialogue


def own_names(said: str, **about: Any) -> list[str]:
    call = dialogue(f"A: {said}\nD: Sí, diga.", country="MX", **about)
    return [f.quote.text for f in analyze(call).findings if f.label == "says_own_name"]


@pytest.mark.parametrize(
    "said",
    [
        "Buenas tardes. Aquí estamos para ayudarle.",
        "Buenas tardes. Aquí todos.",
        "Buenas tardes, aquí nadie.",
        "Aquí mismo.",
        "Aquí tenemos su cuenta con Crédito Norte.",
        "Aquí Atención al cliente.",
        "Soy humano.",
        "Soy consciente de eso.",
        "Por aquí andamos.",
        "Le habla claro la ley.",
        "Le habla la empresa.",
        "Le habla Cobranzas del Sur.",
        "Habla con el área de cobranza.",
        "Le atiende gustosa la central.",
        "Mi nombre es lo de menos.",
        "Le llamo pronto.",
    ],
)
@pytest.mark.parametrize("heard", [str, str.lower])
def test_what_is_no_name_names_nobody(said: str, heard: Any) -> None:
    assert own_names(heard(said)) == []


@pytest.mark.parametrize(
    "said",
    [
        "Buenas tardes, soy Marta.",
        "Aquí Wendy, de Credisol.",
        "Por aquí Laura.",
        "Le habla Yusmely Peña, de Crédito Norte.",
        "Le habla Luz, de Credisol.",
        "Soy Paz Vega, de Credisol.",
        "Banco Altiplano, le saluda Karla Sandoval.",
        "Tulio Arévalo, de Cartera Amiga, para servirle.",
    ],
)
@pytest.mark.parametrize("heard", [str, str.lower])
def test_a_name_counts_with_capitals_and_without(said: str, heard: Any) -> None:
    assert own_names(heard(said))


def test_a_company_is_nobodys_name() -> None:
    assert own_names("Buenas tardes. Le habla Credisol.", company="Credisol") == []


FERRERO = {"agent": "Gustavo Ferrero", "company": "Cobranzas del Litoral", "debtor_name": "Norma Figueredo"}


@pytest.mark.parametrize(
    "said",
    [
        "Buen día. Ferrero, de Cobranzas del Litoral. ¿La señora Norma Figueredo?",
        "Figueredo, Ferrero de Cobranzas del Litoral. Por fin atiende.",
        "habla ferrero de cobranzas del litoral",
        "Ferrero, señora.",
    ],
)
def test_who_presents_themselves_by_their_surname_has_said_their_name(said: str) -> None:
    assert own_names(said, **FERRERO)


@pytest.mark.parametrize(
    ("said", "debtor"),
    [
        ("Buen día, ¿el señor Ferrero? De Cobranzas del Litoral.", "Luis Ferrero"),
        ("¿Hablo con la señora Ferrero, de la calle San Martín?", "Ana Pérez"),
        ("Busco al señor Ferrero, soy de Cobranzas del Litoral.", "Ana Pérez"),
    ],
)
def test_the_surname_of_who_is_asked_for_is_not_their_own(said: str, debtor: str) -> None:
    assert own_names(said, **(FERRERO | {"debtor_name": debtor})) == []
