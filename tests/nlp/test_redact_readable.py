"""Sums, days, hours and counts that stand near what gives people away, and stay as they are."""

from __future__ import annotations

import pytest

from nlp.redact import redacted
from tests.dialogue import dialogue

READABLE = [
    (
        "MX",
        "A: ¿Me da los últimos cuatro dígitos?\nD: Espere... mil ochocientos cincuenta es lo que debo, ¿no?",
    ),
    ("MX", "A: ¿Los últimos cuatro?\nD: Mil ochocientos es lo que me cobran."),
    ("CO", "A: ¿Me confirma su cédula?\nD: Debo 185000, ¿no?"),
    ("PE", "A: ¿Su DNI, por favor?\nD: Son 350 soles lo que debo."),
    ("AR", "A: ¿Me da los últimos tres de su DNI?\nD: Cuarenta y cinco mil es la cuota, ¿no?"),
    ("CL", "A: ¿Su RUT?\nD: Le debo 120 lucas nomás."),
    ("MX", "D: Vivo en renta y pago 3500 al mes."),
    ("MX", "D: Vivo en Monterrey y debo 4500."),
    ("MX", "D: vivo en renta pago 3500"),
    ("CO", "D: Vivo en Bogotá hace 12 años."),
    ("PE", "D: vivo en lima 20 años"),
    ("CO", "D: Vivo en Medellín, 300000 le puedo dar."),
    ("MX", "D: Vivo en Guadalajara con 3 hijos."),
    ("ES", "D: Vivimos en Getafe los 4, con una sola paga de 900 euros."),
    ("GT", "D: Vivo en la capital, le deposito 600 el sábado."),
    ("AR", "D: Me mudé a Córdoba en 2024 y cobro 450000."),
    ("US", "D: I live in Houston, I can pay 200 on Friday."),
    ("MX", "A: ¿Cuándo vence su plazo?\nD: El quince de agosto."),
    ("MX", "A: ¿Qué fecha de vencimiento tiene su recibo?\nD: El 28 de agosto."),
    ("MX", "A: ¿Cuándo vence su tarjeta?\nD: El día quince de cada mes, pago 1200."),
    ("CO", "D: Soy pensionado, vivo en Soacha 3 años, pago 200."),
    ("PE", "D: Vivo en Comas 500 soles pago de cuarto."),
    ("MX", "D: Hable con Recursos Humanos el lunes 5."),
    ("MX", "A: ¿Cuál es la clave de todo esto?\nD: Paciencia, y 3 pagos."),
    ("MX", "D: El pago de la tarjeta vence en agosto."),
    ("MX", "D: El convenio vence en agosto de 2026, son 6 pagos."),
    ("MX", "D: La tarjeta tiene corte el 28 y pago el 15."),
    ("MX", "A: ¿Fecha de caducidad de la tarjeta?\nD: No la tengo; le pago 500 el 15 de diciembre."),
    ("MX", "D: El usuario es responsable de pagar 500 pesos."),
    ("MX", "D: La contraseña es incorrecta, me dice."),
    ("MX", "D: Olvidé la contraseña, gracias."),
    ("MX", "D: La clave es pagar a tiempo."),
    ("CO", "D: La clave es la constancia, en 3 meses salgo."),
    ("MX", "A: ¿Ya tiene usuario en la app?\nD: Todavía no."),
    ("MX", "A: ¿La clave de la app?\nD: No la tengo."),
    ("MX", "A: ¿Su contraseña?\nD: Nunca la doy."),
    ("MX", "D: Mándelo a Gmail, por favor."),
    ("MX", "D: Me llegó a hotmail el estado de cuenta."),
    ("MX", "D: Le cambio el correo a gmail en 2 días."),
    ("MX", "A: ¿Su teléfono?\nD: Me costó 5,500 pesos."),
    ("CO", "D: El celular me costó 1,250,000 y debo la mitad."),
    ("CO", "D: Con el celular pago 120,500 el viernes."),
    ("MX", "A: ¿A qué número de cuota va?\nD: A la 5 de 12."),
    ("CL", "D: La deuda del celular es 1,240,500."),
    ("MX", "D: Mi hija, Dios la bendiga, me presta 300."),
    ("MX", "D: Mi mamá, Gracias a Dios, ya cobró 1200."),
    ("MX", "D: Le dije a mi jefe que el 15."),
    ("MX", "A: Comuníquese con Condusef de 9 a 18 horas."),
    ("PE", "A: Hable con Atención al Cliente de 8 a 20 horas."),
    ("MX", "D: Hable con calma, que le pago 500."),
    ("MX", "D: Trabajo en Gómez Palacio y cobro el 30."),
    ("MX", "D: Voy a estar en Pérez Zeledón hasta el 12."),
    ("MX", "D: hay cortes de luz y barrera en la carrera 3 veces por semana"),
    ("MX", "D: mi esposo es bueno y me da 200"),
    ("MX", "D: mi hermano es moreno, tiene 40 años"),
    ("MX", "D: hablo con usted caballero el lunes 5"),
    ("EC", "D: El segundo pago es el 15 de mayo."),
    ("EC", "D: mi segundo pago de 80 dólares"),
    ("EC", "D: Es la segunda de 12 cuotas."),
    ("CR", "D: Tengo una cita a las 3 y el pago de 45000 el 20."),
    ("AR", "D: Primero te pago 30000, segundo piso la moto."),
    ("MX", "D: Vivo en el segundo piso desde hace 3 años."),
    ("MX", "D: Me quedan 4 pagos; el cuarto es en junio, de 850."),
    ("PE", "D: Mi casa es en venta, 90000 dólares pido."),
    ("PE", "D: Mi casa está en Huancayo, 3 pisos hice."),
    ("CL", "D: vivo en puente alto 4 personas con un sueldo"),
    ("MX", "D: vivo en casa de mis papas 2 hijos y yo"),
    ("MX", "D: domicilio en Toluca, cobro los 15 y 30"),
]


@pytest.mark.parametrize(("country", "lines"), READABLE)
def test_what_tells_of_the_debt_and_of_life_stays(country: str, lines: str) -> None:
    call = dialogue(lines, country=country)
    assert redacted(call).turns == call.turns


@pytest.mark.parametrize("said", ["Julio no puedo, agosto sí.", "Julio fue mi último pago, 500 pesos."])
def test_a_month_stays_one_though_somebody_bears_its_name(said: str) -> None:
    call = dialogue(f"A: Don Julio, ¿cuándo paga?\nD: {said}")
    assert redacted(call).turns[1].text == said


@pytest.mark.parametrize("said", ["no hay luz desde ayer, son 3 días", "Acá no hay luz, y debo 300."])
def test_a_word_that_was_a_name_before_is_one_only_where_it_is_written_so(said: str) -> None:
    call = dialogue(f"A: ¿Está doña Luz?\nD: {said}")
    assert redacted(call).turns[1].text == said
