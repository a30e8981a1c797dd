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
_BUSY = frozenset({"call_later", "cuts_short", "busy", "tied_up"})
_NONE_OF = re.compile(
    r"\bno (?:\w+ )?(?:tengo|manejo|uso|ocupo) (?:\w+ )?"
    r"(?:tarjetas?|cuentas?|deudas?|creditos?|prestamos?|compromisos?)\b"
)
_FOR_WAYS = re.compile(
    r"\b(?:(?:con|por|a|mediante) (?:(?:su|la|una|alguna|cualquier|otra) )*"
    r"(?:tarjeta|transferencia|cuenta|app|deposito)"
    r"|(?:que|cual) (?:medio|via|forma|canal|metodo)|para (?:hacer el cargo|transferir|cargar\w*)"
    r"|otr[ao]s? (?:deudas?|creditos?|prestamos?|tarjetas?|cuentas?|compromisos?))\b"
)
# that no question about ways to pay explains
_DENIED = re.compile(
    r"\b(?:con ustedes|de ustedes|ese banco|esa (?:tienda|empresa|financiera)|a mi nombre|se equivoc\w+"
    r"|nunca|jamas"
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
        elif _NONE_OF.search(said) and _FOR_WAYS.search(_last_question(asked)) and not _DENIED.search(said):
            out = [f for f in out if f.label != "not_my_debt" or f.quote.turn != i]
    return out


def _cannot(transcript: Transcript, found: list[Finding], at: int, asked: str) -> list[Finding]:
    """What «ahora no puedo» is, in turn `at`."""
    last = _last_question(asked)
    if _FOR_A_MOMENT.search(last):
        return _only(transcript, found, at, "call_later", frozenset({"no_money"}))
    acts = {f.label for f in found if f.quote.turn == at - 1 and f.score >= call_bar(f.label)}
    sum_named = bool(amounts(last, transcript.recording.country))
    asks = "?" in last and "asks_reason" not in acts and (sum_named or speaks_of_payment(last))
    if asks or (acts & _FOR_MONEY and speaks_of_payment(asked)):
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
