"""What a question of the trainee's only asks: it puts nothing forward, and offers no way to pay.

asks_past(sentence)     # «¿por qué medio hizo el pago, en el banco o por PSE?»
only_when_paid(sentence, name)  # «¿cuándo puede pagar?», and no more
only_asks(sentence)     # that, or «¿a qué hora se le libera el Yape?»
puts_forward(sentence)  # whether the words may answer: a statement, or a question with something to take
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from drills.meant import ASK
from drills.offering import asks_consent, gives, ways_offered
from nlp.ladder_model import sentences
from nlp.text import bare, plain
from nlp.types import Findings
from transcripts.types import Quote, Transcript

ALONE_SOURCE = "model:utterance"  # of what a tagger hears in a reply by itself: its quote is all of it
ECHOES = "echoes"  # finding of a sentence that only says the debtor's words back: it asks for nothing
PAST = "past_payment"  # a question about a payment that was made asks for none
INCOME = "asks_income"  # a question about the debtor's own money explores, and asks for no payment
EXPLORING = ("asks_reason", "probes", "explores_reason", INCOME, PAST)  # questions of how things stand
_QUESTION = re.compile(r"[^?.!¿…]+\?")
_ASKING = frozenset("que cual cuales cuando como cuanto cuanta donde quien".split())
_TAG_WORDS = 3  # «¿no?», «¿le parece bien?» ask for nothing new
_PAID = (
    "pag|deposit|abon|consign|cancel|gir|ingres|envi|mand|realiz|efectu|transfiri|yape|intent|prob|trat|tramit"
    "|reclam|report|aprob|cobr|entreg|llev|qued|pas|llam|habl|rechaz|fall|rebot|bloque|avis|firm"
)
# with the accent that makes it past; «pago» without it only after a word that asks
_ACCENTED = re.compile(rf"\b(?:{_PAID})(?:ó|aron|ieron)\b|\bsalió\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:hizo|hicieron|hiciste|fue|fueron|dijo|dijeron|puso|pudo|quiso|tuvo|salio|recibio|transfirio"
    r"|(?:ha|han|habia|habian) \w+(?:ado|ido|cho|sto))\b"
)
_UNACCENTED = re.compile(
    r"\b(?:que (?:dia|fecha)|cuando|por que (?:medio|banco|canal|via)|por donde|donde|a que hora|con que"
    r"|en que \w+)"
    r" (?:(?:lo|la|le|se|los|las|me|nos|usted) ){0,2}"
    r"(?:pago|deposito|abono|consigno|giro|ingreso|cancelo|envio|mando|realizo|efectuo|intento)\b"
)
_OPEN = re.compile(
    r"\b(?:que|cual|cuales|cuando|como|cuant[oa]s?|donde|quien|quienes)\b(?! (?:tal|le parece|les parece)\b)"
)
# what the debtor does; «¿qué día le pagan?» asks for income
_PAYS = re.compile(
    r"(?:pag|abon|deposit|cancel|liquid|consign)(?:a|o|ar|ara|aria|ue|e)(?:l[oa]|me|nos)?|cubr(?:e|ir|iria)"
    r"|transfer(?:ir|iria)|transfiere|dar(?:me|nos)?|hacer(?:l[oa]|me)?"
)
_ONE_THING = ("cuant", "cuando", "dia", "fecha")
_ABOUT_IT = frozenset(
    "entiendo comprendo bueno claro ok listo ya si ah aja vale perfecto bien senor senora don"
    " dona senorita y entonces pues pero cuando cuanto cuanta que dia fecha para en con de a al el la lo le"
    " me nos se su usted puede podria podra va podemos vamos digame deuda cuota saldo".split()
)
_TO_PAY = re.compile(
    r"\b(?:pag(?:a|as|ar|arlo|aria|ue|uen|amos)|abon(?:a|ar|e|aria|amos)|deposit(?:a|ar|e|aria|amos)"
    r"|transf(?:iere|erir|eriria)|cubr\w+|liquid\w+|consign(?:a|ar|e|aria)"
    r"|(?:l[oa] )?(?:hace|haria|hacemos|dejamos|programamos)"
    r"|cuenta|dispone|junt\w+|pod(?:ria|emos) (?:dar|poner|hacer)|puede (?:dar|poner|hacer))\b"
)


def asks_past(sentence: str) -> bool:
    """Whether the words ask about what was done or happened, such as a payment that was made."""
    if not _asks(sentence):
        return False
    said = bare(sentence)
    return bool(_ACCENTED.search(sentence) or _PAST.search(said) or _UNACCENTED.search(said))


def only_asks(sentence: str) -> bool:
    """Whether the words ask, and put nothing forward that could be taken: of what was, or with an open
    question that neither asks for a payment nor whether something will do.
    """
    if not _asks(sentence) or asks_consent(sentence) or gives(sentence):
        return False
    said = bare(sentence)
    return asks_past(sentence) or bool(_OPEN.search(said) and not _TO_PAY.search(said))


def puts_forward(sentence: str) -> bool:
    """Whether the words may answer an objection."""
    if not _asks(sentence):
        return True
    if only_asks(sentence):
        return False
    return asks_consent(sentence) or gives(sentence) or bool(ways_offered(sentence))


def asks_more(transcript: Transcript, findings: Findings, turn: int, *, kind: bool) -> bool:
    """Whether a question of the turn is more than a tag or an echo and, unless beside kind words, asks for
    more than the payment.
    """
    text = transcript.turns[turn].text
    back = findings.of(ECHOES)
    for start, end in sentences(text):
        if any(transcript.quote(turn, start, end).overlaps(f.quote) for f in back):
            continue
        asked = _QUESTION.search(text[start:end])
        words = plain(asked[0]).split() if asked else []
        if (len(words) > _TAG_WORDS or _ASKING & set(words)) and (
            kind or not only_for_payment(findings, transcript.quote(turn, start, end))
        ):
            return True
    return False


def only_for_payment(findings: Findings, quote: Quote) -> bool:
    """Whether a question asks for the payment, and nothing of how things stand."""
    if any(quote.overlaps(f.quote) for f in findings.of(*EXPLORING)):
        return False
    return any(quote.overlaps(f.quote) for f in findings.of(ASK) if f.source != ALONE_SOURCE)


def only_when_paid(sentence: str, name: str = "") -> bool:
    """Whether a question asks for no more than the payment, by one thing: «¿cuándo puede pagar?», «¿cuánto
    me abona?». It asks for it, and explores nothing; when money comes in, or what sum on which day, does.
    """
    asked = [bare(one).split() for one in _QUESTION.findall(sentence)]
    return bool(asked) and all(_for_payment_alone(one, plain(name).split()) for one in asked)


def _for_payment_alone(question: Sequence[str], called: Sequence[str]) -> bool:
    kinds = sum(any(word.startswith(stem) for word in question) for stem in _ONE_THING)
    rest = [word for word in question if not _PAYS.fullmatch(word)]
    return kinds == 1 and len(rest) < len(question) and _ABOUT_IT.issuperset(set(rest) - set(called))


def _asks(sentence: str) -> bool:
    return sentence.rstrip().endswith("?")
