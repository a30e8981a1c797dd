"""Phrases by which the parts of a call are told: who usually says them, how calls open and close.

All in plain form (`spoken.plain`: no case, no accents), matched as whole words.
"""

from __future__ import annotations

import re


def _listed(phrases: str) -> list[str]:
    return [phrase.strip() for line in phrases.strip().splitlines() for phrase in line.split("|")]


def _pattern(phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(_listed(phrases), key=len, reverse=True))})\b")


AGENT_SAYS = _pattern("""
le habla | le saluda | le llamo de | le llamo del | le llamo desde | le llamamos de | lo llamo de
la llamo de | lo llamo por | la llamo por | le estoy llamando | le marco de | le marco por
mi nombre es | hablo con | me comunico con | tengo el gusto con | es usted | llamo de parte
esta llamada | su deuda | su saldo | su cuenta | su credito | su prestamo | su tarjeta | su pago
su cuota | su factura | su situacion | usted tiene | usted debe | dias de atraso | dias de mora
dias vencido | tiene pendiente | podemos ofrecerle | le puedo ofrecer | le ofrezco | le propongo
un descuento | plan de pagos | me confirma | le confirmo | me puede confirmar | quedamos entonces
quedamos en | queda registrado | queda anotado | que tenga buen | que tenga un buen
que tenga una buena | que este muy bien | por su tiempo | por su atencion | en que fecha
cuando podria | cuanto podria | cual es el motivo | lamento mucho | entiendo su situacion
comprendo su
""")

DEBTOR_SAYS = _pattern("""
quien habla | de parte de quien | de donde me | con quien hablo | no tengo dinero | no tengo plata
no tengo para | no tengo como | no puedo pagar | no le puedo pagar | no voy a pagar | no me alcanza
me quede sin | me despidieron | me corrieron | perdi el trabajo | sin trabajo | sin chamba
mi esposo | mi esposa | mi marido | mi mujer | mi mama | mis hijos | ya pague | yo pague | yo ya
no me llame | no me llamen | me estan llamando | dejen de llamar | puedo pagar | yo podria pagar
yo le pago | les pago | le pago | voy a pagar | le deposito | cobro el | me pagan el | me pagan la
me depositan | mi sueldo | mi quincena | mi pension | mi jubilacion | yo no debo | eso no es mio
no reconozco | digame | alo | mande | diga | soy yo | si soy | el habla | ella habla | como que
""")

# single words that one of them uses far more often: the agent speaks to the debtor, the debtor of himself
AGENT_TENDS = _pattern("""
su | sus | señor | señora | don | doña | tiene | puede | pesos | soles | cuota | credito | entiendo
comprendo | perfecto | buenas tardes | buenos dias | por favor | con gusto
""")

DEBTOR_TENDS = _pattern("""
mi | mis | yo | estoy | tengo | señorita | joven | les | no me | pues | es que | voy | oiga | ay | nada
""")

MACHINE_SAYS = _pattern("""
deje su mensaje | deja tu mensaje | deje un mensaje | despues del tono | despues de la senal
buzon de voz | buzon de mensajes | casilla de voz | casilla de mensajes | contestador
el numero que usted | el numero que marco | el numero marcado | no puede contestar
no puedo contestar | no se encuentra disponible | no esta disponible | fuera de servicio
fuera del area | grabe su mensaje
""")

OPENINGS = _pattern("""
hola | buen dia | buenos dias | buenas | alo | bueno | diga | digame | mande | si | oigo
a la orden
""")

# of these, what greets and answers nothing
GREETS = _pattern("""
hola | buen dia | buenos dias | buenas | alo
""")

CLOSINGS = _pattern("""
adios | hasta luego | hasta pronto | hasta manana | hasta el | chau | chao | que este | que tenga
que le vaya | buen dia | buena tarde | buenas tardes | buenas noches | feliz | igualmente
nos vemos | gracias
""")

# of these, what is said nowhere but at the end
FAREWELLS = _pattern("""
adios | hasta luego | hasta pronto | hasta manana | chau | chao | que este | que tenga | que le vaya
igualmente | nos vemos
""")

# words that leave the floor to the other
MURMURS = frozenset(
    _listed("""
aja | mjm | mm | mmm | mhm | hum | si | ok | okey | ya | claro | bueno | vale | listo | correcto | exacto
eh | ah | oh | uh | uy | aha | no | pues
""")
)
