"""How late, what is spared and who greets, in everyday words."""

from __future__ import annotations

import pytest

from nlp.plain import says_plainly
from nlp.tagger import hear
from nlp.thresholds import OPERATING
from tests.marks import bare


@pytest.mark.parametrize(
    "said",
    [
        "Son dos mil trescientos cuarenta que quedaron de febrero.",
        "Los mil soles debieron entrar hace semana y media.",
        "Su recibo cortó el veintiocho y quedó en dos mil trescientos cuarenta sin cubrir.",
        "Le faltó la de marzo, don Luis.",
        "Quedó un saldito de la quincena pasada.",
        "Tenía que caer el viernes y no cayó.",
        "Arrastra cien mil desde enero.",
        "Le llamo por la cuota de mil ochocientos pesos del cinco de noviembre.",
        "La cuota de mil ochocientos pesos del cinco de noviembre figura pendiente.",
        "Tiene impaga la cuota de doscientos mil del cinco.",
        "Es por el pago de mil ochocientos pesos del cinco de noviembre, que no se ha registrado.",
        "Se nos quedó sin pagar el payment del cinco de noviembre, mil ochocientos dólares.",
        "El banco nos devolvió el recibo del día cinco, de ciento veinte euros.",
        "El cinco de noviembre le pasamos un recibo de ciento veinte euros y vino devuelto.",
        "Nos ha venido devuelto el recibo de ciento veinte euros del cinco de noviembre.",
    ],
)
def test_since_when_is_told_in_plain_words(said: str) -> None:
    for words in (said, bare(said)):
        assert "lateness_said" in hear(words, "agent").found, words


@pytest.mark.parametrize(
    "said",
    [
        "Quedamos para marzo, entonces.",
        "No quedó nada de febrero, está al día.",
        "Faltan tres días para abril.",
        "La promoción quedó de febrero.",
        "Le queda un descuento de mayo.",
        "Le mando el recibo del cinco en cuanto pague.",
        "Anoto el pago de novecientos pesos del viernes veinte.",
        "Le tomo el abono de novecientos del treinta.",
    ],
)
def test_a_month_of_something_else_is_no_lateness(said: str) -> None:
    for words in (said, bare(said)):
        assert "late_since" not in hear(words, "agent").found, words


@pytest.mark.parametrize(
    "said",
    [
        "Lo que sí puedo hacer es quitarle el cargo por atraso, que son ciento ochenta, si paga esta semana.",
        "Y así arranca mayo al día, sin intereses de mora.",
        "Y de paso ya no le estaríamos molestando con llamadas.",
        "Le condonamos los punitorios si cancela el lunes.",
        "Puedo perdonarle la mora de enero.",
        "Hoy le bonifico los recargos.",
    ],
)
def test_a_charge_let_go_is_a_benefit(said: str) -> None:
    for words in (said, bare(said)):
        assert says_plainly(hear(words, "agent"), "explains_benefit") >= OPERATING, words


@pytest.mark.parametrize(
    "said",
    [
        "No puedo quitarle los intereses.",
        "No le condonamos nada de la mora.",
        "Voy a preguntar si pueden quitarle el recargo.",
        "Se lo descuento de su nómina, los gastos también.",
        "Usted pidió ver si podemos condonarle la mora.",
        "Mientras no pague no le quito los recargos.",
    ],
)
def test_a_charge_that_stays_is_none(said: str) -> None:
    for words in (said, bare(said)):
        assert "takes_charge_off" not in hear(words, "agent").found, words


@pytest.mark.parametrize(
    "said",
    [
        "Bueno, buenas tardes, habla Lucía Paredes de Crédito Vallarta.",
        "Sí, bueno, buenas noches, habla Lucía Paredes.",
        "¿Bueno? Buenas tardes, le llama Lucía Paredes.",
        "Bueno, buenas tardes, ¿el licenciado Medina?",
        "Bueno, buenas, ¿hablo con Jorge Medina?",
    ],
)
def test_bueno_before_a_greeting_leaves_it_one(said: str) -> None:
    for words in (said, bare(said)):
        assert "greets" in hear(words, "agent").found, words


@pytest.mark.parametrize(
    "said",
    [
        "Bueno, buenas tardes.",
        "Bueno, buenas noches, don Jorge.",
        "Bueno, buenas tardes, gracias.",
        "Bueno, buenas noches, que descanse.",
        "Bueno, buenas.",
    ],
)
def test_bueno_before_a_goodbye_greets_nobody(said: str) -> None:
    for words in (said, bare(said)):
        assert "greets" not in hear(words, "agent").found, words


def test_what_is_spared_behind_a_way_to_pay_is_no_ultimatum() -> None:
    spared = "también está el banco la farmacia o la aplicación así ya no le corren intereses"
    assert "gives_ultimatum" not in hear(spared, "agent").found
    assert "gives_ultimatum" in hear("paga hoy o mañana ya no le respetan el descuento", "agent").found
