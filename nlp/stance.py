"""What the words around a sum or a day do with it: pay, earn, tell of the past, doubt, deny, ask.

«le pago el viernes» and «me pagan el viernes» name the same day; only one of them promises anything.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from nlp.folded import folded, phrase


class Stance(Enum):
    PAYS = "pays"
    COULD = "could"  # «podría darle…»: an offer, not yet a word given
    SUGGESTS = "suggests"  # «mejor el martes»: a word given, where something is being settled
    EARNS = "earns"
    SPENDS = "spends"
    PAST = "past"
    DOUBTS = "doubts"
    DENIES = "denies"
    CALLS = "calls"  # the next call, a reminder, a message
    NEUTRAL = "neutral"


_DEAL = "(?:le|les|lo|la|los|las|se|te|me|nos|ya|yo)"
_PAY_INF = (
    "(?:pag(?:ar|arle|arles|arlo|arla|arlos|arte|arselo|arselos|arsela)|abon(?:ar|arle|arlo|arles|arte)|deposit(?:ar|arle|arlo|arles|arte)|"
    "dar(?:le|les|te)?|dárselo|cubrir(?:lo|la|le)?|cancel(?:ar|arle|arlo|arla)|liquid(?:ar|arlo|arla)|transfer(?:ir|irle|irlo|irles)|"
    "consign(?:ar|arle|arlo|arles)|ingres(?:ar|arlo|arle)|gir(?:ar|arle|arlo)|mand(?:ar|arle|arlo)|hacer(?:le|lo|les)?|poner(?:le|me)?|"
    "complet(?:ar|arle)|adelant(?:ar|arle)|yape(?:ar|arle|arlo)|plinear|pasar(?:le)? a|ir a|entreg(?:ar|arle)|aport(?:ar|arle)|"
    "cumplir(?:le)?|sald(?:ar|arlo|arla)|regularizar|tener(?:le|lo|selo)?|dejar(?:le|lo|la)?)"
)
_PAY_NOW = (
    "(?:pago|abono|deposito|doy|cubro|cancelo|liquido|transfiero|consigno|ingreso|giro|mando|completo|adelanto|yapeo|plineo|entrego|"
    "aporto|cumplo|pongo|pagamos|damos|depositamos|abonamos|hacemos|hago|realizo|efectuo)"
)
_PAY_WILL = (
    "(?:pagare|abonare|depositare|dare|cubrire|cancelare|liquidare|transferire|consignare|ingresare|hare|pagaremos|mandare|pasare|"
    "pondre|girare|cumplire|tendre|daremos|haremos|yapeare|ire)"
)
_KNOWN = "(?:mi|el|la|su|un|una|ese|este|otro|al|del|de)"

_CUES: tuple[tuple[Stance, re.Pattern[str]], ...] = tuple(
    (stance, phrase(pattern))
    for stance, pattern in (
        (Stance.PAYS, f"(?:{_DEAL} )*{_PAY_NOW}(?: (?:el|un|la|una|su|mi) (?:pago|abono|deposito|transferencia|giro|ingreso|bizum|yape))?"),
        (Stance.PAYS, f"(?:{_DEAL} )*{_PAY_WILL}"),
        (Stance.PAYS, f"(?:{_DEAL} )*(?:voy|vamos|va) a (?:estar )?(?:{_PAY_INF}|pagando|abonando|depositando)"),
        (Stance.PAYS, f"(?:{_DEAL} )*(?:estoy|estaria|estare|estamos) (?:pagando|abonando|depositando|transfiriendo|dando|haciendo)"),
        (Stance.PAYS, f"(?:paso|voy|vengo|salgo|corro) (?:y|a) (?:{_PAY_INF}|pago|deposito|consigno|hago)"),
        (Stance.PAYS, "(?:ponga|pongale|pongalo|pongame|ponle|ponme|pone|poneme|ponele|apunte|apunteme|apuntelo|apunteselo|anote|anoteme|"
         "anotelo|anota|anotame|agende|agendeme|agendelo|programe|programeme|registre|registreme|deje|dejelo|dejeme|dejemelo|dejemoslo|dejalo|"
         "pongamos|pongamosle|hagamos|hagamosle|hagale|cuente|cuenta|cuenten|quedamos|quedo|quede|quedariamos|me comprometo|"
         "le prometo|prometo|le aseguro|comprometido|comprometo|sin falta|fijo|ahi (?:le|lo|la|se|les)? ?(?:tiene|va|cae|llega|estan?)|"
         "ahi estare|ahi estoy|le cae|le llega|se lo|se los|se la|me sirve|cerremos|cerramos|arreglemos|acordamos|acepto|confirmo|"
         "confirmado|(?:le|les|se lo|se los|se la|te|te los|los|lo|ahi|ahi le) (?:tengo|tenemos|dejo|meto|tiro)|paso (?:a|por)|lo hago|la hago|domicilieme|carguemelo|cobremelo|pasemelo|cobreme)"),
        (Stance.PAYS, f"(?:si )?(?:{_DEAL} )*(?:puedo|podemos|alcanzo a) (?:{_PAY_INF}|con)"),
        (Stance.PAYS, "(?:si )?(?:le |ya )?(?:puedo|alcanzo|completo|junto|consigo|reuno)"),
        (Stance.PAYS, "(?:me|nos) (?:comprometo|comprometemos|pongo|animo) (?:a|con|al)"),
        (Stance.SUGGESTS, "(?:mejor|entonces|seria|serian|que sea|que sean|dejemos|digamos|me queda|me queda mejor|me acomoda|prefiero|cambie[^ ]*)"),
        (Stance.COULD, f"(?:{_DEAL} )*(?:podria|podriamos|daria|pagaria|haria|abonaria|depositaria|quisiera|gustaria|querria|quiero|pudiera)"),
        (Stance.COULD, "(?:que tal si|y si|no se puede|se puede|se podra|me acepta|me aceptan|me aceptaria|aceptan|puede ser|podra ser|"
         "podria ser|me deja|me da chance|me espera|me esperan|me aguanta|esperarme|espereme|deme chance|le ofrezco|ofrezco|propongo)"),
        (Stance.EARNS, f"(?:me|nos|le|se me|les) (?:pagan|paga|pagaran|pague|paguen|cae|caen|caera|caiga|depositan|deposita|deposite|depositen|"
         f"llega|llegan|llegue|entra|entran|consignan|consigna|ingresan|liquidan|dan|sueltan|toca|transfieren)(?: (?:{_KNOWN} )?"
         "(?:pago|quincena|sueldo|nomina|raya|pension|plata|dinero|bono|aguinaldo|prima))?"),
        (Stance.EARNS, "(?:yo |que |cuando )*(?:cobro|cobre|cobramos|gano|recibo|ganaba|vendo|vendia|saco|sacaba|hago de|mi sueldo|mi quincena|"
         "mi pago cae|mi pago es|el sueldo|la pension|me queda libre|me sobran|me quedan|me quedaron|me quedan como|gana|cobra|reciben)"),
        (Stance.SPENDS, "(?:gasto|gastamos|gaste|se va|se van|se me va|se me van|se fue|me cobran|me cobraron|me cobra|cobran|cuesta|cuestan|"
         "costo|costaron|sale en|salio en|salen|debo|debia|pido|renta|alquiler|arriendo|luz|colegiatura|escuela|medicinas|comida|"
         "pasajes|otra tarjeta|otro banco|tengo que pagar|pagar la renta|pago de renta|pago renta|pago la luz|pago el alquiler|intereses|mora|"
         "recargo|recargos|subio|subieron|aumento|presté|preste|prestaron|me deben|valia|vale)"),
        (Stance.PAST, "(?:ya )?(?:le |les |lo |la |los |se lo |me |nos )*(?:pague|abone|deposite|di|dimos|transferi|consigne|cancele|liquide|mande|"
         "hice|hicimos|pagamos|quede|quedamos de|habia|pagaba|pagado|deje|cobraron|vencio|vencia|venció|vencieron|llamaron|hablaron|"
         "dijeron|dijo|dije|prometi|fui|compre|saque|firme|empece|perdi|corrieron|despidieron|operaron|enferme|nacio|murio|era|eran|fue|"
         "descontaron|quitaron|pasado|pasada|anterior|ingrese|yapee|gire|pago mi|estuve)"),
        (Stance.DOUBTS, "(?:voy a ver|vamos a ver|a ver si|a ver como|dejeme ver|dejame ver|deje veo|deje ver|veo si|ver si|vere|lo pienso|lo voy a pensar|"
         "pensarlo|consultarlo|lo consulto|lo platico|lo hablo|tratare|trato|tratar de|tratando|intentare|intento|intentar|voy a buscar|"
         "voy a intentar|hare lo posible|hago lo posible|lo posible|ojala|si puedo|si se puede|si me alcanza|si acaso|si alcanzo|depende|no se|"
         "no sabria|tal vez|talvez|quiza|quizas|a lo mejor|puede que|probablemente|posiblemente|espero|esperemos|creo|creeria|"
         "lo que pueda|lo que junte|lo que alcance|algo|alguito|alguna cosita|cualquier cosa|capaz|supongo|calculo|pienso que|"
         "me imagino|segun|si logro|si consigo|si vendo|si cobro|si sale|si me sale|si todo|mas o menos|en principio)"),
        (Stance.DENIES, f"(?:no|ni|nunca|tampoco|jamas|imposible)(?: {_DEAL})*(?: voy a| vamos a| pienso| quiero| puedo| podria| podre)?(?: {_DEAL})*"
         f"(?: (?:{_PAY_NOW}|{_PAY_WILL}|{_PAY_INF}|puedo|podria|podre|podemos|alcanza|alcanzo|alcanzaria|alcanzan|da|llego|tengo|tenemos|"
         "prometo|aseguro|garantizo|comprometo|creo|quiero|acepto|hay|cuento|junto|es posible|se puede|me da|me queda|voy|sirve|va a|estoy|"
         "los|las|lo|la|el|para|hasta|son))"),
        (Stance.DENIES, "(?:imposible|de donde|como cree|ni loco|ni loca|ni de chiste|olvidese|que va|no no|para nada)"),
        (Stance.CALLS, f"(?:{_DEAL} )*(?:llam[^ ]+|marco|marca|marcar[^ ]*|marque[^ ]*|habl[^ ]+|avis[^ ]+|recuerdo|recordar[^ ]*|contacto|contactar[^ ]*|escribo|envio|enviar[^ ]*|visit[^ ]*|comunic[^ ]*|confirmar[^ ]*|"
         "llamada|recordatorio|consulto|consultar[^ ]*)"),
    )
)  # fmt: skip

_REFUSED_AFTER = re.compile(r"no (?:[.,?]|puedo|podria|me|es ke|porke|boi|bamos|ai|trabajo|$)")
_STOP = re.compile(r" (?:[.?]|pero|sino|aunke|solo ke|lo ke si) ")
LEFT_WORDS, RIGHT_WORDS = 9, 7


@lru_cache(maxsize=4096)
def stances(text: str) -> tuple[tuple[int, int, Stance], ...]:
    """Every cue of `text` as (first, end, stance) in characters of its line; of cues that overlap the longest."""
    line = folded(text).line
    hits = [(m.start(), m.end(), _tense(text, m, stance)) for stance, cue in _CUES for m in cue.finditer(line)]
    out: list[tuple[int, int, Stance]] = []
    for hit in sorted(hits, key=lambda h: (h[0] - h[1], h[0])):
        if all(hit[1] <= other[0] or hit[0] >= other[1] for other in out):
            out.append(hit)
    return tuple(sorted(out, key=lambda h: h[0]))


def _tense(text: str, match: re.Match[str], stance: Stance) -> Stance:
    """«pagó» sounds like «pago»: the accent, where it was written, makes it past."""
    end = folded(text).span(match.start(), match.end())[1]
    return Stance.PAST if stance is Stance.PAYS and text[end - 1] in "óÓ" else stance


def stance_on(text: str, start: int, end: int) -> Stance:
    """What the words around characters `start..end` of `text` do with them: the nearest cue on the left, else on the right.

    A doubt or a denial on the left outweighs a nearer cue of the same clause.
    """
    turn = folded(text)
    first = next((c.at for c in turn.cells if c.end > start), len(turn.line) - 1)
    last = next((c.at for c in turn.cells if c.start >= end), len(turn.line))
    if _REFUSED_AFTER.match(turn.line, last):
        return Stance.DENIES
    left_from, right_to = _clause(turn.line, first, last)
    left = [cue for cue in stances(text) if left_from <= cue[0] and cue[1] <= first]
    right = [cue for cue in stances(text) if cue[0] >= last - 1 and cue[1] <= right_to]
    for _, _, stance in left:
        if stance in (Stance.DENIES, Stance.DOUBTS):
            return stance
    if left:
        return left[-1][2]
    return right[0][2] if right else Stance.NEUTRAL


def _clause(line: str, first: int, last: int) -> tuple[int, int]:
    """From where to where, in characters of the line, words bear on what stands at `first..last`."""
    stops = [m.end() - 1 for m in _STOP.finditer(line, 0, first)]
    words = [m.start() for m in re.finditer(" ", line[:first])]
    far = words[-LEFT_WORDS - 1] if len(words) > LEFT_WORDS else 0
    left = max([far, *stops])
    stop = _STOP.search(line, max(0, last - 1))
    after = [m.start() for m in re.finditer(" ", line[last:])][:RIGHT_WORDS]
    right = last + after[-1] + 1 if after else len(line)
    return left, min(right, stop.start() + 1) if stop else right
