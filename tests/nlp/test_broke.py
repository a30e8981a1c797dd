"""No money in the idioms of each country, and the same words said of time, of work, of a duck."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.thresholds import call_bar
from tests.dialogue import dialogue

BROKE = (
    "ando más seco que pan viejo señorita",
    "estoy pato hermano",
    "estoy sin un clavo",
    "no tengo ni para el bondi",
    "es que ando corto",
    "ando medio corta esta quincena",
    "estoy en la quema",
    "ando bien bruja",
    "ando sin lana",
    "no traigo ni un quinto",
    "ando a dos velas",
    "estoy sin blanca",
    "no tengo un duro",
    "estoy tieso este mes",
    "voy con la soga al cuello este mes",
    "estoy con el agua al cuello",
    "estoy en la olla vecina",
    "ando sin cinco",
    "estoy sin un peso partido por la mitad",
    "no tengo en qué caerme muerto",
    "no tengo donde caerme muerta",
    "estoy pelado no me ha caído nada",
    "ando pelao",
    "ando misio causa",
    "estoy aguja pe señorita",
    "estoy ahorcado con los pagos",
    "me quedé en cero",
    "quedé en la calle",
    "ando sin chapa ni un cobre",
    "estoy chiro ñaño",
    "ando chiro no hay billete",
    "estoy sin pisto",
    "no hay pisto ahorita",
    "no ando ni un len",
    "ando hule vos",
    "estoy hule",
    "no tengo ni para los frijoles",
    "no me queda ni para el mandado",
    "no hay ni pa la leche",
    "estoy a la cuarta pregunta",
    "ando arrancado",
    "estoy sin cash",
    "estoy broke este mes",
    "ando limpio no tengo ni para el pasaje",
    "no tengo ni medio",
    "no tengo ni un mango partido al medio",
    "estoy al horno este mes",
    "ando tirando con lo justo",
    "llego a fin de mes raspando",
    "no llego a fin de mes",
    "vivo al día",
    "ando a puras penas",
    "ando al cuete no entra un mango",
    "estoy seco seco",
    "toy sin ni uno",
    "ando sin ni uno po",
    "no tengo ni uno",
    "ando con los bolsillos pelados",
    "tengo los bolsillos vacíos",
    "se me acabó la platica",
    "ando en las últimas",
    "estamos ruchos",
    "estoy palmado",
    "ando planchado",
    "estoy quebrada",
    "la cosa está dura no hay de dónde",
    "no hay de dónde sacar",
    "no me alcanza ni para comer",
    "ando jodido de plata",
    "ando fregado de dinero",
    "ando apretado",
    "ando ajustada este mes",
    "estoy corto de efectivo",
    "ando ahogado",
    "ando corto de tiempo y además no tengo dinero",
    "se me acabó la batería pero de plata ando hule",
    "ando bien erizo jefe",
    "nos quedamos sin un cobre",
    "estoy en la vía che",
    "uy vecino ando vaciado",
    "la verdad estoy en la inmunda",
    "estoy a palos con el águila po",
    "no traigo ni un varo",
    "es que ando bien jodida de lana",
    "ay mire no tengo ni en qué caerme muerta",
    "está la cosa que vivimos al día",
    "ando apretada señorita",
    "estoy bien tronado de lana",
    "ando fundido",
    "no traigo ni un quinto, llámeme el viernes",
    "ya pagué la luz y quedé en cero",
    "ya le pagué al doctor y ando sin un peso",
)
NEAR = (
    "mi esposo es pelado no tiene ni un pelo",
    "el pelado del banco me dijo otra cosa",
    "no escuché bien se cortó la llamada",
    "tengo el pato en el horno llámeme después",
    "estoy dándole de comer a los patos",
    "tengo la garganta seca disculpe",
    "se me secó la cosecha",
    "el clavo que tengo es con el banco por el cobro",
    "voy corto de tiempo",
    "ando corto de tiempo hábleme luego",
    "la llamada se oye corta",
    "estoy en el bondi no le escucho",
    "estoy en la quema de la basura",
    "el carro se quedó sin gasolina estoy en la calle",
    "mi vecina es bruja",
    "estoy en la olla cocinando",
    "estoy limpio en el buró",
    "ando en la calle deme media hora",
    "me quedé en cero de batería",
    "ando ahogado en trabajo",
    "se me ahogó el celular",
    "estoy ajustando el carro",
    "me están planchando la ropa",
    "ya le dije que estoy seco de la bebida hace un año",
    "estoy al horno haciendo pan",
    "trabajo con las últimas máquinas",
    "vivo al día de hoy en la misma casa",
    "ando al día con mis pagos",
    "siempre voy al día con ustedes",
    "tengo un pato y dos gallinas",
    "me quedé en la calle esperando el bus",
    "estoy en la olla de presión digo con la olla",
    "ando con la pata quebrada",
    "mi mamá tiene la pata mala",
    "tengo el brazo tieso",
    "estoy tieso del cuello por el accidente",
    "la pared quedó fundida",
    "se me fue el foco está fundido",
    "yo no ando quebrado yo sí tengo con qué",
    "no estoy quebrada señorita",
    "se me acabó la pasta de dientes",
    "estoy en ruinas arqueológicas de vacaciones",
    "mi vecina anda bruja",
    "estoy sin uno de los papeles que me piden",
    "me faltó uno de los recibos",
    "no estoy apretado, le pago el viernes",
    "Ando apretado ahorita, llámeme a las cinco",
    "ando apretado, no le escucho, voy manejando",
    "Me encuentro en la vía Panamericana",
    "voy en la vía a Daule",
    "voy en malas con el internet",
    "vamos a duras penas en el tráfico",
    "amanecí tieso",
    "estoy arruinado del estómago",
    "ando bien tronado con el ruido",
    "quedé tronado del examen",
    "tengo la cartera limpia, ya le pagué todo",
    "no cargo efectivo ni plata encima pero ya le transferí",
    "se me fue el sueldo completo al otro banco, le deposito el viernes",
    "se me acabó la pasta para lavar los trastes",
    "estoy justo en el sueldo, ya salió, le pago",
    "La otra vez me atendió un muchacho más seco que pan viejo.",
    "usted sí es amable, su compañera me habló más seca que un palo",
)


def no_money(said: str) -> bool:
    call = dialogue(
        f"""
        A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Darío Paz?
        D: Sí, soy yo.
        A: Don Darío, su cuota de mil pesos venció hace diez días. ¿Qué pasó con el pago?
        D: {said}
        A: Bueno, gracias. Hasta luego.
        """
    )
    found = analyze(call).findings
    return any(f.label == "no_money" and f.quote.turn == 3 and f.score >= call_bar(f.label) for f in found)


@pytest.mark.parametrize("said", BROKE)
def test_an_idiom_for_an_empty_purse_is_heard(said: str) -> None:
    assert no_money(said)


@pytest.mark.parametrize("said", NEAR)
def test_the_same_words_of_another_thing_tell_of_no_purse(said: str) -> None:
    assert not no_money(said)
