"""Marks for a reply that came without any: its words stay, and only what plainly begins something is cut."""

from __future__ import annotations

import re

import pytest

from drills.marked import marked


@pytest.mark.parametrize(
    "text",
    [
        "la entiendo. qué día pagó y en qué banco? voy a revisarlo y la llamo el jueves. le parece bien?",
        "la entiendo. que dia pago y en que banco? voy a revisarlo y la llamo el jueves. le parece bien?",
        "la entiendo. dígame qué día pagó y en qué banco. yo reviso el comprobante hoy",
        "qué pena lo de su niño. cómo sigue? pero le toca pagar igual don estuardo",
        "lamento lo de su niño. hoy no le pido ningún pago. qué día de la semana puedo llamarle?",
        "podemos dejarlo en cuatro pagos. puede hacer el primero el viernes?",
        "lamento lo de su trabajo. qué día puede pagar la mitad?",
        "muy bien queda el viernes en la tienda. me lo confirma?",
        "no le pido nada hoy. me comparte la fecha y el monto?",
    ],
)
def test_each_question_and_what_follows_it_stand_apart(text: str) -> None:
    assert marked(re.sub(r"[.?]", "", text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "La entiendo. dígame qué día pagó y en qué banco yo lo reviso",
        "¿qué día pagó? yo lo reviso hoy mismo", "entiendo lo que me dice y lo que pasó ese día",
        "cuando le paguen me avisa y lo vemos", "qué día pagó",
        "Ya sabe cómo es la gente del barrio, señor.", "usted sabe cuándo recibe su quincena este mes",
    ],
)  # fmt: skip
def test_what_has_marks_or_goes_on_is_left_alone(text: str) -> None:
    assert marked(text) == text
