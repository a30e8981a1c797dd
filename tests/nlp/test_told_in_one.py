"""A threat or the law told in one sentence of an otherwise decent call, heard by what it is made of."""

from __future__ import annotations

import pytest

from tests.nlp.test_mockery import verdicts

THREATS = {
    "who is sent": [
        "Si no paga esta semana, los muchachos van y le cobran allá.",
        "Si no, le mandamos la moto con los de recaudo y ellos no son tan decentes.",
        "Si no paga, le caemos el sábado a la casa con el móvil.",
        "Si no, mañana tiene a los receptores en la puerta.",
        "La próxima vez no va a ser una llamada.",
        "No me haga ir para allá.",
        "Mis compañeros ya están en su cuadra preguntando por usted.",
        "Enviaremos a dos señores muy grandes a hablar con usted.",
    ],
    "goods": [
        "El sábado va la camioneta por la lavadora.",
        "Vaya desocupando el refrigerador.",
        "Le marcamos los muebles y después se los llevan.",
        "Si no paga, vamos a ir a su chacra a sacar los animales.",
        "Yo que usted escondía la tele.",
        "Le van a quitar la troca con todo y herramienta.",
        "Se va a quedar sin piso.",
        "Nos llevamos la mototaxi y listo.",
    ],
    "who hears of it": [
        "Si no, le aviso al conjunto residencial que usted es mala paga.",
        "Si no paga, yo llamo a su jefatura y les cuento.",
        "Su portal entero va a saber que no paga.",
        "Toda la cuadra va a saber qué clase de persona es.",
        "En recursos humanos van a querer saber de esto.",
        "Usted no querrá que su gerente se entere.",
        "El oficio le llega a su patrón.",
        "Le pegamos el cartel en la tienda y ya.",
        "Le vamos a empapelar la cuadra.",
        "Imagínese el papelón con los vecinos.",
        "Vamos a ir a la iglesia a decirle al pastor.",
        "Su nombre va a salir en la lista del grupo de la colonia.",
        "No quisiera tener que poner su nombre en la entrada del mercado.",
        "Le vamos a hablar a su landlord para que sepa.",
    ],
    "watched": [
        "Yo sé dónde estudia su hija.",
        "Ya sabemos en qué local atiende.",
        "Tenemos fotos de su negocio por si hiciera falta.",
        "Ya tenemos fotografiada la fachada de su casa.",
        "Cuide mucho a sus niños, uno nunca sabe.",
    ],
    "jail": [
        "De esto se sale esposado.",
        "Hay quien durmió en los separos por menos.",
        "Esto ya es fraude y el fraude se paga adentro.",
        "Le puede llegar una patrulla.",
        "Lo que usted hizo es un fraude.",
    ],
    "what is lived on": [
        "Le van a quitar los cupones de comida.",
        "Si no paga, le van a suspender la beca de sus hijos.",
        "Le van a congelar la cuenta de nómina.",
        "Le van a parar el cheque.",
        "Su sueldo lo podemos retener desde la empresa.",
        "De aquí a que le quiten la pensión por esto hay un paso.",
        "Migración puede enterarse de esto.",
        "No va a poder renovar sus papeles.",
        "Le vamos a bloquear la cuenta de nómina si no paga.",
        "Si no deposita hoy le cerramos el negocio.",
    ],
}
NO_THREATS = [
    "Nadie va a ir a su casa ni le va a quitar nada, quédese tranquila.",
    "Si usted prefiere, el cobrador pasa el sábado por su casa como siempre.",
    "El muchacho de la ruta pasa los lunes por el abono, ¿le queda bien?",
    "La camioneta de reparto le lleva el refrigerador mañana.",
    "El técnico va el sábado por la lavadora para la garantía que usted pidió.",
    "Nosotros no hablamos con los vecinos ni con su trabajo.",
    "Su jefe no tiene por qué enterarse, esto es confidencial.",
    "En su trabajo nadie va a saber nada.",
    "A ver qué dice su esposo cuando llegue y lo vemos.",
    "Voy a comunicarme con usted el lunes a su trabajo, como me pidió.",
    "Ya sé a qué hora sale, me dijo que a las seis; le marco después.",
    "Cuide mucho a sus niños, que con este frío se enferman.",
    "Su nombre va a salir en el recibo, revíselo.",
    "Le van a quitar la multa en cuanto se registre el pago.",
    "Si le quitaron los cupones, podemos bajar la cuota.",
    "Entiendo que le van a quitar horas, qué difícil.",
    "Si no paga, yo le vuelvo a llamar el lunes.",
    "La próxima vez que le marque le confirmo el saldo.",
    "Vamos a ir juntos paso a paso, no se apure.",
    "Tenga cuidado con los fraudes: nunca pague a una cuenta personal.",
    "No le vamos a reportar a inmigración, eso no lo hacemos.",
]
HINTED = [
    "Le conviene, porque su jefe de la fábrica nos contesta muy amable cuando llamamos.",
    "Ahí tengo la placa de su moto anotada.",
    "Usted tiene hijas, piénselo bien.",
    "Aquí ya tenemos fotos de su casa.",
]
LAW = {
    "an office": [
        "Esto lo va a ver ya el área contenciosa.",
        "Si no, lo turno con los del bufete.",
        "Su caso queda en manos del departamento de litigios.",
        "Si no paga, nuestro attorney se encarga.",
        "Si no, se lo pasamos a los licenciados de lo civil.",
        "Nuestra asesoría jurídica ya está al tanto.",
        "Lo pondremos en manos de nuestros letrados.",
        "Lo vamos a mandar al legal department.",
        "El doctor Salas se hace cargo, él es el apoderado.",
    ],
    "a proceeding": [
        "El siguiente paso es la vía ejecutiva.",
        "Si no se arregla, procede lo que marca el código de comercio.",
        "La vamos a llamar a conciliación.",
        "Si no, le ponen un lien y un judgment.",
        "Se abrirá un procedimiento de ejecución.",
        "Si no paga, presentamos un monitorio.",
        "El próximo paso es small claims court.",
        "Esto termina en la justicia.",
        "Ya tenemos lista la demanda, solo falta la firma.",
        "La van a emplazar en su domicilio.",
    ],
    "to be defended or appear": [
        "Va a tener que contratar quien la defienda.",
        "Va a tener que presentarse a declarar.",
        "Si no, será el juez quien decida.",
    ],
}
NO_LAW = [
    "Aquí no manejamos abogados ni demandas, solo buscamos un acuerdo.",
    "No vamos a presentar ninguna demanda.",
    "La conciliación bancaria tarda un día, por eso no aparece el pago.",
    "A mi juicio le conviene el plan de dos pagos.",
    "La carpeta con sus documentos está en la sucursal.",
    "Lo canalizamos con el área de reestructuras.",
    "El siguiente paso es que me mande su comprobante.",
    "El proceso de baja lo lleva su mutua.",
    "Puede pagar en la tienda de la esquina, junto al juzgado.",
]


@pytest.mark.parametrize("said", [one for kind in THREATS.values() for one in kind])
def test_a_threat_of_one_sentence_is_heard(said: str) -> None:
    assert verdicts(said)["no_threats"].outcome == "fail"


@pytest.mark.parametrize("said", NO_THREATS)
def test_what_is_offered_denied_or_true_threatens_nobody(said: str) -> None:
    assert verdicts(said)["no_threats"].outcome == "pass"


@pytest.mark.parametrize("said", HINTED)
def test_what_only_insinuates_waits_for_a_person(said: str) -> None:
    assert verdicts(said)["no_threats"].needs_review


@pytest.mark.parametrize("said", [one for kind in LAW.values() for one in kind])
def test_the_law_brought_in_by_one_sentence_is_heard(said: str) -> None:
    assert verdicts(said)["no_lawyer"].outcome == "fail"


@pytest.mark.parametrize("said", NO_LAW)
def test_the_law_denied_or_only_a_word_is_none(said: str) -> None:
    assert verdicts(said)["no_lawyer"].outcome == "pass"
