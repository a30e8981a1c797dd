"""The debtor lets the agent speak of the debt with whoever gets the phone."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue

ASKED = "Eso lo ve mi esposa.\nA: ¿Usted me autoriza a conversar con su esposa sobre el préstamo?\nD: "


def judged(said: str, after: str = "Sí, el viernes.") -> Verdict:
    call = dialogue(
        "A: Buenas tardes, le saluda Liz Paredes de Credinorte, ¿hablo con el señor Walter Rojas?\n"
        "D: Sí, él habla.\n"
        "A: Señor Walter, su cuota de quinientos venció el cinco de noviembre. ¿Qué fue lo que pasó?\n"
        f"D: {said}\n"
        "O: ¿Bueno?\n"
        "A: Señora, su esposo me dejó hablar con usted. Son quinientos de la cuota del cinco.\n"
        "O: Ya, el viernes los pagamos.\n"
        f"D: {after}\n"
        "A: Gracias, señor Walter, hasta luego."
    )
    return score(call, analyze(call), load_rubric()).verdicts["no_third_party_disclosure"]


@pytest.mark.parametrize(
    "said",
    [
        "Hable con mi esposa, ella lleva las cuentas, la autorizo.",
        "Le paso a mi esposa, puede hablar con ella de todo.",
        "Le paso a mi esposa, con ella puede tratar lo de la deuda, yo doy permiso.",
        "hable con mi señora yo la autorizo",
        "Sí, autorizo que hable con mi esposa, se la paso.",
        "Dígale a ella lo que se debe, está autorizada.",
        "Tiene mi permiso para tratarlo con mi esposa, ahí se la paso.",
        "Por mí no hay problema, hable con ella.",
        f"{ASKED}Sí, claro.",
    ],
)
def test_leave_in_the_debtors_own_words_discloses_nothing(said: str) -> None:
    found = judged(said)
    assert (found.outcome, found.needs_review) == ("pass", False)
    assert "El titular autorizó" in found.reason
    assert found.evidence


@pytest.mark.parametrize(
    "said",
    [
        "Ese préstamo lo maneja mi esposa, le paso para que le explique.",
        "Hable mejor con mi esposa.",
        "Ella lleva las cuentas, se la paso.",
    ],
)
def test_who_only_says_who_sees_to_it_leaves_it_to_a_person(said: str) -> None:
    found = judged(said)
    assert (found.outcome, found.needs_review) == ("pass", True)


@pytest.mark.parametrize(
    "said",
    [
        "Espéreme, tocan la puerta.",
        "Le paso a mi esposa.",
        "No autorizo que hable con mi esposa, ella está aquí pero no.",
        "No hable con mi esposa de esto.",
        "Sí, autorizo la grabación. Espere.",
        f"{ASKED}No, eso no.",
    ],
)
def test_a_phone_handed_over_is_no_leave(said: str) -> None:
    assert judged(said).outcome == "fail"


def test_who_complains_of_it_afterwards_had_not_given_leave() -> None:
    after = "¿Y por qué le dijo a mi esposa cuánto debo?"
    assert judged("Hable con mi esposa, la autorizo.", after).outcome == "fail"
