"""A doubt, a sigh or a yes to «piénselo» is no promise; a plain yes to the same words is one."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from nlp.promises import weighed
from nlp.types import Promise
from transcripts.types import CaseFacts, Recording, Speaker, Transcript, Turn

ON = datetime.date(2026, 2, 12)  # a Thursday
SPEAKERS: dict[str, Speaker] = {"A": "agent", "D": "debtor"}
OFFER = """A: el mínimo son 61 si lo paga antes no se le cobra el recargo
D: el mínimo sí pero no antes del 1 yo cobro el 15 le digo
A: entonces el 16 de marzo los 61 más los 7 con 90"""
REFUSED = """A: entonces páguele una cuota de 159000 por transferencia el jueves
D: es que no le puedo prometer yo estoy viviendo de lo que me manda mi hermana"""


def promised(call: str, country: str = "EC") -> Promise | None:
    lines = [line.split(": ", 1) for line in call.strip().splitlines()]
    recording = Recording("c", call_started_at=ON, country=country, facts=CaseFacts(amount_due=Decimal(264)))
    return weighed(Transcript(recording, tuple(Turn(SPEAKERS[who], said) for who, said in lines))).promise


@pytest.mark.parametrize(
    "answer",
    [
        "ya veré si me alcanza no le aseguro",
        "no sé si me alcance",
        "a ver si me alcanza, joven",
        "ahí vemos, no le doy mi palabra",
        "ya le aviso, vecino",
        "déjeme checarlo con mi señora, a ver",
        "trataré, licenciado, haré lo posible",
        "no me comprometo, mire",
        "dios dirá",
    ],
)
def test_doubt_is_no_promise(answer: str) -> None:
    assert promised(f"{OFFER}\nD: {answer}\nA: gracias por su tiempo") is None


@pytest.mark.parametrize(
    "answer", ["sí, está bien", "listo, el 16 de marzo", "de acuerdo señor, así quedamos"]
)
def test_yes_to_the_same_words_is_one(answer: str) -> None:
    found = promised(f"{OFFER}\nD: {answer}\nA: gracias por su tiempo")
    assert found is not None
    assert found.date == datetime.date(2026, 3, 16)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("el jueves doña edilma piénselo", "bueno señor"),
        ("el jueves doña edilma piénselo", "bueno señor hasta luego"),
        ("piénselo bien, señora, y vea cómo le hace", "sí, señor"),
        ("el jueves, señora", "ah bueno pues"),
        ("el jueves, don Luis", "ya, está bien"),
    ],
)
def test_resignation_after_a_refusal_is_no_promise(asked: str, answer: str) -> None:
    assert promised(f"{REFUSED}\nA: {asked}\nD: {answer}\nA: gracias, feliz tarde", "CO") is None


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("¿y el jueves los 159000, señora, sí puede?", "bueno, sí, el jueves los 159000"),
        ("entonces el jueves los 159000", "listo señor, ahí se los consigno"),
    ],
)
def test_who_comes_round_promises(asked: str, answer: str) -> None:
    assert promised(f"{REFUSED}\nA: {asked}\nD: {answer}\nA: gracias, feliz tarde", "CO") is not None


PARTS = """A: El mínimo para que se detengan los cargos son setecientos cincuenta. ¿Cabe?
D: Setecientos cincuenta… mmm. Cinco viernes serían.
A: Cinco viernes, con el último de seiscientos cuarenta.
D: Órale. Setecientos cincuenta mañana, por SPEI.
A: Setecientos cincuenta mañana viernes trece por SPEI.
D: Sale.
A: {} ¿Correcto?
D: Correcto, sí señor."""


@pytest.mark.parametrize(
    "later",
    [
        "Y los siguientes: veinte, veintisiete, seis y trece de marzo, todos de 750 menos el último.",
        "Los demás, el veinte, el veintisiete, el seis y el trece de marzo, de setecientos cincuenta.",
        "Y el resto los viernes: veinte y veintisiete de febrero, seis y trece de marzo.",
    ],
)
def test_list_of_later_parts_is_not_the_promise(later: str) -> None:
    found = promised(PARTS.format(later), "MX")
    assert found is not None
    assert (found.amount, found.date) == (Decimal(750), datetime.date(2026, 2, 13))
    assert all(part.date > found.date for part in found.later)
