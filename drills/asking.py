"""What a question of the trainee's only asks: it puts nothing forward, and offers no way to pay.

    asks_past(sentence)     # «¿por qué medio hizo el pago, en el banco o por PSE?»
    only_asks(sentence)     # that, or «¿a qué hora se le libera el Yape?»
    puts_forward(sentence)  # whether the words may answer: a statement, or a question with something to take
"""

from __future__ import annotations

import re

from drills.offering import asks_consent, gives, ways_offered
from nlp.text import plain

_WORD = re.compile(r"\w+")
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
    r"\b(?:que (?:dia|fecha)|cuando|por que (?:medio|banco|canal|via)|por donde|donde|a que hora|con que|en que \w+)"
    r" (?:(?:lo|la|le|se|los|las|me|nos|usted) ){0,2}"
    r"(?:pago|deposito|abono|consigno|giro|ingreso|cancelo|envio|mando|realizo|efectuo|intento)\b"
)
_OPEN = re.compile(
    r"\b(?:que|cual|cuales|cuando|como|cuant[oa]s?|donde|quien|quienes)\b(?! (?:tal|le parece|les parece)\b)"
)
_TO_PAY = re.compile(
    r"\b(?:pag(?:a|as|ar|arlo|aria|ue|uen|amos)|abon(?:a|ar|e|aria|amos)|deposit(?:a|ar|e|aria|amos)"
    r"|transf(?:iere|erir|eriria)|cubr\w+|liquid\w+|consign(?:a|ar|e|aria)|(?:l[oa] )?(?:hace|haria|hacemos|dejamos|programamos)"
    r"|cuenta|dispone|junt\w+|pod(?:ria|emos) (?:dar|poner|hacer)|puede (?:dar|poner|hacer))\b"
)


def asks_past(sentence: str) -> bool:
    """Whether the words ask about what was done or happened, such as a payment that was made."""
    if not _asks(sentence):
        return False
    said = " ".join(plain(one) for one in _WORD.findall(sentence))
    return bool(_ACCENTED.search(sentence) or _PAST.search(said) or _UNACCENTED.search(said))


def only_asks(sentence: str) -> bool:
    """Whether the words ask, and put nothing forward that could be taken: of what was, or with an open
    question that neither asks for a payment nor whether something will do.
    """
    if not _asks(sentence) or asks_consent(sentence) or gives(sentence):
        return False
    said = " ".join(plain(one) for one in _WORD.findall(sentence))
    return asks_past(sentence) or bool(_OPEN.search(said) and not _TO_PAY.search(said))


def puts_forward(sentence: str) -> bool:
    """Whether the words may answer an objection."""
    if not _asks(sentence):
        return True
    if only_asks(sentence):
        return False
    figures = any(map(str.isdigit, sentence))
    return figures or asks_consent(sentence) or gives(sentence) or bool(ways_offered(sentence))


def _asks(sentence: str) -> bool:
    return sentence.rstrip().endswith("?")
