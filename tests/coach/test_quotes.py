"""What people read of a verdict's evidence."""

from __future__ import annotations

from coach.quotes import distinct
from tests.dialogue import dialogue, quote


def test_quotes_of_one_sentence_are_shown_as_one() -> None:
    call = dialogue("A: Buenos días, soy Ana, de Norte. ¿Hablo con Rosa?\nD: Sí.\nA: Soy Ana.")
    cues = ["0: Buenos días", "0: soy Ana", "0: soy Ana, de Norte", "0: ¿Hablo con Rosa?", "2: Soy Ana"]
    shown = distinct(call, [quote(call, one) for one in reversed(cues)])
    assert [one.text for one in shown] == ["Buenos días, soy Ana, de Norte", "¿Hablo con Rosa?", "Soy Ana"]


def test_what_stands_far_apart_without_a_full_stop_stays_apart() -> None:
    call = dialogue(f"A: buenos días {'y mire ' * 10}soy Ana")
    assert len(distinct(call, [quote(call, "0: buenos días"), quote(call, "0: soy Ana")])) == 2
