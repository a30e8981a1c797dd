"""Objections in their plainest words are heard, in a call as by themselves; what looks like one is not."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.labels import objection_ids
from nlp.thresholds import call_bar
from nlp.utterance import tag
from tests.dialogue import dialogue

PLAIN = {
    "no_money": (
        "No tengo dinero.",
        "Ahorita no tengo plata, señorita.",
        "No me alcanza.",
        "El negocio ha estado muy mal, no entra un peso.",
        "No entra ni un sol.",
        "Todavía no me pagan.",
        "Ando sin un peso.",
        "Estoy corto de dinero este mes.",
        "No me ha caído la quincena.",
        "Ahora mismo no tengo con qué.",
        "No tengo liquidez.",
        "Este mes no llego.",
    ),
    "job_loss": (
        "Perdí el trabajo.",
        "Me corrieron de la chamba.",
        "Estoy desempleada.",
        "Me quedé sin trabajo.",
        "No tengo trabajo ahorita.",
        "Me despidieron.",
        "Cerraron la fábrica donde trabajaba.",
        "Me bajaron las horas a la mitad.",
        "Han caído mucho las ventas del negocio.",
        "Me recortaron el sueldo.",
        "Cerré el negocio.",
        "Ando buscando trabajo.",
        "El negocio está malísimo.",
        "La tienda anda muy floja.",
        "No se vende nada.",
        "No he tenido trabajo, joven.",
        "No me ha salido chamba.",
        "Llevo un mes sin pega.",
    ),
    "health_emergency": (
        "Estoy enfermo.",
        "Me operaron la semana pasada.",
        "Tengo a mi mamá en el hospital.",
        "Falleció mi esposo.",
        "Tuve un accidente.",
        "Mi hijo está internado.",
        "Me dio covid y estuve en cama.",
        "Me diagnosticaron cáncer.",
        "Se murió mi papá hace un mes.",
        "Estoy incapacitado.",
    ),
    "other_debts": (
        "Se me juntaron los gastos.",
        "Se me vinieron unos gastos encima.",
        "Se me juntó todo este mes.",
        "Tengo que pagar la renta primero.",
        "Estoy pagando otro préstamo.",
        "Primero está el colegio de mis hijos.",
        "Debo en varios lados.",
        "Lo que gano se me va en la renta y la comida.",
        "Tengo otras deudas más urgentes.",
        "Tuve que pagar la luz.",
        "Se me juntó la universidad de mi hija.",
    ),
    "already_paid": (
        "Yo ya pagué.",
        "Eso ya lo pagué el lunes.",
        "Ya deposité, tengo el comprobante.",
        "Ya está pagado eso.",
        "Le pagué a un compañero suyo.",
        "Hice la transferencia ayer.",
        "Ya cancelé esa cuota.",
        "Ya no debo nada, lo liquidé.",
    ),
    "not_my_debt": (
        "Yo no debo nada.",
        "Esa deuda no es mía.",
        "Yo nunca pedí ese préstamo.",
        "No reconozco esa deuda.",
        "Usaron mi nombre.",
        "No tengo ninguna tarjeta con ustedes.",
        "Yo no saqué ese crédito.",
        "Me robaron la identidad.",
    ),
    "wrong_amount": (
        "Eso no es lo que debo.",
        "El monto está mal.",
        "Me están cobrando de más.",
        "Son muchos intereses.",
        "Yo debo menos que eso.",
        "Esos recargos no van.",
        "¿Por qué tanto? Si yo debía la mitad.",
        "No estoy de acuerdo con esa cantidad.",
    ),
    "bad_service": (
        "El producto salió defectuoso.",
        "El internet nunca funcionó.",
        "No pago porque el servicio es malo.",
        "La lavadora se descompuso a los dos meses.",
        "Nunca me entregaron la moto.",
        "Me quedaron mal con la garantía.",
        "El curso no sirvió para nada.",
        "Me vendieron un teléfono que no prende.",
    ),
    "no_notice": (
        "No me llegó ninguna factura.",
        "A mí nadie me avisó.",
        "No me mandaron el estado de cuenta.",
        "No recibí ningún recibo.",
        "Nunca me llegó el aviso.",
        "No sabía que estaba vencida, no me llegó nada.",
        "No me han mandado el recibo.",
        "Ni un mensaje me mandaron.",
    ),
    "payment_channel": (
        "La aplicación no me deja pagar.",
        "No pude pagar, la página está caída.",
        "Me rechaza la tarjeta.",
        "Aquí no hay sucursal cerca.",
        "Tengo la cuenta bloqueada.",
        "El cajero no me aceptó el pago.",
        "No me da el código para pagar.",
        "El banco estaba cerrado.",
    ),
    "call_later": (
        "Estoy manejando.",
        "Llámeme más tarde.",
        "Ahora no puedo hablar.",
        "Estoy en el trabajo.",
        "Estoy ocupado, hábleme después.",
        "Me agarra en una reunión.",
        "Ando en la calle.",
        "¿Puede marcarme mañana?",
    ),
    "vague_promise": (
        "Yo le pago cuando pueda.",
        "Ya veré.",
        "En unos días le deposito.",
        "Apenas tenga le pago.",
        "A ver si la otra semana.",
        "Voy a tratar de pagar algo.",
        "Yo los llamo cuando tenga.",
        "Más adelante me pongo al día.",
    ),
    "needs_third_party": (
        "Tengo que hablarlo con mi esposo.",
        "Eso lo paga mi hijo.",
        "Lo tengo que consultar con mi contador.",
        "Mi marido es el que maneja el dinero.",
        "Déjeme preguntarle a mi señora.",
        "Dependo de mi hermano, él me manda la plata.",
        "Eso lo ve mi socio.",
        "Tengo que esperar que mi hija me deposite.",
    ),
    "wrong_person": (
        "No soy yo.",
        "Está equivocado de número.",
        "Aquí no vive esa persona.",
        "Él no está.",
        "No la conozco.",
        "Soy su hermana.",
        "Número equivocado.",
        "Ya no trabaja aquí.",
    ),
    "refusal": (
        "No voy a pagar.",
        "No pienso pagar nada.",
        "Haga lo que quiera.",
        "De mí no van a sacar ni un peso.",
        "No les voy a pagar.",
        "No me da la gana.",
        "Demándeme si quiere, yo no pago.",
        "Olvídese, no pago.",
    ),
    "distrust": (
        "No, yo no le consigno a usted.",
        "A usted no le deposito.",
        "A una cuenta suya no le transfiero.",
        "Yo le pago al banco, no a usted.",
        "¿Cómo sé que es del banco?",
        "Esto suena a estafa.",
        "Yo no doy datos por teléfono.",
        "¿Quién me asegura que usted es de ahí?",
        "No le creo que sea del banco.",
        "A mí ya me quisieron estafar así.",
        "Prefiero ir a la sucursal, no confío.",
        "¿Y usted quién es para pedirme eso?",
    ),
    "legal_threat": (
        "Voy a hablar con mi abogado.",
        "Los voy a demandar.",
        "Los voy a denunciar a la Condusef.",
        "Voy a ir a Profeco.",
        "Voy a poner una queja en Indecopi.",
        "Mi abogado dice que no pague.",
        "Los reporto a la superintendencia.",
        "Nos vemos en el juzgado.",
    ),
    "harassment_complaint": (
        "Me llaman a cada rato.",
        "Ya dejen de llamarme.",
        "Me llamaron al trabajo.",
        "Me hablan a las seis de la mañana.",
        "Su compañero me insultó.",
        "Llamaron a mi mamá.",
        "Esto es acoso.",
        "Todos los días me llaman veinte veces.",
    ),
    "asks_discount": (
        "¿Me puede hacer un descuento?",
        "¿Me quitan los intereses?",
        "¿Puedo pagar en partes?",
        "Deme un mes más.",
        "¿No me hacen una quita?",
        "Quiero reestructurar la deuda.",
        "¿Me da hasta el treinta?",
        "¿Me baja la cuota?",
    ),
    "hostile": (
        "Váyase al diablo.",
        "Usted es un idiota.",
        "No me moleste, imbécil.",
        "Cállese, ratero.",
        "Son unos ladrones.",
        "Qué molestan, carajo.",
        "Chinga tu madre.",
        "Andate a la mierda.",
    ),
}
SAID = [(label, said) for label, all_ in PLAIN.items() for said in all_]
HARD = {"¿Y usted quién es para pedirme eso?"}  # asked in anger, or for the name


def objections(label: str, said: str) -> set[str]:
    """What is heard in `said`: of whoever is not the debtor at the opening, else of who is asked why."""
    first = said if label == "wrong_person" else "Sí, soy yo."
    call = dialogue(
        f"""
        A: Buenas tardes, ¿hablo con Luis Vega?
        D: {first}
        A: Le llamo de Banco Sol por su cuota de 400 pesos, vencida hace un mes. ¿Qué pasó con su pago?
        D: {said}
        A: Entiendo. ¿Cuándo puede pagar?
        """
    )
    at = 1 if label == "wrong_person" else 3
    return {
        f.label
        for f in analyze(call).findings
        if f.quote.turn == at and f.label in objection_ids() and f.score >= call_bar(f.label)
    }


@pytest.mark.parametrize(("label", "said"), [one for one in SAID if one[1] not in HARD])
def test_a_plain_objection_is_heard_in_a_call(label: str, said: str) -> None:
    assert label in objections(label, said)


@pytest.mark.parametrize(("label", "said"), SAID)
def test_a_plain_objection_is_heard_by_itself(label: str, said: str) -> None:
    assert label in {one.id for one in tag(said, "debtor")}


@pytest.mark.parametrize(
    "said",
    [
        "No perdí el trabajo, gracias a Dios.",
        "Ya tengo trabajo otra vez.",
        "Mi hijo está buscando trabajo.",
        "Hoy cerré el negocio temprano.",
        "No estoy desempleado, estoy de vacaciones.",
        "No tengo otras deudas.",
        "Solo debo esta.",
        "Le pagué a la señora del gas.",
        "El monto está bien.",
        "Estoy de acuerdo con esa cantidad.",
        "Voy a pagar el viernes cuatrocientos.",
        "Haga lo que tenga que hacer, pues, anóteme el viernes.",
        "Prefiero ir a la sucursal a pagar.",
        "No es acoso, entiendo que es su trabajo.",
        "Me da el número de cuenta, por favor.",
        "Deme un minuto, busco con qué apuntar.",
        "¿Me da hasta el recibo por correo?",
        "Estoy pagando esta cuenta desde enero.",
    ],
)
def test_what_only_looks_like_one_is_none(said: str) -> None:
    assert objections("", said) == set()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("already_paid", "yo e pagao demasiao ya"),
        ("job_loss", "toy desempleao desde marzo"),
        ("not_my_debt", "usté se a equivocao, yo no le debo nada a nadie"),
        ("harassment_complaint", "me tienen cansao con tanta llamada"),
        ("payment_channel", "ta cerrao el banco y la página no a funcionao"),
    ],
)
def test_a_d_that_is_hardly_said_changes_nothing(written: str, said: str) -> None:
    assert written in objections(written, said)
