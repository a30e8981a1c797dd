"""A payment that is demanded: by an order to the debtor, or as what the debtor has to do.

    demands(text)               # the sentences that do: «vuelva a pagar el viernes», «le toca pagar»
    demands(text, bare=True)    # of the orders only those that offer nothing: «pague hoy y ya»

Where the debt itself is in question every order to pay is a demand. To who lacks money «abone hoy una parte
por SPEI» is an offer; «deposite hoy» is none, and what somebody «tiene que pagar» is demanded from anybody.
What is denied, only told of («entiendo que tiene que pagar el colegio») or asked about demands nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from drills.meant import ASK
from drills.scenario import DISPUTES
from nlp.ladder_model import sentences
from nlp.text import bare as words_of
from nlp.types import Finding
from transcripts.types import Transcript

DEMANDS = "demands"  # finding: the sentence in which a payment is demanded
SOURCE = "rule:demand"
_NOUN = (
    r"(?:el|un|su|ese|este|otro|la|una|esa|esta|otra)"
    r" (?:pago|abono|deposito|giro|ingreso|transferencia|consignacion)"
)
_TO_PAY = (
    r"(?:(?:pagar|abonar|cancelar|depositar|consignar|transferir|girar|liquidar|cubrir|saldar|amortizar"
    r"|responder|cumplir|regularizar)(?:l[oae]s?|me|nos|sel[oa])?"
    rf"|(?:hacer|realizar|efectuar)(?:me|nos)? {_NOUN}|ponerse al dia)"
)
_ORDER = re.compile(
    r"\b(?:(?:pague|abone|cancele|deposite|consigne|transfiera|gire|liquide|cubra|salde|amortice|regularice)n?"
    r"(?:l[oa]s?|me(?:l[oa]s?)?|nos(?:l[oa]s?)?)?"
    r"|(?:paga|abona|cancela|deposita|consigna|transfiere)(?:l[oa]s?|me|nos)"
    rf"|(?:haga|realice|efectue|haz|hace)(?:me|nos)? {_NOUN}"
    r"|(?:vaya|ande)(?:me|nos)? (?:pagando|abonando|depositando)"
    rf"|(?:vuelva|vuelve|volve) a {_TO_PAY}|ponga el dinero|pongase al dia"
    rf"|(?:me|nos) (?:paga|abona|cancela|deposita|transfiere|consigna|hace {_NOUN}))\b"
)
# the same to who is called tú or vos, or as what «usted» does: told from «su hijo paga» by what stands before
_PLAIN_ORDER = re.compile(
    r"(?:^|\b(?:y|pero|igual|entonces|mejor|primero|usted|vos|tu|tanto) )"
    r"(?:paga|abona|cancela|deposita|consigna)s?\b"
)
_YOU = r"(?:usted|vos|tu)"
_HAVE = r"(?:tiene|tienen|tienes|tenes|tendra|tendran|tendria|tendrias)"
_DUTY = re.compile(
    rf"\b(?:(?:(?:l[oa]s?|me|nos|se l[oa]) )?{_HAVE} (?:{_YOU} )?que(?: \w+){{0,3}}? {_TO_PAY}"
    rf"|(?:l[oa]s? )?(?:debe|deben|debes|debera|deberan|deberia|deberias)(?: \w+)? {_TO_PAY}"
    rf"|(?:hay|habra|habria) que(?: \w+){{0,2}}? {_TO_PAY}"
    r"|(?:pago|cuota|abono)(?: \w+){0,2}? hay que hacerl[oa]"
    r"|(?:le|les|te|os) (?:toca|tocara|tocaria|corresponde|corresponderia|compete|va a tocar)"
    rf"(?: \w+){{0,3}}? {_TO_PAY}"
    rf"|no (?:(?:le|les|te|os) queda|hay)(?: \w+){{1,3}} (?:que|sino) {_TO_PAY}"
    rf"|no (?:puede|podes|puedes) (?:{_YOU} )?(?:seguir sin|quedarse sin|dejar de) {_TO_PAY}"
    rf"|obligad[oa] a {_TO_PAY}|(?:es )?su (?:obligacion|responsabilidad|deber) (?:es )?{_TO_PAY}"
    r"|es su obligacion|deuda (?:es|sigue siendo) (?:suya|tuya|de usted)"
    rf"|(?:el|la) que responde es {_YOU}|responde {_YOU}|l[oa] paga {_YOU})\b"
)
# what may follow an order that names neither part nor way and leaves nothing to the debtor
_BARE_END = re.compile(
    r"(?: (?:usted|hoy|mismo|ya|ahora|ahorita|manana|igual|primero|completo|todo|de una vez|como sea|la deuda"
    r"|el|lunes|martes|miercoles|jueves|viernes|sabado|de tod[oa]s (?:modos|formas|maneras)))*"
    r"(?: y (?:ya|listo|punto|luego|despues|se|va|no)\b|$)"
)
_NEXT = re.compile(r"[^.,;:!?¿¡…]+[?]?")
# before an order: what makes of it a word that is told, denied or only supposed
_TOLD = frozenset(
    "que no ni nunca tampoco se si cuando quien aunque apenas donde como lo la le los las les me nos"
    " te".split()
)
_SO = ("asi", "conque", "sea")  # «así que pague», «o sea que pague»
_WANTS = frozenset(
    "necesito necesitamos quiero queremos pido exijo exigimos solicito conviene recomiendo sugiero mejor toca"
    " tocaria urge requiero espero falta necesario".split()
)
_DENIES = frozenset("no nadie nunca tampoco ni sin".split())
# before a duty: what only tells of it, or supposes it
_TELLS = re.compile(
    r"\b(?:entiendo|comprendo|imagino|veo|se que|lamento|siento|cuenta|dice|comenta|si|cuant[oa]|porque"
    r"|cuando)\b"
)
# what ends such a telling
_TURNS = frozenset("pero igual aunque asi embargo todas todos modos bueno".split())
_NEAR, _FAR = 3, 8  # words before that bear on what is said


def demands(text: str, *, bare: bool = False) -> list[tuple[int, int]]:
    """Characters of each sentence of `text` that demands a payment."""
    return [(start, end) for start, end in sentences(text) if _demands(text[start:end], bare=bare)]


def found_of(transcript: Transcript, on_table: Iterable[tuple[int, str]]) -> list[Finding]:
    """The demands in the agent's turns, each with what is on the table; where the debt is in question each
    asks for the payment too.
    """
    out = []
    for at, label in on_table:
        disputed = label in DISPUTES
        for start, end in demands(transcript.turns[at].text, bare=not disputed) if label else ():
            quote = transcript.quote(at, start, end)
            out += [Finding(one, quote, 1.0, SOURCE) for one in ((DEMANDS, ASK) if disputed else (DEMANDS,))]
    return out


def _demands(sentence: str, *, bare: bool) -> bool:
    supposed = False
    for piece in _NEXT.findall(sentence):
        said = words_of(piece)
        if not piece.endswith("?"):
            if any(_stands(said[: one.start()].split()) for one in _DUTY.finditer(said)):
                return True
            if not bare and _PLAIN_ORDER.search(said):
                return True
        orders = (one for one in _ORDER.finditer(said) if _is_order(said[: one.start()].split()))
        if any(not bare or (not supposed and _BARE_END.match(said, one.end())) for one in orders):
            return True
        supposed = said.split()[:1] in (["si"], ["cuando"])
    return False


def _is_order(before: Sequence[str]) -> bool:
    """Whether a verb after these words is told to do, and not told of."""
    last = before[-1] if before else ""
    if last != "que":
        return last not in _TOLD
    near = before[-_NEAR - 1 : -1]
    wanted = bool(_WANTS & set(near)) and not _DENIES & set(before[-2 * _NEAR :])
    return wanted or (len(before) > 1 and before[-2] in _SO)


def _stands(before: Sequence[str]) -> bool:
    """Whether a duty after these words is said of the debtor, and neither denied nor only told of."""
    heard: list[str] = []
    for word in reversed(before[-_FAR:]):
        if word in _TURNS:
            break
        heard.append(word)
    return not (_DENIES & set(heard[:_NEAR]) or _TELLS.search(" ".join(reversed(heard))))
