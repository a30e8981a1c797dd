"""What a thief takes is told apart from what the police tow, whatever else the turn names."""

from __future__ import annotations

import pytest

from nlp.plain import says_plainly
from nlp.tagger import hear


@pytest.mark.parametrize(
    "said",
    [
        "Me levantaron la camioneta en la calle por mal parqueada.",
        "Me quitaron el carro en la esquina los de tránsito.",
    ],
)
def test_what_is_towed_is_no_robbery(said: str) -> None:
    assert not says_plainly(hear(said, "debtor"), "health_emergency")


def test_a_report_to_the_police_takes_no_robbery_away() -> None:
    said = "Fui a denunciar con los policías, me quitaron el aguinaldo unos rateros."
    assert says_plainly(hear(said, "debtor"), "no_money") >= 0.7
    said = "Puse la denuncia en la municipalidad, me quitaron la moto dos tipos."
    assert says_plainly(hear(said, "debtor"), "health_emergency") >= 0.7


def test_money_may_be_taken_in_the_street() -> None:
    assert says_plainly(hear("Me quitaron la quincena en la calle.", "debtor"), "no_money") >= 0.7


def test_the_paste_that_ran_out_is_money_unless_it_is_for_the_teeth() -> None:
    assert "out_of_cash" in hear("Se me acabó la pasta para los gastos.", "debtor").found
    assert "out_of_cash" not in hear("Se me acabó la pasta para los dientes.", "debtor").found


def test_what_is_stolen_again_and_again_somewhere_was_not_stolen_from_them() -> None:
    assert "was_robbed" not in hear("En ese banco se la roban a cada rato.", "debtor").found
    assert "was_robbed" in hear("La moto se la robaron anoche.", "debtor").found


@pytest.mark.parametrize(
    "said", ["Hasta mañana por la noche, doña Rosa.", "Pues hasta el martes en la tarde, que esté bien."]
)
def test_a_part_of_the_day_makes_no_term_of_a_goodbye(said: str) -> None:
    found = hear(said, "agent").found
    assert "goodbye" in found
    assert "until_day" not in found
