"""Several words as a sentence holds them."""

from __future__ import annotations

import pytest

from coach.in_english import part
from transcripts.listed import listed


@pytest.mark.parametrize(
    ("words", "joint", "told"),
    [
        ([], "y", ""),
        (["fecha"], "ni", "fecha"),
        (["de fecha", "de login del agente"], "ni", "de fecha ni de login del agente"),
        (["cuenta", "fecha", "monto"], "y", "cuenta, fecha y monto"),
        (["saludo", "identidad"], "y", "saludo e identidad"),
        (["nieve", "hielo"], "y", "nieve y hielo"),
        (["siete", "ocho"], "o", "siete u ocho"),
        (["recognise", "ask"], "and", "recognise and ask"),
    ],
)
def test_the_last_is_joined_as_spanish_does(words: list[str], joint: str, told: str) -> None:
    assert listed(words, joint) == told


@pytest.mark.parametrize(
    ("told", "english"),
    [
        ("de fecha, de monto ni de login del agente", "date, amount or agent's login"),
        ("de fecha", "date"),
        ("cuenta, fecha y monto", "account, date and amount"),
        ("client_id y client_secret", "client_id and client_secret"),  # names stay
        ("fecha, monto", "date, amount"),  # as it was kept before
        ("un fallo y otro más", "un fallo y otro más"),  # no list: nobody knows its words
    ],
)
def test_in_english_with_the_same_joint(told: str, english: str) -> None:
    assert part(told) == english
