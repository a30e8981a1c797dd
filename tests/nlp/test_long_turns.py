"""A turn that goes on for long costs what it says: nothing is gone through anew for each of its hits."""

from __future__ import annotations

import time

import pytest

from nlp.analyze import analyze
from transcripts.types import Recording, Transcript, Turn


def seconds(text: str) -> float:
    turns = (Turn("agent", text, 1.0), Turn("debtor", "ya", 5.0))
    call = Transcript(Recording("largo"), turns)
    begun = time.process_time()
    analyze(call)
    return time.process_time() - begun


@pytest.mark.parametrize(
    "said",
    [
        "buenas tardes don Luis le llamo por la deuda ",
        "le pago mil quinientos pesos el viernes quince de octubre en el banco ",
        "a" * 400,
    ],
)
def test_five_times_as_long_costs_not_twentyfive_times(said: str) -> None:
    said = (said * 20)[:400]
    seconds(said)  # what is loaded once
    short, long = seconds(said * 20), seconds(said * 100)
    assert long < 15 * max(short, 0.05)
