"""Strings of figures: dictated, asked for, named by the words beside them; sums and days that are none."""

from __future__ import annotations

import pytest

from nlp.redact import redacted, redactions
from nlp.redact_asked import kinds_asked
from nlp.redact_figures import runs_of
from tests.dialogue import dialogue


def told(lines: str, country: str = "MX") -> list[str]:
    return [f"{each.kind}: {each.quote.text}" for each in redactions(dialogue(lines, country=country))]


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("cuatro uno uno uno", "4111"),
        ("cuarenta y siete ocho tres", "4783"),
        ("veintitrés cuarenta y cinco", "2345"),
        ("cero cinco noventa, cero ocho uno siete", "05900817"),
        ("4 1 1 1", "4111"),
        ("55 1234-5678", "5512345678"),
        ("doble cero, triple siete", "00777"),
        ("dos ceros y tres sietes", "00"),
        ("sinco ceis siete", "567"),
        ("nueve... luego dos, ocho", "928"),
        ("setenta y un años", "71"),
    ],
)
def test_figures_as_they_are_dictated(said: str, digits: str) -> None:
    assert runs_of(said)[0].digits == digits


# dictated


@pytest.mark.parametrize(
    "said",
    [
        "Tres, tres, uno, siete.",
        "Nueve, sesenta y uno, veintidós, cuatro cuatro, cero ocho.",
        "Cincuenta y cinco, cero dos, diecinueve, setenta y uno, cuarenta.",
        "9 0 1 334 8 82",
        "Cero cero, siete siete uno dos nueve.",
    ],
)
def test_a_dictated_string_is_redacted_wherever_it_stands(said: str) -> None:
    assert told(f"D: {said}")[0].endswith(said.rstrip("."))


@pytest.mark.parametrize(
    "said",
    [
        "Le pago quinientos el viernes y trescientos el lunes.",
        "Mil quinientos, dos mil, dos mil quinientos.",
        "Cuarenta, cincuenta, sesenta.",
        "Uno, dos, tres, cuatro, cinco.",
        "Ocho, quince, veintidós, y sigue en octubre.",
        "Dos, ocho, nueve, cuatro, con once.",
        "De 9 a 18, a las 7 o a las 8.",
        "Son 1 240 500 pesos.",
        "Me dan 400, 900, 1000 por cabeza.",
        "Seis cuotas de doscientos cuarenta y cinco.",
        "Los 21 000, casi 22, y lo mío como 2500.",
        "El doce, el diecinueve y el veintiséis de marzo.",
        "Dos trescientos, dos cuatro.",
        "Veinte, treinta y cinco años, setenta y un días.",
        "Tres lucas, cuatro palos.",
        "Cuarenta y dos cero cero, dice el papelito.",
    ],
)
def test_sums_days_hours_and_counts_are_left_alone(said: str) -> None:
    assert told(f"A: ¿Cuánto y cuándo?\nD: {said}", "CO") == []


# named by the words beside it


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("por la tarjeta terminada en 4471, la tenemos con 68 días", ["card: 4471"]),
        ("la cuenta que termina en cero seis", ["account: cero seis"]),
        ("la obligación terminada en 6620, un millón novecientos", ["digits: 6620"]),
        ("su celular, el que termina en 318", ["phone: 318"]),
        ("mi cédula es un millón veintitrés mil cuatrocientos cincuenta y seis", None),
        ("la cédula es 79 millones 310 mil 044", ["id: 79 millones 310 mil 044"]),
        ("el folio es cuatro cuatro uno siete", ["digits: cuatro cuatro uno siete"]),
        ("la extensión doscientos catorce", ["phone: doscientos catorce"]),
        ("mi código postal, 91180", ["address: 91180"]),
        ("es la cuenta de 1164 dólares", []),
        ("la cuenta 3 meses atrasada", []),
        ("el contrato termina en 12 meses", []),
        ("eso se acaba el quince", []),
        ("los últimos cuatro de su tarjeta", []),
        ("el artículo 62 del código", []),
    ],
)
def test_a_word_beside_a_number_says_what_it_is(said: str, found: list[str] | None) -> None:
    if found is None:
        assert [each.split(":")[0] for each in told(f"A: {said}.")] == ["id"]
    else:
        assert told(f"A: {said}.") == found


# asked for


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("¿Me confirma los últimos cuatro de su credencial, por favor?", {"id", "digits"}),
        ("los 4 ultimos de su cedula si me hace el favor", {"id", "digits"}),
        ("DNI.", {"id"}),
        ("Fecha de nacimiento y últimos cuatro del social.", {"birth", "id"}),
        ("Deme su número y elimino este.", {"phone"}),
        ("¿Me da el código postal?", {"address", "digits"}),
        ("¿Sería tan gentil de confirmarme su correo?", {"email"}),
        ("por la tarjeta terminada en 4471 la tenemos con 68 días", set()),
        ("¿Le deposito a la cuenta?", set()),
        ("No necesito su cédula.", set()),
        ("¿Me da su cédula? Bueno, deje. ¿Qué día me paga?", set()),
    ],
)
def test_what_a_turn_asks_for(said: str, kinds: set[str]) -> None:
    assert kinds_asked(said) == kinds


@pytest.mark.parametrize(
    ("asked", "answer", "found"),
    [
        ("¿Los tres últimos de su cédula?", "Ocho, uno, cuatro.", ["id: Ocho, uno, cuatro"]),
        ("los 2 ultimos de la cedula por favor", "93 pero hable rapidito", ["id: 93"]),
        ("¿Su DNI?", "Diecinueve, ochenta y cuatro...", ["id: Diecinueve, ochenta y cuatro"]),
        ("¿Su documento?", "Veintidós millones ciento seis mil.", ["id: Veintidós millones ciento seis mil"]),
        ("¿Su fecha de nacimiento?", "Nueve de febrero del 68.", ["digits: Nueve de febrero del 68"]),
        ("¿En qué año nació?", "El sesenta y uno.", ["digits: sesenta y uno"]),
        ("¿Su fecha de nacimiento?", "¿Para qué? El 15 le pago.", []),
        ("¿Su fecha de nacimiento?", "Tengo 45 años y debo 300 pesos.", []),
        ("¿Me da su cédula?", "Sí, el 15 le pago 500.", []),
        ("¿Me da su cédula?", "Ochocientos y se lo lleva, señora, no más.", []),
        ("¿Tiene cómo pagar hoy?", "Dos, ocho. Mañana.", []),
    ],
)
def test_an_answer_to_a_question_for_a_datum(asked: str, answer: str, found: list[str]) -> None:
    assert told(f"A: {asked}\nD: {answer}") == found


LAST_TWO = "¿me dice los dos últimos números de su documento?"


@pytest.mark.parametrize(
    "said",
    [
        "Eh, treinta y uno.",
        "Pues treinta y uno.",
        "Eh, cuarenta y siete.",
        "A ver, mm, treinta y uno.",
        "Este... este, treinta y uno, señorita.",
        "Sería treinta y uno.",
        "Sí, claro, a ver si me acuerdo, treinta y uno.",
        "Ah, sí, son el treinta y siete.",
        "Eh, cuarenta.",
        "Mmm, bueno, creo que es treinta y uno.",
        "Déjeme ver, treinta y uno.",
        "Los últimos, eh, treinta y uno.",
    ],
)
def test_who_hesitates_before_a_datum_tells_it_too(said: str) -> None:
    (found,) = told(f"A: {LAST_TWO}\nD: {said}", "PE")
    assert found.split()[1].casefold() in ("treinta", "cuarenta")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Treinta... eh, treinta y uno.", []),
        ("Treinta y dos, no, perdón, treinta y uno.", []),
        ("Tres, este, uno.", []),
        ("Treinta, treinta y uno, sí.", []),
    ],
)
def test_who_says_a_datum_twice_tells_nothing(said: str, left: list[str]) -> None:
    (turn,) = (redacted(dialogue(f"A: {LAST_TWO}\nD: {said}", country="PE")).turns[1],)
    assert [run.digits for run in runs_of(turn.text)] == left


def test_a_turn_that_only_thinks_leaves_the_question_open() -> None:
    assert told(f"A: {LAST_TWO}\nD: Eh... a ver.\nA: Dígame.\nD: Treinta y uno.", "PE")


@pytest.mark.parametrize(
    "said",
    [
        "Pues el quince le pago.",
        "Eh, treinta y un días.",
        "Bueno, quinientos pesos le doy.",
        "A ver, ¿y si le doy treinta y cinco el viernes?",
    ],
)
def test_sums_and_days_after_a_filler_are_left_alone(said: str) -> None:
    assert told(f"A: {LAST_TWO}\nD: {said}", "PE") == []


def test_an_answer_may_come_turns_later() -> None:
    lines = """
        A: ¿Me confirma los últimos cuatro de su credencial, por favor?
        D: Uy, deje la busco.
        A: Adelante.
        D: A ver... Tres, uno, cero, ocho.
    """
    assert told(lines) == ["id: Tres, uno, cero, ocho"]


def test_a_question_is_over_once_it_is_answered() -> None:
    lines = """
        A: ¿Su código postal?
        D: Sesenta y seis, cuatro, cincuenta. Y con esta van nueve: lunes dos, jueves dos.
    """
    assert told(lines) == ["address: Sesenta y seis, cuatro, cincuenta"]


def test_a_number_read_back_is_the_same_number() -> None:
    lines = """
        A: ¿Su cédula termina en setecientos veinte?
        D: Setecientos veinte, sí.
        A: Perfecto. Son 720 pesos.
    """
    assert told(lines, "CO") == ["id: setecientos veinte", "id: Setecientos veinte"]


def test_a_number_dictated_over_turns() -> None:
    lines = """
        A: Anote la referencia. Ocho, ocho, cero, seis.
        D: Ya.
        A: Dos, uno, nueve.
    """
    assert told(lines) == ["digits: Ocho, ocho, cero, seis", "digits: Dos, uno, nueve"]


def test_whoever_asks_for_a_telephone_is_given_one() -> None:
    lines = "D: Deme un número fijo, por favor, su teléfono.\nA: Anote: el 2 3 8 0."
    assert told(lines, "GT") == ["phone: 2 3 8 0"]


def test_where_nobody_knows_who_speaks_a_turn_may_ask_and_answer() -> None:
    assert told("U: ¿Me da su cédula? Sí, 2265.", "CO") == ["id: 2265"]


def test_a_year_of_birth_needs_a_question_or_a_word() -> None:
    assert told("D: Nací el catorce de abril del cincuenta y ocho.") == [
        "digits: catorce de abril del cincuenta y ocho"
    ]
    assert told("D: El catorce de abril le pago.") == []


# telephones as a recogniser writes them, with blanks

PHONES = {
    "PE": "987 654 321",
    "MX": "55 1234 5678",
    "CO": "310 456 7890",
    "CL": "9 8765 4321",
    "AR": "11 2345 6789",
    "ES": "612 34 56 78",
    "US": "305 555 0123",
    "EC": "098 765 4321",
    "GT": "5123 4567",
}
SAID_BEFORE = (
    "llamo al", "mi número es", "márqueme al", "le llamo al", "comuníquese al", "llámeme al", "márquele al",
    "le escribo al", "me encuentra en el", "¿su celular es el",
)  # fmt: skip


@pytest.mark.parametrize("country", PHONES)
@pytest.mark.parametrize("said", SAID_BEFORE)
def test_a_telephone_is_known_by_what_is_said_before_it(country: str, said: str) -> None:
    line = f"D: Mire, {said} {PHONES[country]}, ¿está bien?"
    found = [redactions(dialogue(line, country=known)) for known in (country, None)]
    assert [[each.quote.text for each in one] for one in found] == [[PHONES[country]]] * 2


def test_a_telephone_whose_groups_go_down_by_the_same_step_is_no_counting() -> None:
    assert told("D: Anote, 987 654 321.", "PE") != []
    assert told("D: Anote, 987 654 321.", "ES") != []
    assert told("D: Son 900, 800, 700, según el mes.", "PE") == []
    assert told("D: Los días 5, 12, 19 y 26.", "PE") == []


@pytest.mark.parametrize("country", PHONES)
def test_sums_beside_a_call_back_stay(country: str) -> None:
    """What is promised is said in the breath in which somebody says that they call."""
    for said in (
        "Si le llamo al mediodía, ¿paga los 1 240 500 pesos?",
        "Le llamo al 15 y paga 2 350.",
        "Me encuentra en el banco con los 2350.",
        "Llámeme al rato, junto 450 750 pesos.",
        "Marqué al cliente: debe 300 600 900.",
    ):
        assert told(f"D: {said}", country) == []
