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
    span = with_letters(said, flat(said), Span(0, len(figures), "id"), 0)
    assert said[span.start : span.end] == kept


def test_a_bare_number_is_an_id_only_beside_a_word_that_says_so() -> None:
    call = dialogue("D: La cédula es 52 345 678.\nD: Me llegó a 52 345 678 pesos.", country="CO")
    assert [(each.quote.turn, each.kind, each.quote.text) for each in redactions(call)] == [
        (0, "id", "52 345 678")
    ]


@pytest.mark.parametrize(
    ("country", "said", "number"),
    [
        ("MX", "El de mi hermana es 5512345670", "phone: 5512345670"),
        ("PE", "Yape 987654320", "phone: 987654320"),
        ("ES", "Bizum 612345600", "phone: 612345600"),
        ("MX", "Con la 4111111111111150, Visa", "digits: 4111111111111150"),
        ("MX", "Mi pasaporte es G12345678.", "id: G12345678"),
        ("CO", "Cédula de extranjería E 345678.", "id: E 345678"),
        ("ES", "Mi NIE es equis uno dos tres cuatro cinco seis siete ele.", None),
        ("EC", "La placa es PBA 1234.", "digits: PBA 1234"),
        ("MX", "mi curp es HEGG800101MVZRRX05", "id: HEGG800101MVZRRX05"),
        ("GT", "Mi DPI es dos mil trescientos cuarenta y cinco, sesenta y siete mil ochocientos noventa, "
               "cero uno cero uno.", None),
    ],
)  # fmt: skip
def test_numbers_that_end_in_nought_begin_with_a_letter_or_come_in_thousands(
    country: str, said: str, number: str | None
) -> None:
    found = [
        f"{each.kind}: {each.quote.text}" for each in redactions(dialogue(f"D: {said}", country=country))
    ]
    whole = f"id: {said.split(' es ', 1)[-1].rstrip('.')}"
    assert found == [number or whole]


@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("CO", "Yo le puedo dar 350000000 por la casa."),
        ("CL", "Son 12500000 en total."),
        ("AR", "la moto sale 14850000"),
        ("CO", "Mi cédula no la doy, 50000 le pago mañana."),
    ],
)
def test_long_sums_are_no_numbers(country: str, said: str) -> None:
    assert redactions(dialogue(f"D: {said}", country=country)) == ()


def test_a_coin_by_the_name_of_a_person_is_money_after_a_number() -> None:
    said = (
        "D: pago cincuenta lucas el viernes y setenta lucas el lunes\nD: no tengo lucas\nD: con lucas hablé"
    )
    assert [each.quote.text for each in redactions(dialogue(said, country="CL"))] == ["lucas"]
