"""What a few words mean by what was asked before them: «ahora no puedo», «no tengo ninguna tarjeta».

Whoever was asked for money cannot pay; whoever was asked for a minute cannot talk. Whoever was offered to pay
by card and has none, or was asked for other debts, denies no debt. Where the question fits both, both stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.money import amounts
from nlp.stance import speaks_of_payment
from nlp.text import plain
from nlp.thresholds import call_bar
from nlp.types import Finding
from transcripts.types import Transcript

RAISED = 0.7
_NOW = r"(?:ahora|ahorita|orita|horita|por ahora|por el momento|en este momento|de momento|hoy)(?: mismo)?"
_FILLER = (
    r"(?:no|ay|uy|si|ya|yo|pues|es que|la verdad|de verdad|mire|oiga|fijese(?: que)?|disculpe|perdon|gracias"
    r"|lo siento|bueno|pucha|pe|po|nomas|joven|jefe|senor(?:a|ita)?|amig[ao]|licenciad[ao]|don \w+|dona \w+)"
)
_BARE = re.compile(
    rf"^\W*(?:{_FILLER}\W+)*?(?:{_NOW}\W+(?:{_FILLER}\W+)*?no (?:le )?puedo|no (?:le )?puedo {_NOW})"
    rf"(?:\W+(?:{_FILLER}|no puedo))*\W*$"
)
_FOR_A_MOMENT = re.compile(
    r"\b(?:(?:tiene|tendra|regala|permite|da|concede|brinda|presta|quito|robo) "
    r"(?:(?:un|unos|dos|tres|cinco|solo|par|poco|de) )*(?:rato|ratito|momento|momentito|minutos?|minutitos?"
    r"|segundos?|segundito|tiempo|tiempito)"
    r"|de su tiempo|(?:buen|mal) momento|(?:puede|podria|podemos|podriamos) "
    r"(?:hablar|atender\w*|platicar|conversar|contestar\w*|escuchar\w*)"
    r"|esta (?:disponible|ocupad[oa])|l[oa] (?:agarro|pillo|encuentro) (?:ocupad|en)|interrumpo)\b"
)
_FOR_MONEY = frozenset({
    "asks_commitment", "offers_alternatives", "offer_plan", "offer_date", "asks_money", "asks_money_now",
    "orders_payment", "asks_capacity",
})  # fmt: skip
# to send, to note down, to confirm: done in this very minute, unless it is the money that is to be sent
_ERRAND = re.compile(
    r"\b(?:(?:(?:puede|podria|puedo|podemos|(?:me|nos) (?:ayuda|permite|haria|hace)) "
    r"(?:(?:a|el favor de|volver a) )*(?:anotar|apuntar|descargar|confirmar|llamar|marcar|dictar|revisar"
    r"|(?P<carries>enviar|mandar|pasar(?:me|nos)|dar))"
    r"|(?:le|lo|la) (?:vuelvo a )?(?:llam|marc))\w*"
    r"|(?:me|nos) (?:confirma|dice|dicta|indica|proporciona|(?P<brings>envia|manda|da|pasa|regala)))\b"
    r"(?! (?:si|cuando|que dia|cuanto|para cuando|(?:(?:el|su|un|una|la|algun|alguna) )?"
    r"(?:pag\w+|abon\w+|deposito|dinero|plata|cuota|parte|fecha|dia|algo|transferencia))\b)"
)
_ASKS_TO_PAY = re.compile(
    r"(?:\b(?:puede|podra|podria|podemos|podriamos|pudiera|cuando|que dia|cuanto|va a|quiere|si)\b.{0,20}"
    r"|\b(?:nos|me|lo|la|los|las) |^\W*(?:(?:y|entonces|ya|hoy|ahora) )*)\b"
    r"(?:pag[aoue]|abon|deposit|cubr|liquid|cancel|adelant|consign|transfi?er|dej(?:amos|o|arlo) para)"
)
_TAG = re.compile(
    r"^\W*(?:y )?(?:usted )?(?:(?:que|como) (?:me |le |lo )?(?:dice|ve|hacemos|opina)"
    r"|(?:que )?le parece(?: bien)?|esta bien|si|no|verdad|puede|podria|se puede|de acuerdo|lo hacemos"
    r"|cuento con (?:usted|eso))\W*$"
)
_BUSY = frozenset({"call_later", "cuts_short", "busy", "tied_up"})
_NONE = r"\bno (?:\w+ )?(?:tengo|manejo|uso|ocupo) (?:\w+ )?"
# what there is none of, and the question that explains it: a way to pay does not explain «ninguna deuda»
_NONE_OF = (
    (
        re.compile(rf"{_NONE}(?:tarjetas?|cuentas?)\b"),
        re.compile(
            r"\b(?:(?:con|por|a|mediante) (?:(?:su|la|una|alguna|cualquier|otra) )*"
            r"(?:tarjeta|transferencia|cuenta|app|deposito)"
            r"|(?:que|cual) (?:medio|via|forma|canal|metodo)|para (?:hacer el cargo|transferir|cargar\w*)"
            r"|otr[ao]s? (?:deudas?|creditos?|prestamos?|tarjetas?|cuentas?|compromisos?))\b"
        ),
    ),
    (
        re.compile(rf"{_NONE}(?:deudas?|creditos?|prestamos?|compromisos?)\b"),
        re.compile(r"\botr[ao]s? (?:deudas?|creditos?|prestamos?|compromisos?)\b"),
    ),
)
_OF_THE_DEBT = re.compile(r"\b(?:reconoc\w+|compras?|(?<!hacer el )cargos?)\b")
# that no question about ways to pay explains
_DENIED = re.compile(
    r"\b(?:con ustedes|de ustedes|ese banco|esa (?:tienda|empresa|financiera)|a mi nombre|se equivoc\w+"
    r"|equivocad[oa]s?|nunca|jamas"
    r"|no (?:es|son) mi[ao]s?|no se de que|no reconozco|no (?:saque|pedi|debo))\b"
)


def with_bare_words(transcript: Transcript, found: Sequence[Finding]) -> list[Finding]:
    """`found`, where a few words of the debtor mean what they answer."""
    out = list(found)
    for i, turn in enumerate(transcript.turns):
        if not i or turn.speaker == "agent" or turn.doubt is not None:
            continue
        before = transcript.turns[i - 1]
        if before.speaker != "agent" or before.doubt is not None:
            continue
        said, asked = plain(turn.text), plain(before.text)
        if _BARE.match(said):
            out = _cannot(transcript, out, i, asked)
        elif _has_no_other(said, _last_question(asked), _creditors(transcript)):
            out = [f for f in out if f.label != "not_my_debt" or f.quote.turn != i]
    return out


def _has_no_other(said: str, question: str, creditors: Sequence[str]) -> bool:
    """Whether `said` only tells that there is no other card, account or debt than the one called about."""
    if (
        _DENIED.search(said)
        or _OF_THE_DEBT.search(question)
        or any(re.search(rf"\b{re.escape(name)}\b", said) for name in creditors)
    ):
        return False
    return any(none.search(said) and of.search(question) for none, of in _NONE_OF)


def _creditors(transcript: Transcript) -> list[str]:
    """Whose debt it may be, as it sounds."""
    one = transcript.recording
    return [plain(name) for name in (one.company, one.facts.creditor) if name]


def _cannot(transcript: Transcript, found: list[Finding], at: int, asked: str) -> list[Finding]:
    """What «ahora no puedo» is, in turn `at`."""
    last = _last_question(asked)
    if _FOR_A_MOMENT.search(last):
        return _only(transcript, found, at, "call_later", frozenset({"no_money"}))
    tag = bool(_TAG.match(last))  # «Pague hoy. ¿Qué me dice?»
    errand = None if tag else _ERRAND.search(last)
    sums = amounts(last, transcript.recording.country)
    figure = any(one.value is not None for one in sums)
    demands = "?" in last and (figure or bool(sums and not errand) or bool(_ASKS_TO_PAY.search(last)))
    if errand and not (figure and (errand["carries"] or errand["brings"])):
        return found if demands else _only(transcript, found, at, "call_later", frozenset({"no_money"}))
    acts = {f.label for f in found if f.quote.turn == at - 1 and f.score >= call_bar(f.label)}
    asks = acts & _FOR_MONEY and speaks_of_payment(asked if tag else last)
    if (demands and "asks_reason" not in acts) or asks:
        return _only(transcript, found, at, "no_money", _BUSY)
    return found


def _only(
    transcript: Transcript, found: list[Finding], at: int, label: str, other: frozenset[str]
) -> list[Finding]:
    """`found` with `label` in turn `at`, and none of `other` there."""
    kept = [f for f in found if f.quote.turn != at or f.label not in other]
    mine = next((f for f in kept if f.quote.turn == at and f.label == label), None)
    if mine is not None and mine.score >= RAISED:
        return kept
    new = Finding(label, mine.quote if mine else transcript.quote(at), RAISED, f"rule:{label}/asked")
    return [*(f for f in kept if f is not mine), new]


def _last_question(asked: str) -> str:
    """The last sentence that asks, without what was said before it; all of it where no mark is written."""
    return asked[asked.rfind("¿") :] if "¿" in asked else asked
