"""Which question of a turn asks for something, and which only whether one was heard."""

from __future__ import annotations

import pytest

from nlp.questions import question


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("¿Cuánto debo?", "¿Cuánto debo?"),
        ("¿Quién habla?", "¿Quién habla?"),
        ("¿Cuánto es en total? Es que no me llegó nada.", "¿Cuánto es en total?"),
        ("¿Cuánto es? ¿Y dónde pago?", "¿Y dónde pago?"),
        ("¿Cuánto es? ¿Bueno?", "¿Cuánto es?"),
        ("Sí. Y cuánto debo?", "Y cuánto debo?"),
        (
            "¿Y es cierto que me van a embargar? Porque me llegó un papel.",
            "¿Y es cierto que me van a embargar?",
        ),
        ("¿Cómo que debo 1.500?", "¿Cómo que debo 1.500?"),
    ],
)
def test_the_last_question_that_asks_for_something(words: str, asked: str) -> None:
    place = question(words)

    assert place is not None
    assert words[slice(*place)] == asked


@pytest.mark.parametrize(
    "words",
    [
        "¿Cómo?", "¿Mande?", "¿Bueno?", "¿Sí?", "¿Ah, sí?", "¿No?", "Está caro, ¿verdad?", "¿Me escucha?",
        "¿Mande usted?", "Perdón, ¿cómo dice?", "El viernes, ¿le parece?", "¿Cuánto?", "Dígame.",
        "¿Y por qué no pagué? Porque me corrieron.",
    ],
)  # fmt: skip
def test_what_asks_for_nothing(words: str) -> None:
    assert question(words) is None
