"""A hidden reason is said by the debtor: one that tells of the debtor is a note."""

from __future__ import annotations

import pytest

from drills.loader import check_scenario, load_scenarios
from drills.voice import told_of
from tests.drills.test_loader import SOUND


@pytest.mark.parametrize(
    "text",
    [
        "Le robaron el capital del puesto y no quiere que su esposo se entere.",
        "Es que le bajaron las horas en la fábrica.",
        "No quiere que su mamá lo sepa, por eso corta.",
        "Perdió el trabajo en marzo y vive de prestado.",
        "La clienta se separó y las planillas llegan a la otra casa.",
        "Todavía no cobra el finiquito.",
    ],
)
def test_a_note_about_the_debtor_is_heard_as_one(text: str) -> None:
    assert told_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "Me robaron el capital del puesto y no quiero que mi esposo se entere.",
        "Le presté a un hermano para el taxi.",
        "Le robaron la moto a mi hijo y con eso trabajaba.",
        "Su compañero prometió una quita y nunca llegó.",
        "Tiene razón, pero la cosa está difícil en el barrio.",
        "Nadie sabe de esa tarjeta en la casa.",
        "Le pagué al cobrador que venía en moto.",
    ],
)
def test_what_a_debtor_would_say_is_left_alone(text: str) -> None:
    assert not told_of(text)


def test_no_reason_of_temples_own_is_a_note() -> None:
    assert [one.id for one in load_scenarios().values() if told_of(one.hidden_reason)] == []


def test_the_lint_asks_for_the_debtors_own_words() -> None:
    said = next(line for line in SOUND.splitlines() if line.startswith("hidden_reason:"))
    note = SOUND.replace(
        said, "hidden_reason: Le robaron el bolso y no quiere que su esposo se entere de nada."
    )
    (wrong,) = check_scenario(note)
    assert (wrong.where, "como lo diría el deudor" in wrong.what) == ("hidden_reason", True)
