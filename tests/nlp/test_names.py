"""The debtor's name in the agent's mouth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nlp.names import addressed_by_name
from transcripts.types import Recording, Speaker, Transcript, Turn

SPEAKERS: dict[str, Speaker] = {"A": "agent", "D": "debtor", "O": "other"}


def names(dialogue: str, debtor: str | None, agent: str | None = None) -> list[str]:
    turns = [line.split(": ", 1) for line in dialogue.strip().splitlines()]
    transcript = Transcript(
        Recording("t", debtor_name=debtor, agent=agent),
        tuple(Turn(SPEAKERS[who], said) for who, said in turns),
    )
    found = addressed_by_name(transcript)
    for finding in found:
        quote = finding.quote
        assert transcript.turns[quote.turn].text[quote.start : quote.end] == quote.text
        assert (finding.label, finding.source) == ("debtor_name", "rule:debtor_name")
    return [finding.quote.text for finding in found]


@pytest.mark.parametrize(
    ("said", "debtor", "expected"),
    [
        ("¿Hablo con la señora Elvia Mendiola?", "Elvia Mendiola", ["Elvia Mendiola"]),
        ("Señora Elvia, buenas tardes.", "Elvia Mendiola", ["Elvia"]),
        ("Señor Mendiola, ¿cómo está?", "Ricardo Mendiola Cruz", ["Mendiola"]),
        ("Gracias, doña Lupita.", "María Guadalupe Ortega", ["Lupita"]),
        ("Don Pepe, dígame.", "José Arturo Neri", ["Pepe"]),
        ("A ver, Carlitos, cuénteme.", "Carlos Ibarra", ["Carlitos"]),
        ("mire ferreira lo llamo por la tarjeta", "Gastón Ferreyra", ["ferreira"]),
        ("señora mendiolla buenas tardes", "Elvia Mendiola", ["mendiolla"]),
        ("¿La señora Luz Dary Ospina?", "Luz Dary Ospina", ["Luz Dary Ospina"]),
        ("Ayer pagué la luz de la oficina.", "Luz Dary Ospina", []),
        ("señora luz buenas tardes", "Luz Dary Ospina", ["luz"]),
        ("Por la mora que ya tiene su crédito.", "Esteban Mora", []),
        ("Señor Mora, su crédito tiene atraso.", "Esteban Mora", ["Mora"]),
        ("Le habla Ana Ruiz, de Crédito Norte.", "Ana Pacheco", []),
        ("Le habla Ana Ruiz. ¿Es usted Ana Pacheco?", "Ana Pacheco", ["Ana Pacheco"]),
        ("Señor Gutiérrez, buenos días.", "Elvia Mendiola", []),
        (
            "¿La señora María de los Ángeles Paredes?",
            "María de los Ángeles Paredes",
            ["María de los Ángeles Paredes"],
        ),
        ("Señora Chavela, le llamo por su cuenta.", "Isabel Roque", ["Chavela"]),
        ("Muy bien, señor Nuñes.", "Óscar Núñez", ["Nuñes"]),
        ("Señora, le llamo por su cuenta.", "Elvia Mendiola", []),
        ("señor yonatan le llamo", "Jonathan Prieto", ["yonatan"]),
        ("muy bien señora mari bel le llamo", "Maribel Cantú", ["mari bel"]),
        ("Doña Ana María, le llamo.", "Anamaría Roldán", ["Ana María"]),
        ("le habla mari bel soto", "Maribel Cantú", []),
        ("a lo mejor va al mar y sol", "Marisol Vega", []),
    ],
)
def test_name_of_the_debtor(said: str, debtor: str, expected: list[str]) -> None:
    assert names(f"A: {said}", debtor) == expected


CASES = yaml.safe_load(Path("tests/cases/names.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['said'][:40]} ({case['debtor']})" for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    assert names(f"A: {case['said']}", case["debtor"], case.get("agent")) == case["expect"]


def test_each_mention_counts() -> None:
    said = (
        "A: ¿Hablo con Elvia Mendiola?\nD: Sí, ella habla.\n"
        "A: Señora Elvia, le llamo del banco.\nA: Gracias, señora Elvia."
    )

    assert names(said, "Elvia Mendiola") == ["Elvia Mendiola", "Elvia", "Elvia"]


def test_name_said_by_the_debtor_does_not_count() -> None:
    assert names("A: ¿Con quién hablo?\nD: Con Elvia Mendiola.", "Elvia Mendiola") == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Señora Rebeca, buenas tardes.", ["Rebeca"]),
        ("¿Hablo con don Anselmo?", ["Anselmo"]),
        ("Señora, buenas tardes.", []),
        ("Le habla la licenciada Ortiz.", []),
    ],
)
def test_title_and_name_where_the_name_is_not_known(said: str, expected: list[str]) -> None:
    assert names(f"A: {said}", None) == expected


@given(st.text(max_size=200), st.text(max_size=40))
def test_odd_text_breaks_nothing(said: str, debtor: str) -> None:
    turns = (Turn("agent", said),)
    for finding in addressed_by_name(Transcript(Recording("t", debtor_name=debtor), turns)):
        assert said[finding.quote.start : finding.quote.end] == finding.quote.text
