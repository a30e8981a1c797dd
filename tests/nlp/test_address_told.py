"""Tú that the agent only reads out, dictates or names is no address; tú beside it still is."""

from __future__ import annotations

import re

import pytest

from nlp.address import familiar_forms
from nlp.analyze import ruled_findings
from nlp.tagger import scored
from nlp.thresholds import OPERATING
from tests.dialogue import dialogue


def heard(text: str) -> str:
    """As a recogniser without marks writes it."""
    return re.sub(r"[¿?¡!.,;:]", "", text).lower()


def surely(text: str) -> list[str]:
    words = scored(text, "agent")[0]
    return [text[slice(*words.span(f.first, f.end))] for f in familiar_forms(words) if f.score >= OPERATING]


@pytest.mark.parametrize("written", [str, heard])
@pytest.mark.parametrize(
    "said",
    [
        "Le va a salir un botón amarillo que dice paga tu crédito, le da clic y ya.",
        "Es el mensaje que dice tienes un pago pendiente, comunícate con nosotros, ese sí es de aquí.",
        "Sí, es el que dice tienes un pago pendiente, comunícate con nosotros, ese sí es de aquí.",
        "En el menú donde dice tus pagos, ahí le aparece.",
        "En la pestaña donde pone tus recibos, ahí lo tiene.",
        "Usted nada más le dice: te voy a hacer un pago a este convenio, y le da el número.",
        "Dígale así tal cual: préstame los quinientos y te los regreso el viernes.",
        "Dígaselo así, tal cual: préstame quinientos y te los regreso el viernes. Va a ver que sí.",
        "Dígale a su hermano: hermano, préstame doscientos y te los pago el viernes.",
        "Tenemos el programa ponte al corriente, que le quita la mitad de los recargos.",
        "Sí, hay una campaña que se llama Tú Decides, donde usted escoge la fecha.",
        "Está la promoción llamada Libérate de tu deuda, le quita los intereses.",
        "Es pagos arroba tu crédito vallarta punto com.",
        "La página es tu credito facil punto com.",
        "El correo es tu crédito arroba gmail punto com.",
        "Bueno, su señora le dice que tú no pagues nada, pero a usted le conviene.",
        "Sí, como dicen, hoy por ti mañana por mí; yo le ayudo con lo que pueda.",
        "Ánimo, como decía mi abuela, ayúdate que yo te ayudaré. Vamos a encontrarle.",
        "Empieza con te de Tomás, be de burro, cuatro, cinco.",
        "¿Qué le dijo mi compañera, le dijo tú o le habló de usted?",
        "Le va a aparecer una ventanita que dice ingresa tu clave, ahí la pone.",
        "En el recuadro que dice escribe tu correo, ahí lo anota usted.",
        "La opción que dice tus movimientos, ahí la elige.",
        "Le llegó el aviso que decía regulariza tu cuenta, ¿verdad?",
        "Cuando le conteste la grabación que dice marca tu número de cliente, marque el cero.",
        "El cartel que dice aquí puedes pagar tu recibo es ahí mismo.",
        "Hablo con Tomás Rivas, ¿verdad?",
        "Bueno, no deje para mañana, ya sabe: no dejes para mañana lo que puedes hacer hoy.",
        "Usted llega y le dice al cajero: quiero pagarte este convenio.",
        "Aquí cualquiera dice: si no tienes, no pagas, pero le ofrezco dos caminos.",
        "Uno diría que si puedes pagas y ya, pero a usted le conviene.",
        "Le puedo ofrecer, si querés, perdón, si quiere, dos caminos.",
        "Como tú digas, perdón, como usted diga.",
        "Su hijo me dijo que tú estabas... perdón, que usted estaba trabajando.",
        "Me contó que tú debes, mejor dicho que su esposo debe.",
        "¿Cuándo puedes, disculpe, cuándo puede pagar?",
        "Te llamo, digo, le llamo de Financiera Roble.",
        "A ti te lo digo, Juan, no, perdón, le hablaba a mi compañero.",
        "Juan, pásame el expediente, disculpe, estaba hablando con un compañero.",
    ],
)
def test_what_is_read_out_or_dictated_is_no_sure_address(said: str, written: type[str]) -> None:
    assert surely(written(said)) == []


@pytest.mark.parametrize("written", [str, heard])
@pytest.mark.parametrize(
    "said",
    [
        "Le va a salir un botón que dice pagar, tú le das clic y ya.",
        "Donde dice paga tu crédito le das clic.",
        "En donde dice saldo pones tu clave.",
        "Dígale que me llame, ¿puedes?",
        "Le dice el convenio al cajero y me mandas la foto.",
        "En la aplicación puedes pagar.",
        "El plan te conviene mucho.",
        "La promoción te quita la mitad de los intereses.",
        "El sistema dice que debes dos mil pesos.",
        "El mensaje dice que tienes que pagar hoy.",
        "Mándalo a pagos arroba banco punto com.",
        "Mándame el comprobante a pagos arroba vallarta punto com.",
        "Dime tu correo, el que termina en arroba gmail.",
        "Ya te dije que hoy por la tarde tienes que pagar.",
        "Como dicen, más vale tarde que nunca, así que ponte al corriente.",
        "Se llama convenio y tú lo firmas.",
        "La opción de pagar tu crédito está en el menú.",
        "Ahí te va a salir un botón que dice paga tu crédito.",
        "Dígale tu número de folio al cajero.",
        "Le dije a tu hermano que me pagues.",
        "Con tus pagos al día sube tu historial.",
        "Dígale a tu esposa que llame.",
        "Le aparece un botón, tócalo y pagas.",
        "El mensaje decía lo siguiente, pero tú no contestaste.",
        "Su hermano dice que está bien, ¿tú cuándo pagas?",
        "A ver si me entiendes.",
        "El correo es pagos arroba banco punto com, mándame ahí tu comprobante.",
        "Te pido perdón por la demora.",
        "Tú puedes hoy, perdón que le insista.",
        "¿Y tú pagas, perdón que usted tenga que esperar?",
        "Perdón, ¿tú cuándo puedes pagar?",
        "Si querés te lo parto en tres, perdón por la espera.",
        "Te digo, le conviene pagar hoy.",
        "Cualquiera puede, tú también puedes pagar.",
        "Le hablaba a mi compañero, ahora sí: ¿cuándo puedes pagar?",
    ],
)
def test_tu_beside_what_is_told_is_one(said: str, written: type[str]) -> None:
    assert surely(written(said))


@pytest.mark.parametrize("written", [str, heard])
@pytest.mark.parametrize(
    "said", ["hoy por ti, mañana por mí", "ayúdate que yo te ayudaré", "pagos arroba tu crédito punto com"]
)
def test_a_saying_and_an_address_to_write_to_leave_no_trace(said: str, written: type[str]) -> None:
    assert familiar_forms(scored(written(f"Como le decía, es {said}."), "agent")[0]) == []


NAMED = [
    ("Señora Das, ¿le parece si lo vemos por partes?", []),
    ("Doña Dolores Das, muy buenas tardes.", []),
    ("Habla Tomás, de cobranzas.", []),
    ("Le saluda Tomás Ruiz.", []),
    ("Lamento lo de su trabajo, Tomás. Gracias por su tiempo, Tomás.", []),
    ("Le llama mi compañero Tomás, de la sucursal Santo Tomás.", []),
    ("Señora Das, ¿me das una fecha?", ["das"]),
    ("¿Cuánto das el viernes?", ["das"]),
    ("¿Tomás nota, señora Das?", ["tomás"]),
    ("¿Cuándo tomás el plan?", ["tomás"]),
]


@pytest.mark.parametrize(("said", "expected"), NAMED)
def test_a_name_of_the_calls_own_facts_is_no_address(said: str, expected: list[str]) -> None:
    call = dialogue(f"D: Diga.\nA: {heard(said)}", debtor_name="Dolores Vargas Das", agent="Tomás Ruiz")
    found = [f.quote.text for f in ruled_findings(call) if f.label == "tuteo" and f.score >= OPERATING]
    assert found == expected
