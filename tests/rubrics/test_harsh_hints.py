"""Words that a person should hear: papers and the migra beside a debt, «¿paga o no paga?», «más le vale»."""

from __future__ import annotations

import pytest

from nlp.money import amounts
from rubrics.types import Verdict
from tests.rubrics.test_pack_words import verdicts


def said(words: str, country: str = "US") -> dict[str, Verdict]:
    return verdicts(
        f"""
        A: Buenas, habla Rogelio Nava, de Gulf Recovery. ¿Es usted Fabián Ortega?
        D: Sí, soy yo.
        A: Debe seiscientos dólares de Alamo Bank desde julio.
        D: Ahorita no tengo, no me han pagado.
        A: {words}
        D: Pues le doy cien el viernes.
        A: Cien dólares el viernes.
        """,
        country,
    )


@pytest.mark.parametrize(
    "words",
    [
        "Mire, usted sabe cómo está la cosa con la migra.",
        "Usted ya ve cómo andan las redadas.",
        "Los papeles de su señora también se pueden atorar.",
        "Uno que debe no se arregla los papeles.",
    ],
)
def test_papers_beside_a_debt_are_for_a_person_to_hear(words: str) -> None:
    assert said(words)["no_threats"].needs_review


def test_who_denies_it_is_no_hint() -> None:
    found = said("No trabajamos con inmigración, esto no afecta sus papeles. ¿Qué le pasó este mes?")
    assert not found["no_threats"].needs_review


@pytest.mark.parametrize(
    "words",
    [
        *("¿Paga o no paga?", "Más le vale.", "¿Va a pagar o no?"),
        "Sí, sí, ya está, ya lo escuché. ¿Cuánto tiene hoy?",
        "Bueno, sí, todo eso ya me lo contó. Dígame fecha.",
        "En enero, señor, se lo acabo de decir.",
        "Abrevie, por favor, que hay más gente en la fila.",
        "Es la tercera vez que se lo pregunto.",
        "Le estoy preguntando una cosa y me contesta otra.",
        "Eso no viene al caso, señor.",
        "No empiece con eso, por favor.",
        "A lo que voy yo es a cuándo paga.",
    ],
)
def test_short_of_patience(words: str) -> None:
    calm = said(words)["calm"]
    assert calm.needs_review or calm.outcome == "fail"


@pytest.mark.parametrize(
    "words",
    [
        *("Más vale prevenir, le anoto el viernes.", "¿Prefiere el viernes o el lunes?"),
        "Sí, sí, ya lo escuché, gracias por contármelo. ¿Con cuánto cuenta hoy?",
        "Ya me lo dijo, sí, disculpe que se lo vuelva a preguntar.",
        "Como le acabo de decir, en enero; se lo mando también por escrito.",
        "Es la tercera vez que le llamamos, por eso le agradezco que conteste.",
        "¿Me escucha bien? Se cortó un momento.",
        "Bueno, ya le entendí, señor. Le ofrezco dos pagos.",
        "Sí, ya me lo dijo, y con gusto le espero.",
        "¿Qué parte no le quedó clara?",
        "Tengo otra llamada en espera, ¿le puedo marcar en cinco minutos?",
        "Concretemos, señor: ¿le parece el viernes?",
    ],
)
def test_a_calm_agent(words: str) -> None:
    calm = said(words)["calm"]
    assert (calm.outcome, calm.needs_review) == ("pass", False)


@pytest.mark.parametrize(
    "words",
    [
        "Usted sabe cómo está la cosa con la migra.",
        "Usted ya sabe cómo está la situación.",
        "Ya ve cómo están las cosas.",
    ],
)
def test_who_hints_asks_for_no_reason(words: str) -> None:
    assert said(words)["asks_reason"].outcome == "fail"


def test_who_asks_after_somebody_explores() -> None:
    assert said("Lo siento. ¿Cómo sigue su mamá?")["asks_reason"].outcome == "pass"


@pytest.mark.parametrize("text", ["son tres biles los que no ha hecho", "debe dos biles"])
@pytest.mark.parametrize("country", ["US", "MX"])
def test_a_number_of_bills_is_no_sum(text: str, country: str) -> None:
    assert not [one for one in amounts(text, country) if one.value]


@pytest.mark.parametrize(
    "words",
    [
        "Le mando hoy por correo el plan por escrito.",
        "Hoy mismo le envío a su correo electrónico el plan de pagos por escrito.",
        "El plan le llega mañana por escrito.",
    ],
)
def test_an_agreement_in_writing(words: str) -> None:
    found = verdicts(
        f"""
        A: Buenas tardes, habla Ana Ruiz, de Cobros Sur. ¿Hablo con la señora Rosa Paz?
        D: Sí, con ella.
        A: Debe doscientos veinte dólares desde octubre. ¿Cuándo puede pagar?
        D: Pago los doscientos veinte dólares el cinco de diciembre.
        A: Entonces son doscientos veinte dólares el cinco de diciembre. ¿Le parece bien?
        D: Sí, está bien.
        A: {words} Gracias.
        """,
        "US",
        call_started_at="2026-11-24T10:15:00-06:00",
    )["written_agreement"]
    assert found.outcome == "pass"


def test_what_the_country_puts_off_is_not_missing_from_a_call_that_ended_before_it() -> None:
    lines = """
        A: Buenas tardes, me llamo Efraín Luna y la llamada se graba. ¿Hablo con Yadira Montes?
        D: Sí, pero estoy en el trabajo.
        A: ¿Me dice su fecha de nacimiento, señora Montes?
        D: Dos de febrero del noventa. Oiga, mi jefe no deja. Ya no me llame al trabajo.
        A: Tiene razón, lo anoto ahora mismo: no le volvemos a llamar a este número. ¿A qué hora prefiere?
        D: A mi celular, después de las seis.
        A: Anotado. Le llamo mañana a las seis y media, señora Montes. Gracias y disculpe. Buena tarde.
        D: Gracias.
    """
    assert verdicts(lines, "US")["greeting_identification"].outcome == "na"
    assert verdicts(lines, "MX")["greeting_identification"].outcome == "fail"
    told = lines.replace("Anotado.", "Anotado. Es por los 150 dólares que debe de su tarjeta desde octubre.")
    assert verdicts(told, "US")["greeting_identification"].outcome == "fail"


@pytest.mark.parametrize(
    "words",
    [
        "Y bueno, eso nos pasa a todos, yo también rento y sin embargo pago.",
        "Yo también tengo hijos y pago mis cuentas.",
        "A mí también me sube la renta y aquí estoy, al corriente.",
        "Si le alcanza para el celular, le alcanza para pagar.",
        "¿Y así quiere que le ayudemos?",
        "Qué fácil es pedir y qué difícil pagar.",
    ],
)
def test_held_up_against_the_agents_own(words: str) -> None:
    found = said(words)
    assert found["courteous"].needs_review or found["courteous"].outcome == "fail"
    assert found["empathy"].outcome != "pass"


@pytest.mark.parametrize(
    "words",
    [
        "Yo también tengo hijos y sé lo que es un mes así.",
        "Todos tenemos gastos y lo suyo es para preocupar a cualquiera.",
        "Si le alcanza para una parte, con eso empezamos.",
        "Lo entiendo, yo también pago renta y aquí estamos para apoyarlo.",
        "Si le alcanza para la mitad, le alcanza para cumplir con el mínimo.",
    ],
)
def test_set_beside_the_agents_own_with_understanding(words: str) -> None:
    courteous = said(words)["courteous"]
    assert (courteous.outcome, courteous.needs_review) == ("pass", False)
