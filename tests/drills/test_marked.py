"""Marks for a reply that came without any: its words stay, and only what plainly begins something is cut."""

from __future__ import annotations

import re
import unicodedata

import pytest

from drills.marked import as_written, composed, marked


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


@pytest.mark.parametrize(
    "text",
    [
        "Lamento lo suyo, don Segundo, y comprendo que con la operación difícilmente puede pagar ahora.",
        "Lamento mucho lo suyo, don Segundo, y comprendo que con la operación difícilmente puede pagar ahora",
        "Si no paga hoy le vamos a mandar al abogado mañana mismo.",
        "Si no paga hoy le vamos a mandar al abogado mañana mismo",
        "Pues no sé, de pronto podría abonar algo, si quiere, cuando pueda.",
        "pues no sé de pronto podría abonar algo si quiere cuando pueda",
        "entiendo que no puede pagar ahora descanse y hablamos el lunes",
        "descanse que ya hablaremos de cuándo puede pagar cuando esté mejor",
        "cuando le paguen puede abonar por la app y yo le mando el recibo",
        "como usted no contesta voy a llamar a su trabajo",
        "Señor Bermejo le llamo de Recobros Valdehierro, soy Ana, reviso su caso de febrero.",
    ],
)
def test_what_is_written_with_care_or_hangs_on_what_came_before_is_not_cut(text: str) -> None:
    assert marked(text) == text


def test_who_sets_commas_and_no_last_mark_is_cut_at_the_commas_only() -> None:
    text = "Don José, entiendo que paga su hija y le explico qué hacer, qué día puede pagar la mitad"
    cut = "Don José, entiendo que paga su hija y le explico qué hacer. qué día puede pagar la mitad?"
    assert marked(text) == cut


def test_words_cited_from_a_reading_are_told_as_they_were_written() -> None:
    text = "la entiendo, qué día pagó y en qué banco, voy a revisarlo"
    read = marked(text)
    assert read == "la entiendo. qué día pagó y en qué banco? voy a revisarlo"
    assert as_written(read, [text]) == text
    assert as_written("… qué día pagó y en qué banco?", [text]) == "… qué día pagó y en qué banco"
    assert as_written("entiendo. qué día …", [text]) == "entiendo, qué día …"
    assert as_written("¿Qué día?", [text]) == "¿Qué día?"


def test_letters_that_come_apart_from_their_accents_are_put_together() -> None:
    text = "la entiendo qué día pagó voy a revisarlo"
    assert composed(unicodedata.normalize("NFD", f" {text}\n")) == text
