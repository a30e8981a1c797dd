"""A reply that came without marks, as a recogniser or who types in haste writes it, with those that it lacks.

    marked("la entiendo qué día pagó voy a revisarlo")    # «la entiendo. qué día pagó? voy a revisarlo»

The words are left as they are. What asks, answers and acknowledges is read sentence by sentence, so that in
one unbroken line a question and its answer blot each other out. Cut is only before what plainly begins
something new. A text with any mark that ends a sentence is left alone, and one that is written with care but
lacks the last of them is cut at its commas only. What is shown of a reply is what was written (`as_written`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from nlp.text import plain

FEWEST = 6  # words: less is hardly more than one sentence
_MARK = re.compile(r"[.?!¿¡…:;](?!\d)")
_COMMA, _AFTER_COMMA = re.compile(r",(?!\d)"), re.compile(r"(?:^|, (?:y |pero )?)$")
_ACCENT = re.compile(r"[áéíóú]", re.IGNORECASE)
_WAY = r"(?:en|por|con|a|para|de|desde|hasta)"
# what only tells of the question behind it: «dígame qué día pagó»
_TOLD_OF = re.compile(
    r"\b(?:dig[ao]|digame|decime|dime|indiqueme|cuenteme|expliqueme|confirmeme|compartame|anoto|se|saber|ver"
    r"|sabe|sabes|sabemos|imagina|recuerda|pregunto|depende(?: de)?|segun"
    r"|(?:habl|platic|convers|charl)\w+|dice|dijo|cuenta|veo|vemos|explico|cuento|informo|reviso|revisar|revisamos|verifico|confirmo|consulto)"
    r"(?: \w+){0,2} $"
)
_ASK_ME = r"(?<!usted )me (?:comparte|confirma|dicta|manda|pasa|dice|da|indica|regala)\b"
_CALLED_OUT = (  # «qué pena», «qué mal»: no question
    r"(?! (?:mal|buen|bien|pena|susto|dif|molest|rabia|coraje|l[áa]stima|angustia|fuerte|duro|gusto|feo))"
)
_ASKED = re.compile(
    rf"\b(?:(?:{_WAY} )?(?:qué{_CALLED_OUT}|cuáles|cuál|cuándo|cómo|cuánt[oa]s?|dónde|quiénes|quién)\b"
    rf"|{_ASK_ME})",
    re.IGNORECASE,
)
_NOUN = (
    "dias?|fechas?|horas?|banco|medio|via|canal|agencia|sucursal|agente|cajero|monto|cantidad|parte|valor"
    "|numero|correo|telefono|direccion|mensaje|otr[oa]s?|cuotas?|comprobante|recibo|cobro|punto|pagos|gasto"
)
_HAPPENED = (
    r"(?:(?:no )?(?:le|te|lo|la) |fue lo que )?(?:paso|pasa|ocurrio|sucedio|preocupa|molesto|molesta|falta"
    r"|dijeron|sale|parece (?:mal|justo)"
    r"|(?<!semana que )(?<!mes que )(?<!quincena que )(?:entra|ingresa) "
    r"(?:ahora|hoy|(?:a|en) (?:su|la) casa))"
)
# without its accent, a question by the words that follow
_ASKED_BARELY = re.compile(
    rf"\b(?:{_WAY} )?(?:que (?:{_NOUN}|{_HAPPENED})|cual(?:es)? (?:es|fue|era|de|le|prefiere|cuota|parte)"
    r"|cuant[oa]s? (?:le|les|recibe|puede|podria|tiene|cuenta|pago|fue|deposito|calcula|queda)"
    r"|cuando (?:pago|l[oa] hizo|cobra|recibe|deposito|fue|habla|puede|podria|paso)"
    r"|como (?:esta|estan|sigue|siguen|fue|se encuentra)|donde (?:pago|lo|fue|deposito|esta)"
    rf"|quien (?:mas|lo|la|le|pudo|firmo)|{_ASK_ME})\b"
)
_I_DO = (
    "voy a|vamos a|llamo|llamare|marco|reviso|revisare|revisamos|verifico|registro|anoto|dejo|dejamos|levanto"
    "|abro|mando|envio|reenvio|paso|busco|escalo|radico|tramito|presento|actualizo|aviso|confirmo|propongo"
    "|ofrezco|puedo(?! (?:llam|marc|encontr|localiz|contact))|podemos|podriamos|tengo|consulto"
    "|detallo|devuelvo|quito|retiro|explico|acomodamos|armamos|hablamos|pido"
)
_YET = (
    "pero|sin embargo|mientras (?:tanto|l[oa]|se|revis\\w+|investig\\w+)|de tod[oa]s (?:modos|formas|maneras)"
    "|igual (?:l[aeo]|tiene|hay|me)"
)
_TURNS = re.compile(rf"(?:{_YET})\b")
_TELL_ME = "digame|cuenteme|expliqueme|paseme|mandeme|envieme|deme|indiqueme|confirmeme|compartame"
_TELLS = re.compile(rf"(?:{_TELL_ME})\b")
_STATED = re.compile(
    rf"\b(?:yo )?(?:hoy |manana )?(?:no )?(?:(?:le|la|lo|les|te|se l[oa]) )?(?:{_I_DO})\b"
    rf"|\b(?:{_TELL_ME}|{_YET})\b"
)
_MAY_PAY = re.compile(
    r"\b(?:usted )?(?:puede|podria) (?:pagar|abonar|depositar|transferir|cubrir|cancelar|dar|hacer)"
    r"(?:l[oa]|me)?\b"
)
_YOU_MAY = re.compile(r"\b(?:usted )?(?:puede|podria) \w+[aei]r(?:l[oa])?\b")
_TAG = re.compile(
    r"\b(?:(?:le|te|que le|como lo|como la) (?:parece|queda|sirve|viene|acomoda|ve)(?: bien)?|esta bien"
    r"|de acuerdo|me l[oa] confirma)$"
)
# what goes on from the words before it, and begins nothing
_GOES_ON = re.compile(
    r"(?:^|\b(?:y|e|o|u|que|si|no|cuando|donde|como|cuanto|lo|le|la|yo|ya|mientras|porque|para|de|a|ni|se) )$"
)
_AND = re.compile(r"\by $")
# before «puede pagar»: what tells, supposes, denies or doubts it, and asks nothing
_NOT_ASKED = re.compile(
    r"\b(?:(?:dificil(?:mente)?|apenas|mal|menos|ni|nunca|jamas|tampoco|no|todavia|imposible|quizas?|tal vez"
    r"|de pronto|a lo mejor|capaz|ojala|tal como|hasta)(?: \w+)?"
    r"|(?:que|si|cuando|cuanto|como|donde|porque|aunque|se|a ver)"
    r"(?: (?!(?:esta|es|tiene|perdio|fue|hay|va|trabaja|paso|quedo|ha|anda|vive|gana|gasto|sigue)\b)\w+)"
    r"{0,4}) $"
)
# what the rest of the sentence hangs on: «si no paga hoy le mando…»
_SUPPOSED = re.compile(
    r"(?:(?:y|pero|pues|bueno|entonces|mire|claro|ahora) )*"
    r"(?:si(?! (?:claro|entiendo|comprendo|l[aeo] (?:entiendo|comprendo)|senora?|don|dona|por supuesto"
    r"|como no|gracias|buen|correcto|asi|ya|esta bien))|cuando|aunque|en cuanto|apenas|mientras|como|porque"
    r"|ya que) "
)
_FAR = 4  # words into a question from which «puede» begins something else
_NEAR = re.compile(
    rf"(?:{_WAY} )?\w+(?: (?!paso|ocurrio|sucedio|esta|sigue|fue)\w+)? "
)  # a question that has hardly begun


@lru_cache(maxsize=4096)
def marked(text: str) -> str:
    """The text with a mark at the end of what plainly ends; as it is where it has marks, or says little."""
    folded = plain(text)
    if _MARK.search(text) or len(text.split()) < FEWEST or len(folded) != len(text):
        return text
    out, begin, asks = [], 0, False
    for place, begins_asking in _cuts(text, folded):
        out.append(text[begin:place].rstrip(" ,") + ("? " if asks else ". "))
        begin, asks = place, begins_asking
    return "".join(out) + text[begin:] + ("?" if asks else "")


def composed(text: str) -> str:
    """A reply as it comes in: one line, each letter with its accent («e» and U+0301 are one «é»)."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def as_written(words: str, said: Iterable[str]) -> str:
    """Words cited from a reading of `said`, without what the reading added to them."""
    said = tuple(said)
    core = words.strip("… ")
    if not core or any(core in text for text in said):
        return words
    for text in said:
        read = marked(text)
        at = read.find(core)
        if at >= 0:
            places = _places(read, text)
            return words.replace(core, text[places[at] : places[at + len(core)]].strip(" ,"))
    return words


def _places(read: str, written: str) -> list[int]:
    """For each place of the reading the one in what was written: marks were added, commas left out."""
    out, at = [], 0
    for letter in read:
        while letter not in ".?" and written[at] != letter:
            at += 1
        out.append(at)
        at += written[at : at + 1] == letter
    return [*out, len(written) if read[-1:] in ".?" else at]


def _cuts(text: str, folded: str) -> Iterator[tuple[int, bool]]:
    """Where something new begins, and whether it asks."""
    begin, asking = 0, False
    for place, asks in _beginnings(text, folded):
        before = folded[begin:place]
        and_ = _AND.search(before)
        if asks and (_is_told(before) or (asking and (and_ or _TAG.match(folded, place)))):
            continue  # of the same question, or of what is to be told
        if not asks and not asking and _SUPPOSED.match(before):
            continue
        if asking and not asks and _NEAR.fullmatch(before) and not _TURNS.match(folded, place):
            continue
        cut = place - len(and_[0]) if and_ and (asks or asking) else place
        if cut == place and _GOES_ON.search(before):
            asking = asking or (asks and not before)
            continue
        yield cut, asks
        begin, asking = cut, asks


def _is_told(before: str) -> bool:
    """Whether a question behind these words is one that is only told of."""
    return bool(_TOLD_OF.search(before) or (_AND.search(before) and _TELLS.match(before)))


def _beginnings(text: str, folded: str) -> list[tuple[int, bool]]:
    """Each place that may begin something new, in order."""
    questions = _ASKED.finditer(text) if _ACCENT.search(text) else _ASKED_BARELY.finditer(folded)
    asked = [one.start() for one in questions]
    stated = [one.start() for one in _STATED.finditer(folded) if text[one.end() - 1] not in "óÓ"]
    first = asked[0] if asked else len(folded)
    may = [one.start() for one in _YOU_MAY.finditer(folded) if _may_begin(folded, one.start(), asked)]
    stated += [place for place in may if place > first]
    pays = {one.start() for one in _MAY_PAY.finditer(folded)}
    asked += [place for place in may if place in pays]
    tag = _TAG.search(folded)
    asked += [tag.start()] if tag else []
    begun = sorted({**dict.fromkeys(stated, False), **dict.fromkeys(asked, True)}.items())
    careful = text[:1].isupper() and _COMMA.search(text)
    return [one for one in begun if not careful or _AFTER_COMMA.search(folded, 0, one[0])]


def _may_begin(folded: str, place: int, asked: list[int]) -> bool:
    """Whether «puede…» begins something: no question has just begun, and nothing before it holds it."""
    if _NOT_ASKED.search(folded, 0, place):
        return False
    last = max((one for one in asked if one < place), default=None)
    return last is None or len(folded[last:place].split()) >= _FAR
