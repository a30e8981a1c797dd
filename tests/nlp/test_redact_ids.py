"""Ids, cards and accounts by their own check digits."""

from __future__ import annotations

import pytest

from nlp.redact import redactions
from nlp.redact_ids import kind_by_check, with_letters, written_ids
from nlp.redact_words import Span, flat
from tests.dialogue import dialogue


@pytest.mark.parametrize(
    ("digits", "country", "kind"),
    [
        ("4111111111111111", None, "card"),
        ("4111111111111112", "MX", None),
        ("032180000118359719", "MX", "account"),  # CLABE
        ("032180000118359718", "MX", None),
        ("2850590940090418135201", "AR", "account"),  # CBU
        ("9003739134", "CO", "id"),  # NIT
        ("20100070970", "PE", "id"),  # RUC
        ("20267565393", "AR", "id"),  # CUIT
        ("20267565394", "AR", None),
        ("1710034065", "EC", "id"),
        ("1710034066", "EC", None),
        ("2570339200101", "GT", "id"),  # CUI
        ("123456785", "CL", "id"),  # RUT
        ("5512345678", "MX", "phone"),
        ("987221046", "PE", "phone"),
        ("1234", "MX", None),
    ],
)
def test_a_row_of_figures(digits: str, country: str | None, kind: str | None) -> None:
    assert kind_by_check(digits, country) == kind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mi CURP es GODE561231HDFRRN00 y ya", ["GODE561231HDFRRN00"]),
        ("mi CURP es GODE561231HDFRRN01 y ya", []),
        ("RFC GODE561231GR8", ["GODE561231GR8"]),
        ("rut 12.345.678-5", ["12.345.678-5"]),
        ("rut 12.345.678-6", []),
        ("DNI 54362315K", ["54362315K"]),
        ("DNI 54362315A", []),
        ("NIE X2482300W", ["X2482300W"]),
        ("CUIT 20-26756539-3", ["20-26756539-3"]),
        ("NIT 900.373.913-4", ["900.373.913-4"]),
        ("social 536-90-4399", ["536-90-4399"]),
        ("cédula 1-0913-0259", ["1-0913-0259"]),
        ("ES91 2100 0418 4502 0005 1332", ["ES91 2100 0418 4502 0005 1332"]),
        ("de 9-18 y el 2024-05-03", []),
    ],
)
def test_an_id_written_with_its_letters_and_marks(text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in written_ids(text)] == found


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("dos uno siete, guion ka.", "dos uno siete, guion ka"),
        ("cuatro ocho dos, ene. Y ya", "cuatro ocho dos, ene"),
        ("siete cuatro uno, y la ele. De Lugo", "siete cuatro uno, y la ele"),
        ("cinco cinco uno ocho, be de Barcelona.", "cinco cinco uno ocho, be de Barcelona"),
        ("ocho uno cuatro. A ver", "ocho uno cuatro"),
    ],
)
def test_the_letter_goes_with_the_number(said: str, kept: str) -> None:
    figures = said.split(",")[0].split(".")[0]
    span = with_letters(said, flat(said), Span(0, len(figures), "id"))
    assert said[span.start : span.end] == kept


def test_a_bare_number_is_an_id_only_beside_a_word_that_says_so() -> None:
    call = dialogue("D: La cédula es 52 345 678.\nD: Me llegó a 52 345 678 pesos.", country="CO")
    assert [(each.quote.turn, each.kind, each.quote.text) for each in redactions(call)] == [
        (0, "id", "52 345 678")
    ]
