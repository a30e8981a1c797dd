"""Who answered, where only the channel is known."""

from __future__ import annotations

from nlp.parties import name_far_side
from tests.dialogue import dialogue


def speakers(text: str) -> str:
    return "".join(turn.speaker[0] for turn in name_far_side(dialogue(text)).turns)


def test_a_relative_who_answers_is_somebody_else_from_the_first_word() -> None:
    assert (
        speakers("A: ¿El señor Hilario Candia?\nD: ¿Bueno?\nA: ¿Hilario?\nD: No está, yo soy su esposa.")
        == "aoao"
    )


def test_the_debtor_who_comes_to_the_phone_is_the_debtor_again() -> None:
    call = (
        "A: ¿La señora Luz?\nD: No, soy la mamá. Ya se la paso.\nA: Gracias."
        "\nD: ¿Aló? Sí, soy yo.\nA: Buenas.\nD: Dígame."
    )
    assert speakers(call) == "aoadad"


def test_a_debtor_stays_the_debtor() -> None:
    assert speakers("A: ¿Hablo con Ana?\nD: Sí, soy yo.\nA: Es por su cuota.\nD: No tengo dinero.") == "adad"


def test_whoever_takes_over_after_ya_viene_is_the_debtor() -> None:
    assert (
        speakers("A: ¿El señor Rojas?\nD: Yo soy la mamá. Espere, ya viene.\nA: Gracias.\nD: ¿Aló?") == "aoad"
    )
