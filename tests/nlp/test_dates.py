"""Days as people name them, counted from Wednesday 8 October 2025 unless the case says otherwise."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.dates import dates

WEDNESDAY = datetime.date(2025, 10, 8)


def firm(said: str, today: datetime.date = WEDNESDAY, *, asked: bool = False) -> list[str]:
    return [day.date.isoformat() for day in dates(said, today, "MX", asked=asked) if day.firm and day.date]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Hoy mismo le pago.", "2025-10-08"),
        ("hoy en la tarde paso", "2025-10-08"),
        ("Esta misma noche se lo transfiero.", "2025-10-08"),
        ("Ahora mismo le hago la transferencia.", "2025-10-08"),
        ("en el transcurso del día le deposito", "2025-10-08"),
        ("En media hora se lo mando.", "2025-10-08"),
        ("Mañana sin falta.", "2025-10-09"),
        ("mañana por la mañana", "2025-10-09"),
        ("manana temprano voy al banco", "2025-10-09"),
        ("Pasado mañana, señorita.", "2025-10-10"),
        ("El jueves.", "2025-10-09"),
        ("este viernes le pago", "2025-10-10"),
        ("el próximo lunes", "2025-10-13"),
        ("el martes que viene", "2025-10-14"),
        ("el sabado entrante", "2025-10-11"),
        ("el biernes le consigno", "2025-10-10"),
        ("el miércoles", "2025-10-15"),
        ("Hoy miércoles.", "2025-10-08"),
        ("mañana jueves", "2025-10-09"),
        ("mañana jueves 9 en la mañana", "2025-10-09"),
        ("este viernes 17 en la tarde", "2025-10-17"),
        ("este viernes 17 de octubre", "2025-10-17"),
        ("el viernes en ocho", "2025-10-17"),
        ("de este lunes en ocho", "2025-10-20"),
        ("el martes de la próxima semana", "2025-10-14"),
        ("el jueves de la otra semana", "2025-10-16"),
        ("el quince le pago", "2025-10-15"),
        ("Diez enero, los dos.", "2026-01-10"),
        ("el viernes diez octubre", "2025-10-10"),
        ("para el 20", "2025-10-20"),
        ("el día treinta y uno", "2025-10-31"),
        ("el día primero", "2025-11-01"),
        ("el primero de diciembre", "2025-12-01"),
        ("el uno de noviembre", "2025-11-01"),
        ("el 3", "2025-11-03"),
        ("pal veinte le tengo", "2025-10-20"),
        ("el viernes diecisiete", "2025-10-17"),
        ("el viernes, el diecisiete", "2025-10-17"),
        ("viernes 17 de octubre", "2025-10-17"),
        ("el 15 de enero", "2026-01-15"),
        ("el quince de octubre del 2025", "2025-10-15"),
        ("el quince de este mes", "2025-10-15"),
        ("el cinco del mes que viene", "2025-11-05"),
        ("el cinco del próximo mes", "2025-11-05"),
        ("15/10", "2025-10-15"),
        ("15/10/2025", "2025-10-15"),
        ("2025-10-15", "2025-10-15"),
        ("el 10/15", "2025-10-15"),
        ("en tres días", "2025-10-11"),
        ("dentro de una semana", "2025-10-15"),
        ("en dos semanas", "2025-10-22"),
        ("en ocho días", "2025-10-15"),
        ("de hoy en ocho", "2025-10-15"),
        ("de mañana en ocho", "2025-10-16"),
        ("en quince días", "2025-10-23"),
        ("en un mes", "2025-11-08"),
        ("en 48 horas", "2025-10-10"),
        ("en cinco días hábiles", "2025-10-15"),
        ("en la quincena", "2025-10-15"),
        ("esta quincena se lo pago", "2025-10-15"),
        ("la próxima quincena", "2025-10-15"),
        ("la segunda quincena de noviembre", "2025-11-28"),
        ("a fin de mes", "2025-10-31"),
        ("a finales de este mes", "2025-10-31"),
        ("a fines de noviembre", "2025-11-30"),
        ("el último día del mes", "2025-10-31"),
        ("a mediados de mes", "2025-10-15"),
        ("a primeros de mes", "2025-11-01"),
        ("a principios de diciembre", "2025-12-01"),
        ("fin de año", "2025-12-31"),
        ("en Nochebuena", "2025-12-24"),
        ("cuando me paguen el viernes se lo doy", "2025-10-10"),
        ("el treinta de febrero", "2026-02-28"),
    ],
)
def test_firm_day(said: str, expected: str) -> None:
    assert firm(said) == [expected]


@pytest.mark.parametrize(
    "said",
    [
        "Cuando cobre le pago.", "en estos días le deposito", "un día de estos", "ahorita no puedo",
        "al rato le marco", "lo antes posible",
        "en unos días", "en un par de semanas", "la otra semana", "la semana que viene", "el mes que viene",
        "el lunes o el martes",
        "entre jueves y viernes", "entre el 15 y el 20", "del 10 al 15", "mañana o pasado",
        "creo que el viernes", "tal vez el lunes",
        "a lo mejor mañana", "como el 20", "por ahí del 20", "el viernes más o menos",
        "si me pagan el viernes", "después del quince",
        "a partir del 20", "el fin de semana", "primero Dios", "apenas me depositen", "el día de pago",
        "en 2 o 3 días",
        "los primeros días del mes", "el 5 de cada mes", "en cuanto pueda",
    ],
)  # fmt: skip
def test_day_that_is_not_firm(said: str) -> None:
    assert firm(said) == []


@pytest.mark.parametrize(
    "said",
    [
        "Le llamo en la mañana.", "por la mañana trabajo", "de la mañana a la noche",
        "los viernes descanso", "desde el lunes no duermo",
        "el lunes pasado pagué", "hasta mañana, gracias", "a las cinco de la tarde", "el quince por ciento",
        "el 15% de descuento",
        "los quince mil pesos", "el dos mil", "hace tres días", "lleva tres días de atraso",
        "hoy por hoy no", "cada quincena me descuentan",
        "cuatro cuotas", "tengo quince años aquí", "24/7", "7/24",
    ],
)  # fmt: skip
def test_no_day_at_all(said: str) -> None:
    assert [day for day in dates(said, WEDNESDAY, "MX") if day.date != WEDNESDAY and day.firm] == []


@pytest.mark.parametrize(
    ("said", "country", "expected", "is_firm"),
    [
        ("el 3/5", "MX", "2026-05-03", True),
        ("el 3/5", None, "2026-05-03", True),
        ("el 3/5", "US", "2026-03-05", False),
        ("el 03/05/2026", "US", "2026-03-05", False),
        ("el 3/15", "US", "2026-03-15", True),
        ("el 15/3", "US", "2026-03-15", True),
        ("el 7/24", "US", "2026-07-24", True),
        ("el 4/4", "US", "2026-04-04", True),
        ("el 2026-03-05", "US", "2026-03-05", True),
    ],
)
def test_month_before_the_day_in_the_united_states_only_and_not_firmly(
    said: str, country: str | None, expected: str, is_firm: bool
) -> None:
    (day,) = dates(said, datetime.date(2026, 3, 1), country)

    assert (day.date, day.firm) == (datetime.date.fromisoformat(expected), is_firm)


@pytest.mark.parametrize(
    "said", ["antes del 20", "a más tardar el 20", "hasta el 20 tengo", "el 20 como máximo", "máximo el 20"]
)
def test_deadline(said: str) -> None:
    (day,) = (day for day in dates(said, WEDNESDAY, "MX") if day.date)

    assert (day.date, day.deadline, day.firm) == (datetime.date(2025, 10, 20), True, True)


def test_weekday_and_day_that_do_not_agree_are_told() -> None:
    (right,) = dates("el viernes 17", WEDNESDAY, "MX")
    (wrong,) = dates("el lunes 18", datetime.date(2025, 10, 16), "MX")

    assert (right.agrees, wrong.agrees, wrong.date) == (True, False, datetime.date(2025, 10, 18))


def test_weekday_that_fits_next_month_only_is_next_month() -> None:
    assert firm("el lunes 17") == ["2025-11-17"]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2025-11-03", "2025-11-14"),
        ("2025-11-14", "2025-11-28"),
        ("2025-11-20", "2025-11-28"),
        ("2025-12-20", "2025-12-31"),
    ],
)
def test_quincena_that_falls_on_a_weekend_is_the_friday_before(today: str, expected: str) -> None:
    assert firm("la quincena", datetime.date.fromisoformat(today)) == [expected]


@pytest.mark.parametrize(
    ("said", "today", "expected", "agrees"),
    [
        ("el treinta y uno", "2026-11-17", "2026-12-31", False),  # or the thirtieth?
        ("el treinta y uno", "2026-11-30", "2026-12-31", True),  # not today: «hoy» says that
        ("para el 30", "2027-02-10", "2027-03-30", False),
        ("el treinta y uno", "2026-10-05", "2026-10-31", True),
        ("el 31 de este mes", "2026-11-17", "2026-11-30", False),
        ("el 31 de noviembre", "2026-11-17", "2026-11-30", False),
        ("31/11", "2026-11-17", "2026-11-30", False),
        ("fin de mes", "2026-11-17", "2026-11-30", True),
    ],
)
def test_a_day_that_the_month_lacks_is_the_next_that_there_is(
    said: str, today: str, expected: str, agrees: bool
) -> None:
    (day,) = dates(said, datetime.date.fromisoformat(today), "MX")
    assert (str(day.date), day.agrees) == (expected, agrees)


def test_past_day_stays_past() -> None:
    assert firm("venció el 2 de septiembre") == ["2025-09-02"]


def test_both_days_of_a_repair_are_named() -> None:
    assert firm("el quince, no, perdón, el dieciséis") == ["2025-10-15", "2025-10-16"]


def test_bare_number_is_a_day_only_where_a_day_was_asked() -> None:
    assert (firm("Quince.", asked=True), firm("Quince.")) == (["2025-10-15"], [])
    assert firm("A las cinco.", asked=True) == []


def test_a_number_of_days_between_is_no_day_that_was_asked() -> None:
    assert firm("Cada quince.", asked=True) == []


def test_who_has_the_name_of_a_month_is_none() -> None:
    assert firm("son quince Julio") == []


def test_day_is_quoted_verbatim() -> None:
    said = "Mire, póngale el VIERNES diecisiete, ¿sí?"
    (day,) = dates(said, WEDNESDAY, "MX")

    assert said[day.start : day.end] == "VIERNES diecisiete"


@given(st.text(max_size=300), st.dates(), st.booleans())
def test_odd_text_breaks_nothing(said: str, today: datetime.date, asked: bool) -> None:
    last = 0
    for day in dates(said, today, "MX", asked=asked):
        assert last <= day.start < day.end <= len(said)
        last = day.end


WORDS = st.sampled_from(
    [
        "el",
        "la",
        "quince",
        "viernes",
        "17",
        "de",
        "octubre",
        "mañana",
        "pasado",
        ",",
        ".",
        "?",
        "antes",
        "del",
        "en",
        "tres",
        "días",
        "quincena",
        "31",
        "12",
        "99",
        "primero",
        "último",
        "fin",
        "mes",
        "5/5",
        "que",
        "viene",
    ]
)  # fmt: skip


@given(st.lists(WORDS, max_size=14).map(" ".join), st.dates())
def test_any_order_of_day_words_breaks_nothing(said: str, today: datetime.date) -> None:
    for day in dates(said, today, "AR"):
        assert said[day.start : day.end].strip()


@pytest.mark.parametrize("text", ["se lo pago ahora", "ahorita le deposito"])
def test_paying_now_means_today_but_not_firmly(text: str) -> None:
    found = dates(text, datetime.date(2026, 3, 10), "MX")

    assert any(day.date == datetime.date(2026, 3, 10) and not day.firm for day in found)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("el último viernes del mes le doy la mitad", "2026-03-27"),
        ("El último viernes de este mes.", "2026-03-27"),
        ("último viernes de mes", "2026-03-27"),
        ("el último lunes del presente mes", "2026-03-30"),
        ("el último martes de marzo", "2026-03-31"),
        ("el último sábado de julio", "2026-07-25"),
        ("el penúltimo viernes de abril", "2026-04-17"),
        ("el último viernes del mes que viene", "2026-04-24"),
        ("el viernes último de mes", "2026-03-27"),
        ("el jueves de la última semana del mes", "2026-03-26"),
        ("el primer lunes de abril", "2026-04-06"),
        ("el segundo viernes del próximo mes", "2026-04-10"),
        ("el primer miércoles del mes", "2026-04-01"),
        ("el tercer jueves de este mes", "2026-03-19"),
        # near misses
        ("el último de mes", "2026-03-31"),
        ("el último día del mes", "2026-03-31"),
        ("el último pago, el viernes veinte", "2026-03-20"),
        ("el segundo pago el viernes", "2026-03-13"),
        ("primero el viernes le doy cien", "2026-03-13"),
        ("el viernes, último día de pago", "2026-03-13"),
        ("el viernes que viene", "2026-03-13"),
    ],
)
def test_which_weekday_of_a_month(said: str, expected: str) -> None:
    assert firm(said, datetime.date(2026, 3, 11)) == [expected]


@pytest.mark.parametrize(
    "said",
    [
        "el último viernes que hablamos",
        "el viernes último",
        "este último viernes",
        "el último viernes le pagué",
        "cada último viernes de mes",
        "el segundo viernes de cada mes",
    ],
)
def test_the_last_friday_may_be_over_or_many(said: str) -> None:
    assert firm(said, datetime.date(2026, 3, 11)) == []


def test_a_last_friday_that_is_over_is_that_of_the_month_after() -> None:
    assert firm("el último viernes del mes", datetime.date(2026, 3, 28)) == ["2026-04-24"]
