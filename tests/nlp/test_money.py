"""Sums as people say them in eight countries."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.money import INSTALMENT, MINIMUM, amounts
from nlp.numbers import figure, numbers_of


def sums(said: str, country: str = "MX", hint: int | None = None, *, asked: bool = False) -> list[str]:
    found = amounts(said, country, hint=Decimal(hint) if hint is not None else None, asked=asked)
    return [f"{amount.value} {amount.currency}" + ("" if amount.firm else " ?") for amount in found]


@pytest.mark.parametrize(
    ("said", "country", "expected"),
    [
        ("mil quinientos pesos", "MX", "1500 MXN"),
        ("un mil quinientos", "MX", "1500 MXN"),
        ("veintiún mil pesos", "MX", "21000 MXN"),
        ("treintaiún mil", "MX", "31000 MXN"),
        ("son 4,380 pesos", "MX", "4380 MXN"),
        ("$1,200.50", "MX", "1200.50 MXN"),
        ("le deposito 2 1000 500", "MX", "2500 MXN"),
        ("dos mil trescientos cincuenta con cuarenta", "MX", "2350.4 MXN"),
        ("quinientos pesitos", "MX", "500 MXN"),
        ("ochocientos varos", "MX", "800 MXN"),
        ("le abono seiscientos", "MX", "600 MXN"),
        ("Doscientos podría.", "MX", "200 MXN"),
        ("dosientos sinquenta pesos", "MX", "250 MXN"),
        ("cientocincuenta pesos", "MX", "150 MXN"),
        ("cincomil pesos", "MX", "5000 MXN"),
        ("milquinientos", "MX", "1500 MXN"),
        ("mil y medio", "MX", "1500 MXN"),
        ("quinientos pesos con treinta centavos", "MX", "500.3 MXN"),
        ("307.400 pesos", "CO", "307400 COP"),
        ("ciento cincuenta y tres setecientos", "CO", "153700 COP"),
        ("153 700 pesos", "CO", "153700 COP"),
        ("cuarenta y cinco seiscientos", "CO", "45600 COP"),
        ("un millón doscientos", "CO", "1200000 COP"),
        ("un millón ochocientos cincuenta mil", "CO", "1850000 COP"),
        ("millón y medio", "CO", "1500000 COP"),
        ("le pago cincuenta", "CO", "50000 COP"),
        ("le consigno ciento ochenta el viernes", "CO", "180000 COP"),
        ("cincuenta lucas", "CO", "50000 COP"),
        ("dos palos", "CO", "2000000 COP"),
        ("once mil cuatrocientos", "CO", "11400 COP"),
        ("quince lucas", "CL", "15000 CLP"),
        ("una luca", "CL", "1000 CLP"),
        ("luca quinientos", "CL", "1500 CLP"),
        ("medio palo", "CL", "500000 CLP"),
        ("palo y medio", "CL", "1500000 CLP"),
        ("una quina", "CL", "500 CLP"),
        ("tres gambas", "CL", "300 CLP"),
        ("dos UF", "CL", "2 CLF"),
        ("doce unidades de fomento", "CL", "12 CLF"),
        ("mil quinientas UDIS", "MX", "1500 MXV"),
        ("noventa unidades de valor real", "CO", "90 COU"),
        ("mil unidades indexadas", "UY", "1000 UYI"),
        ("$ 210.000", "CL", "210000 CLP"),
        ("le puedo abonar cuarenta", "CL", "40000 CLP"),
        ("quince lucas", "PE", "15 PEN"),
        ("S/ 350", "PE", "350 PEN"),
        ("S/. 1,350.80", "PE", "1350.80 PEN"),
        ("ciento veinte con cincuenta", "PE", "120.5 PEN"),
        ("le yapeo ochenta", "PE", "80 PEN"),
        ("cien solcitos", "PE", "100 PEN"),
        ("200 dólares", "PE", "200 USD"),
        ("US$ 45", "PE", "45 USD"),
        ("sesenta y dos mil mangos", "AR", "62000 ARS"),
        ("62 lucas", "AR", "62000 ARS"),
        ("dos palos y medio", "AR", "2500000 ARS"),
        ("un palo verde", "AR", "1000000 USD"),
        ("$186.400", "AR", "186400 ARS"),
        ("186400", "AR", "186400 ARS"),
        ("te pago treinta mañana", "AR", "30000 ARS"),
        ("cien verdes", "AR", "100 USD"),
        ("62 000 pesos", "AR", "62000 ARS"),
        ("75,50 euros", "ES", "75.50 EUR"),
        ("1.500,50 €", "ES", "1500.50 EUR"),
        ("cuarenta pavos", "ES", "40 EUR"),
        ("noventa euros con diez céntimos", "ES", "90.1 EUR"),
        ("cuatrocientos quetzales", "GT", "400 GTQ"),
        ("Q 350 quetzales", "GT", "350 GTQ"),
        ("ochenta y cinco dólares", "EC", "85 USD"),
        ("dos tejas", "CR", "200 CRC"),
        ("treinta rojos", "CR", "30000 CRC"),
        ("₡25.000", "CR", "25000 CRC"),
        ("ciento veinte dólares", "US", "120 USD"),
    ],
)
def test_sum(said: str, country: str, expected: str) -> None:
    assert sums(said, country) == [expected]


@pytest.mark.parametrize(
    "said",
    [
        "a las cinco de la tarde", "son 41 días de atraso", "tiene tres cuotas vencidas",
        "el 30 por ciento", "un 15% menos", "mi cédula termina en 4471",
        "los últimos cuatro: 4 4 7 1", "mi celular es 5512345678", "cuatro siete uno dos", "nací en 1980",
        "en 2024 firmé", "el quince de octubre",
        "vivo en la calle 45 número 320", "mil gracias", "mil disculpas, señorita", "dos hijos y mi mamá",
        "vendía sesenta comidas diarias",
        "tengo sesenta y tres años", "hace dos meses", "no tengo ni un peso", "el viernes 17", "10:30",
        "este viernes 17 en la tarde", "mañana martes 11 en la mañana", "hoy lunes 10", "a las 9.30",
        "de veras lo siento mucho", "lo siento",
        "referencia 884120", "son dos pagos",
        "de 9 a 6 trabajo", "treinta kilómetros", "0045", "uno nunca sabe", "una señora", "en 48 horas",
    ],
)  # fmt: skip
def test_number_that_is_no_sum(said: str) -> None:
    assert sums(said) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("unos mil pesos", ["1000 MXN ?"]),
        ("como quinientos pesos", ["500 MXN ?"]),
        ("mil y pico", ["1000 MXN ?"]),
        ("mil pesos más o menos", ["1000 MXN ?"]),
        ("casi dos mil", ["2000 MXN ?"]),
        ("mil o mil doscientos", ["1000 MXN ?", "1200 MXN ?"]),
        ("entre quinientos y seiscientos", ["500 MXN ?", "600 MXN ?"]),
        ("ciento cincuenta, por ahí hasta ciento sesenta", ["150 MXN ?", "160 MXN ?"]),
        ("por lo menos mil", ["1000 MXN"]),
        ("setecientos cincuenta hoy y setecientos cincuenta el viernes", ["750 MXN", "750 MXN"]),
    ],
)
def test_approximate_sums_are_not_firm(said: str, expected: list[str]) -> None:
    assert sums(said) == expected


@pytest.mark.parametrize(
    ("said", "country", "expected"),
    [
        ("dos coma cinco millones de pesos", "CO", ["2500000 COP"]),
        ("uno coma cinco millones", "CO", ["1500000 COP"]),
        ("un punto siete cinco millones", "AR", ["1750000 ARS"]),
        ("dos con cinco millones", "CO", ["2500000 COP"]),
        ("dos coma cinco palos", "AR", ["2500000 ARS"]),
        ("dos con cinco palos", "AR", ["2500000 ARS"]),
        ("doce coma cinco UF", "CL", ["12.5 CLF"]),
        ("tres con dos UF", "CL", ["3.20 CLF"]),
        ("12 coma 5 UF", "CL", ["12.5 CLF"]),
        ("ciento veinte coma cincuenta euros", "ES", ["120.50 EUR"]),
        ("ciento veinte con cincuenta euros", "ES", ["120.5 EUR"]),
        ("ciento veinte con cinco soles", "PE", ["120.05 PEN"]),
        ("ciento veinte con cincuenta dólares", "PE", ["120.5 USD"]),
        ("doscientos treinta punto cero cinco dólares", "EC", ["230.05 USD"]),
        ("mil doscientos punto setenta y cinco quetzales", "GT", ["1200.75 GTQ"]),
        ("dos punto cinco mil dólares", "MX", ["2500 USD"]),
        ("tres coma cinco pesos", "CO", ["3500 COP ?"]),
        ("dos punto trescientos pesos", "CO", []),
        ("dos millones coma cinco de pesos", "CO", []),
    ],
)
def test_a_decimal_that_is_spoken(said: str, country: str, expected: list[str]) -> None:
    assert sums(said, country) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("dos, cinco o seis mil pesos", ["6000 MXN ?"]),
        ("le pago el quince coma dos mil pesos", ["2000 MXN"]),
        ("a las tres punto dos mil pesos", ["2000 MXN"]),
        ("pago quinientos pesos el quince coma", ["500 MXN"]),
        ("uno coma dos coma tres", []),
        ("estuvo en un coma cinco días", []),
        ("quinientos pesos punto", ["500 MXN"]),
        ("pago doscientos pesos con cinco días de atraso", ["200 MXN"]),
        ("cien pesos con veinte pesos de interés", ["100 MXN", "20 MXN"]),
    ],
)
def test_a_mark_that_parts_or_is_dictated_is_no_decimal(said: str, expected: list[str]) -> None:
    assert sums(said) == expected


@pytest.mark.parametrize("said", ["uno punto dos pagos", "dos coma cinco cuotas", "el doce coma cinco días"])
def test_what_is_counted_beyond_a_mark_is_no_decimal(said: str) -> None:
    assert all(number.value == int(number.value) for number in numbers_of(said))


@pytest.mark.parametrize(("hint", "expected"), [(3_600_000, "3500000"), (12_000, "3500")])
def test_a_decimal_without_its_size_is_what_fits_the_balance(hint: int, expected: str) -> None:
    found = amounts("le pago tres coma cinco pesos", "CO", hint=Decimal(hint))

    assert [(str(one.value), one.firm) for one in found] == [(expected, True)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("mañana martes 11 en la mañana, ¿los 412.50 completitos?", ["412.50"]),
        ("le pongo este viernes 14, los 64,80", ["64.80"]),
        ("¿le parece el martes 11 la cuota de 64?", ["64"]),
        ("¿los 75 completitos?", ["75"]),
    ],
)
def test_cents_or_the_balance_itself_make_a_sum_without_currency(said: str, expected: list[str]) -> None:
    """The day of the month beside it is no sum."""
    found = amounts(said, "PE", hint=Decimal(75))

    assert [str(one.value) for one in found] == expected


@pytest.mark.parametrize(
    ("hint", "expected"),
    [(260, "250 MXN"), (2600, "2500 MXN"), (3, "2.50 MXN"), (300_000, "250000 MXN"), (None, "250 MXN ?")],
)
def test_two_fifty_is_what_fits_the_balance(hint: int | None, expected: str) -> None:
    (found,) = amounts("le doy dos cincuenta", "MX", hint=Decimal(hint) if hint else None)

    assert (
        f"{Decimal(found.value or 0):f} MXN".replace("2.5 ", "2.50 ") + ("" if found.firm else " ?")
        == expected
    )


@pytest.mark.parametrize(
    ("said", "value"),
    [("la mitad", 2000), ("lo pago todo", 4000), ("el total", 4000), ("toda la deuda", 4000)],
)
def test_shares_of_the_balance(said: str, value: int) -> None:
    (found,) = amounts(said, "MX", hint=Decimal(4000))

    assert (found.value, found.currency, found.firm) == (Decimal(value), "MXN", True)


def test_minimum_and_instalment_are_what_the_call_said() -> None:
    named = {MINIMUM: Decimal(640), INSTALMENT: Decimal(320)}

    assert [a.value for a in amounts("el mínimo", "MX", named=named)] == [Decimal(640)]
    assert [a.value for a in amounts("le pago la cuota", "MX", named=named)] == [Decimal(320)]
    assert [(a.value, a.firm) for a in amounts("el mínimo", "MX")] == [(None, False)]


def test_bare_number_is_a_sum_where_a_sum_was_asked() -> None:
    assert (sums("Ochenta.", asked=True), sums("Ochenta.")) == (["80 MXN"], [])


def test_day_and_sum_side_by_side() -> None:
    assert sums("el 15 500 pesos") == ["500 MXN"]


def test_sum_is_quoted_verbatim() -> None:
    said = "Mire, le doy MIL doscientos pesos, ¿sale?"
    (found,) = amounts(said, "MX")

    assert said[found.start : found.end] == "MIL doscientos pesos"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1.500", "1500"),
        ("1,500", "1500"),
        ("1.500,50", "1500.50"),
        ("1,500.50", "1500.50"),
        ("12,5", "12.5"),
        ("1.200.000", "1200000"),
    ],
)
def test_marks_in_figures(raw: str, value: str) -> None:
    assert figure(raw) == Decimal(value)


ONES = ["", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once",
"doce", "trece", "catorce", "quince",
        "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidós",
        "veintitrés", "veinticuatro", "veinticinco",
        "veintiséis", "veintisiete", "veintiocho", "veintinueve"]  # fmt: skip
TENS = ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
HUNDREDS = [
    "",
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
]


def spelled(n: int) -> str:
    if n >= 1000:
        head = (
            ""
            if n < 2000
            else spelled(n // 1000).removesuffix("uno")
            + ("ún" if n // 1000 % 10 == 1 and n // 1000 % 100 != 11 else "")
        )
        return f"{head} mil {spelled(n % 1000)}".strip()
    if n >= 100:
        return "cien" if n == 100 else f"{HUNDREDS[n // 100]} {spelled(n % 100)}".strip()
    return ONES[n] if n < 30 else TENS[n // 10] + (f" y {ONES[n % 10]}" if n % 10 else "")


@given(st.integers(min_value=2, max_value=999_999))
def test_every_number_in_words_is_read(n: int) -> None:
    assert [number.value for number in numbers_of(spelled(n))] == [Decimal(n)]


@given(
    st.text(max_size=300),
    st.sampled_from([None, "MX", "CO", "CL", "PE", "AR", "ES", "GT", "CR", "ZZ"]),
    st.booleans(),
)
def test_odd_text_breaks_nothing(said: str, country: str | None, asked: bool) -> None:
    last = 0
    for amount in amounts(said, country, hint=Decimal(1000), asked=asked):
        assert last <= amount.start < amount.end <= len(said)
        last = amount.end


WORDS = st.sampled_from(
    [
        "mil",
        "millón",
        "dos",
        "un",
        "500",
        "1000",
        "2",
        "cien",
        "pesos",
        "lucas",
        "palo",
        "y",
        "medio",
        "con",
        ",",
        ".",
        "$",
        "%",
        "la",
        "mitad",
        "todo",
        "pago",
        "quinientos",
        "veinte",
        "de",
        "el",
        "o",
        "unos",
    ]
)  # fmt: skip


@given(st.lists(WORDS, max_size=14).map(" ".join), st.sampled_from(["MX", "CO", "AR", "PE"]))
def test_any_order_of_money_words_breaks_nothing(said: str, country: str) -> None:
    for amount in amounts(said, country):
        assert said[amount.start : amount.end].strip()
        assert amount.value is None or amount.value > 0


def test_a_row_of_thousands_of_figures_is_no_sum() -> None:
    assert [a.value for a in amounts("le pago " + "9" * 5000 + " o 1500 pesos", "MX")] == [1500]


def test_tens_and_cents_without_a_joining_word() -> None:
    found = amounts("ochenta y nueve cincuenta", "EC", hint=Decimal("179"), asked=True)

    assert [amount.value for amount in found] == [Decimal("89.5")]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "muy bien cuatro pagos de quinientos ochenta y cinco comenzando el trece de marzo correcto",
            "585 MXN",
        ),
        ("cuatro de quinientos ochenta y cinco arrancando el trece de marzo", "585 MXN"),
        ("tres abonos mensuales de ochocientos iniciamos el lunes", "800 MXN"),
        ("seis cuotas fijas de trescientos veinte vencería la primera en abril", "320 MXN"),
        ("dos parcialidades de a mil cien conforme", "1100 MXN"),
        ("cinco quincenas de cuatrocientos diez empezando hoy", "410 MXN"),
    ],
)
def test_the_sum_of_so_many_payments_whatever_follows(said: str, expected: str) -> None:
    assert sums(said) == [expected]


@pytest.mark.parametrize(
    "said",
    [
        "cuatro semanas de ciento veinte días",
        "dos llamadas de trescientos segundos",
        "un paquete de quinientos ochenta y cinco gramos",
        "tres pagos de treinta días",
        "la calle Nogal ciento veinte interior dos",
        "nací el veintitrés de mil novecientos ochenta y uno",
    ],
)
def test_other_counts_are_no_sums(said: str) -> None:
    assert sums(said) == []
