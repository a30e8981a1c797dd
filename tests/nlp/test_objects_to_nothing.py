"""The money that is there, what one earns, a lawyer of good counsel: no objection. Work called off is one."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.labels import objection_ids
from nlp.tagger import hear
from tests.dialogue import dialogue
from tests.marks import bare

NONE = {"has_the_money", "tells_income", "kin_of_law"}
HARD = {"work_called_off", "little_to_eat"}


def objected(said: str) -> set[str]:
    call = dialogue(
        f"""
        A: Buenos días, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Jorge Paz?
        D: Sí, soy yo.
        A: Don Jorge, su cuota de mil pesos venció hace diez días. ¿Qué pasó?
        D: {said}
        A: Ah, ya veo, don Jorge. ¿Y para cuándo la dejamos?
        D: Para el viernes.
        A: Gracias por su tiempo, hasta luego.
        """
    )
    return {f.label for f in analyze(call).findings if f.quote.turn == 3 and f.label in objection_ids()}


@pytest.mark.parametrize(
    "said",
    [
        "La verdad se me olvidó. Tengo la plata, es que ando con mil cosas.",
        "No, si el dinero sí lo tengo, lo que pasa es que andaba de viaje.",
        "La lana ya la junté, nomás se me pasó.",
        "Pues yo vendo gelatinas, saco como doscientos diarios.",
        "Gano unos ochocientos al mes, más o menos.",
        "Mi sueldo es de mil doscientos.",
        "Mi abogado es mi primo, él me dijo que mejor pagara.",
        "Mi licenciado me aconsejó que me convenía pagar.",
    ],
)
def test_nothing_is_objected(said: str) -> None:
    for words in (said, bare(said)):
        assert objected(words).isdisjoint({"no_money", "job_loss", "legal_threat"}), words


@pytest.mark.parametrize(
    "said",
    [
        "No tengo la plata ahorita.",
        "Si tengo la plata el viernes le pago.",
        "Tengo el dinero contado para la renta.",
        "La plata la tengo comprometida.",
        "Apenas saco doscientos a la semana y no me alcanza.",
        "Gano solo ochocientos al mes, pero la renta se los lleva.",
        "Mi abogado me dijo que no pagara nada.",
        "Mi abogado dice que mejor no pague.",
        "Los voy a demandar, mi abogado me dijo que pagara después.",
        "Tengo el dinero hasta la quincena.",
    ],
)
def test_an_objection_stays_one(said: str) -> None:
    for words in (said, bare(said)):
        assert NONE.isdisjoint(hear(words, "debtor").found), words


def test_work_called_off_is_a_hardship() -> None:
    said = "Me cancelaron un contrato de dos meses y estoy a punta de arroz."
    for words in (said, bare(said)):
        assert "job_loss" in objected(words), words


@pytest.mark.parametrize(
    "said",
    [
        "Me cancelaron el contrato de internet.",
        "Me cortaron el contrato de la luz.",
        "Se me cayó el pedido de la tienda en el piso.",
        "Estoy a punta de agua por la dieta.",
        "No me cancelaron ningún contrato.",
    ],
)
def test_a_service_called_off_is_none(said: str) -> None:
    for words in (said, bare(said)):
        assert HARD.isdisjoint(hear(words, "debtor").found), words


@pytest.mark.parametrize("said", ["Lo primero.", "lo segundo por favor", "Mejor lo primero."])
def test_which_of_two_ways_is_no_other_debt(said: str) -> None:
    assert "names_the_pick" in hear(said, "debtor").found
    assert "other_debts" not in objected(said)


def test_what_comes_first_in_the_house_is_no_pick() -> None:
    assert "names_the_pick" not in hear("Lo primero es la comida de mis hijos.", "debtor").found


@pytest.mark.parametrize(
    "said",
    [
        "Sí. Pero mire que yo no vivo más en Uruguay, me vine a España en julio.",
        "Es que ya no vivo en México, me vine para acá.",
    ],
)
def test_who_lives_elsewhere_denies_no_debt(said: str) -> None:
    for words in (said, bare(said)):
        assert "not_my_debt" not in objected(words), words
