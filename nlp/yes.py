"""Yes, no and who asked what: the small words by which two people agree."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.folded import folded, phrase

_FILLER = "(?:ay|ah|uy|bueno|pues|mm|este|oiga|mire|mira|y|entonces|,|o sea|joven|señor|señora|señorita|señito|doctor|doctora|che|dale|ok|eh)"
_YES = (
    "(?:si|sip|claro|claro que si|por supuesto|como no|esta bien|ta bien|ta bueno|esta bueno|esta perfecto|de acuerdo|ok|okey|okay|oka|"
    "listo|listos|dale|vale|perfecto|correcto|asi es|asi mismo|asi mero|exacto|exactamente|exacta|aja|ajam|aham|ajap|mjm|andele|orale|sale|va|eso|"
    "eso es|eso mismo|quedamos|acepto|hecho|trato hecho|de una|venga|cierto|efectivamente|confirmado|confirmo|me parece|me sirve|conforme|hagale|"
    "hagamosle|genial|buenisimo|joya|barbaro|excelente|muy bien|bien|bueno|ya|ya pues|ya listo|sipo|si po|ya po|simon|arre|sobres|perfectamente|"
    "de lujo|anotado|afirmativo|ahi estare|ahi estoy|seguro|tal cual|esa|ese dia|el mismo|la misma|correcta|positivo|cuente con (?:eso|ello)|"
    "por mi bien|por mi esta bien|obvio|sisi|no pues si|no si|no claro)"
)
_YES_START = phrase(rf"(?:{_FILLER} )*(?:a )?(?P<yes>{_YES})")
_DEAL = phrase(
    "(?:(?:en eso|asi|ahi|entonces|eso) (?:nos )?(?:quedamos|quedo|queda)|quedamos (?:asi|en eso|entonces|pues|con eso)|asi (?:lo )?(?:hacemos|hago|sea|le hacemos|"
    "le hago)|trato hecho|de acuerdo|esta bien|esta perfecto|me parece (?:bien|perfecto|justo)|me sirve|me funciona|me acomoda|hagamosle|hagale|"
    "hagamoslo|lo acepto|acepto|cuente con (?:eso|ello|el pago|la plata|el dinero)|me quedo con|la tomo|lo tomo|le entro|"
    "(?:la|lo|me quedo con la|mejor la|escojo la|la opcion|prefiero la) (?:primera|segunda|tercera|uno|dos)|confirmado|"
    "asi es|correcto|eso hago|eso hare|asi le hago|ya quedo|ahi estare|sin falta)"
)
_NOT_REALLY = phrase(
    "(?:pero|es que|no puedo|no tengo|no le|no les|no se|no creo|no voy|no me|no, |ahi vemos|ya veremos|ya vere|vamos a ver|voy a ver|a ver si|dejeme|dejame|"
    "lo pienso|lo voy a pensar|si puedo|ojala|depende|tal vez|quiza|quizas|a lo mejor|yo le aviso|yo le llamo|yo le marco|yo los llamo|le aviso|"
    "les aviso|le confirmo luego|dejeme ver|creo|tratare|hare lo posible|lo consulto|lo hablo|primero dios lo|imposible|ni|tampoco|"
    "entiendo|le entiendo|digame|soy yo|ella habla|el habla|con el|con ella|al habla|a sus ordenes|ya se|lo se)"
)
_REFUSAL = phrase(
    "(?:no (?:le |les |lo |la |los |las |te |se lo |se la |me )*(?:voy a |pienso |quiero |vamos a )?(?:pago|pagar[^ ]*|pagare|abono|doy nada|dar nada|deposito nada)"
    "(?! (?:hoy|el|mañana|todo|completo|la totalidad|este|esta|ahora|ahorita|tanto|eso|mas|mi|la renta|tan|en|antes|intereses))|ni un (?:peso|sol|mango|duro|euro|centavo|quinto)|"
    "(?:mejor |entonces |pues |ya )?(?:no me comprometo|no le prometo nada|no prometo nada|no le aseguro nada|no le garantizo|no quedo en nada|no quedamos en nada|"
    "no hay (?:trato|acuerdo)|olvidese|olvidelo|no cuente con)|haga lo que quiera|hagan lo que quieran|haga lo que tenga que hacer|demandenme|no insista|"
    "no acepto|no firmo|no (?:le|les|te) (?:puedo|podria) ayudar|entonces no (?:puedo|se puede)|(?:la verdad )?(?:mejor|pensandolo bien) no(?= [.,]|$)|siempre no|no va a poder ser|cancele (?:eso|el acuerdo|lo dicho)|"
    "no anote nada|borre eso|dejelo asi|no me anote|no lo anote|no me apunte|no le voy a quedar|no voy a poder(?: pagar| cumplir)?(?= [.,?]|$| nada))"
)
_CLOSING = phrase(
    "(?:le parece(?: bien)?|te parece|de acuerdo|quedamos(?: asi| entonces| en eso)?|es correcto|correcto|confirma|confirmamos|me confirma|cuento con|"
    "puedo contar|contamos con|lo anoto|le anoto|lo agendo|lo agendamos|le agendo|lo registro|lo dejo|lo dejamos|lo programo|esta bien|le sirve|"
    "le funciona|le acomoda|le queda bien|asi es|verdad|cierto|estamos|acepta|se compromete|lo cerramos|cerramos|lo hacemos|hacemos|vale|"
    "entonces|seria|serian|confirmado|si o no|puede|podria|podra|me paga|me deposita|lo paga|lo cubre|lo toma|lo dejamos|listo|no es asi)"
)
_HOW_MUCH = phrase(
    "(?:cuanto|con cuanto|de cuanto|por cuanto|que (?:cantidad|monto|importe|valor|suma|abono|tanto|pie|enganche|inicial|anticipo|entrada)|cual (?:cantidad|monto|seria el monto)|"
    "con que (?:cantidad|cuenta|monto)|que puede (?:dar|abonar|pagar|ofrecer)|cuanta (?:plata|lana))"
)
_WHEN = phrase(
    "(?:cuando (?:me|nos|puede|podria|podra|va|vamos|paga|pagaria|pagara|lo|la|le|seria|se|piensa|cree|haria|hace|quiere|estaria|deposita|"
    "tendria|cuento|cuenta|ab[^ ]+|cubr[^ ]+|liquid[^ ]+|cancel[^ ]+)(?! llam)|que (?:dia|fecha|dias)|para (?:cuando|que dia|que fecha)|en que (?:fecha|dia)|a partir de cuando|cual (?:dia|fecha|seria la fecha)|"
    "a mas tardar cuando|de aqui a cuando|una fecha|fecha de pago|que dia de)"
)


_NO = phrase("no")
_EMPTY_NO = phrase("(?:como no|no se preocupe|no hay (?:problema|cuidado|lio|drama)|por que no|verdad que no|cierto que no|no le hace|no pasa nada|"
                   "no pues si|no si|no claro|no mas|nomas no|si no)")


@lru_cache(maxsize=4096)
def says_yes(text: str) -> tuple[int, int] | None:
    """Where `text` agrees («sí, está bien»), in characters, or None. A yes that is taken back in the same breath is none."""
    turn = folded(text)
    match = _YES_START.match(turn.line, 1) or _DEAL.search(turn.line)
    if match is None or _NOT_REALLY.search(turn.line) or _denied(turn.line):
        match = _DEAL.search(turn.line)
        if match is None or _NOT_REALLY.search(turn.line, match.end()):
            return None
    return turn.span(match.start(), match.end())


def _denied(line: str) -> bool:
    """Whether a «no» in the first sentence denies; «¿no?» and «cómo no» do not."""
    sentence = _EMPTY_NO.sub("", line.split(" . ")[0])
    return any(not sentence.startswith(" ?", match.end()) for match in _NO.finditer(sentence))


@lru_cache(maxsize=4096)
def settles(text: str) -> bool:
    """Whether `text` closes a bargain in so many words («en eso quedamos»), not by a bare yes."""
    return _DEAL.search(folded(text).line) is not None and says_yes(text) is not None


@lru_cache(maxsize=4096)
def refuses(text: str) -> int | None:
    """Where in the characters of `text` a flat refusal of any payment begins, or None."""
    turn = folded(text)
    matches = list(_REFUSAL.finditer(turn.line))
    return turn.span(matches[-1].start(), matches[-1].end())[0] if matches else None


@lru_cache(maxsize=4096)
def asks(text: str) -> tuple[bool, bool, bool]:
    """Whether `text` asks (how much, when, for a yes)."""
    line = folded(text).line
    asked = " " + " ".join(part.rpartition(" . ")[2] for part in line.split("?")[:-1]) + " " if "?" in line else line
    when = bool(_WHEN.search(asked)) or ("?" in line and "cuándo" in text.lower())
    return bool(_HOW_MUCH.search(asked)), when, "?" in line or bool(_CLOSING.search(line))
