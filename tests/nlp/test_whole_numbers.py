"""No quote tears a number out of the words in which it was said."""

from __future__ import annotations

import pytest

from nlp.whole_numbers import whole_numbers


@pytest.mark.parametrize(
    ("text", "torn", "whole", "country"),
    [
        ("La cuota, treinta y nueve mil novecientos noventa, que venció.", "nueve mil novecientos noventa",
         "treinta y nueve mil novecientos noventa", "CL"),
        ("Venció el diecisiete de julio, hoy treinta y dos días.", "hoy treinta", "hoy treinta y dos", "CL"),
        ("Son seis mil cuatrocientos ochenta y ocho de compras.", "seis mil cuatrocientos ochenta",
         "seis mil cuatrocientos ochenta y ocho", "MX"),
        ("Tiene mil doscientos sesenta y cinco soles con cuarenta vencidos.",
         "mil doscientos sesenta y cinco soles", "mil doscientos sesenta y cinco soles con cuarenta", "PE"),
        ("Va en ciento ochenta días de mora.", "ciento", "ciento ochenta", "CO"),
        ("son 243 euros con 80 vencio el 2 de octubre", "son 243 euros", "son 243 euros con 80", "ES"),
        ("Debe dos cuotas, mil pesos.", "dos cuotas", "dos cuotas", "MX"),
        ("El lunes cinco, noventa pesos.", "lunes cinco", "lunes cinco", "MX"),
        ("Buenas tardes, doña Ana.", "Buenas tardes", "Buenas tardes", "MX"),
        ("Venció hace doce días.", "hace doce", "hace doce", "MX"),
    ],
)  # fmt: skip
def test_a_number_is_quoted_whole(text: str, torn: str, whole: str, country: str) -> None:
    at = text.index(torn)
    start, end = whole_numbers(text, at, at + len(torn), country)
    assert text[start:end] == whole
