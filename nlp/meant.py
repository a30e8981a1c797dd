"""Whether the speaker means what the words say: negation, quoted speech, supposition; once for all labels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import dropwhile

from nlp.text import QUESTION, STOP, Words, sound, word_set

# patterns (grammar: nlp/patterns.py) after which words are somebody else's, or only supposed
MOODS = {
    "reported": (
        "(me|nos|le|les) (dijeron|dijo|decian|han dicho|ha dicho|dicen|dice|habian dicho|contaron|conto"
        "|comento|comentaron|avisaron|amenazaron|amenazo) ~1 (que|de que|con)?",
        "(usted|ustedes|el|ella|ellos) (me|nos|le)? (dijo|dice|dijeron|dicen|decia|comento|comenta|menciono"
        "|menciona|asegura|afirma)",
        "me "
        "(comenta|comento|menciona|menciono|indica|indico|explica|explico|platica|platico|cuenta|conto|refiere)"
        " (usted)? que",
        "(segun|disque|dizque) (usted|ustedes|ellos|me)?",
        "(escuche|oi|lei|supe|vi) (decir)? que",
        "(quien|alguien) (le|les|me) (dijo|haya dicho|dijera|diga)",
        "(mensaje|carta|correo|papel|aviso) ~1 (dice|decia|diciendo|donde|que dice)",
        "(me|nos) (amenaz*|dicen|quieren asustar)",
    ),
    "supposed": (
        "(en caso de|suponiendo|supongamos|por si|como si|cuando ya|ojala|imaginese|imagine) (que)?",
        "si (usted|ya|yo|me|se|le)? ~1 (llega*|hubiera|hubiese|fuera|fuese|tuviera|tuviese|perdiera|quedara"
        "|enfermara|pagara|pudiera)",
        "si (usted|ustedes)",
        "(no vaya a ser|no sea) que",
    ),
}
REPORTED_REACH, SUPPOSED_REACH = 8, 4  # words

_NEGATORS = frozenset(map(sound, "no nunca jamás tampoco ni sin nadie".split()))
# words that may stand between a «no» and what it denies, as they sound
_LIGHT = word_set(
    "me te se lo la le les los las nos es era son fue ser que estoi esta estamos estan e a emos an aya "
    "aia un una de para mas "
    "digo dise trata signifika komo presisamente kreo usted solo ninguna ningun desir asi desimos"
)
# these carry a «no» only on to an infinitive: «no vamos a embargar», but «no puedo, estoy manejando»
_HELPERS = word_set(
    "puedo podemos puede pueden kiero keremos kiere boi ba bamos ban pretendo pretendemos busko buskamos "
    "pienso pensamos"
)
_INFINITIVE = re.compile(r"[aei]r(?:me|te|se|lo|la|le|nos|los|las|les|selo|sela)?$")
# a «no» right before these is an answer, not a denial: «no ya pagué», «no mi mamá está enferma»
_BEGINS_ANEW = word_set(
    "ya yo eso ese esa mi mis pero si aki aka el komo por porke kuando primero todo este a"
)
_LIGHT_REACH = 5
# what the speaker announces after a «no» of its own clause: «no le va a servir, lo demandamos»
_OBJECTS = word_set("lo la los las le les te se")
_LEADS_IN = word_set("ya igual ai ayi entonses pues i asi aora oi manana luego nosotros yo mejor tambien")
_ANNOUNCES = re.compile(r"mos$|^(?:boi|demando|embargo|mando|paso|yebo|meto|turno|denunsio)$")


def negated(words: Words, first: int) -> bool:
    """Whether a «no» governs the words that start at `first`; a comma or a full stop between them breaks
    it.
    """
    if words.words[first].comma_before or words.words[first].sound in _BEGINS_ANEW:
        return False
    for at in range(first - 1, max(-1, first - 1 - _LIGHT_REACH), -1):
        word = words.words[at]
        if word.sound in _NEGATORS:
            return True
        leads_on = word.sound in _HELPERS and _leads_on(words.words[at + 1].sound)
        if not (leads_on or word.sound in _LIGHT) or word.comma_before:
            return False
    return False


def announced_anew(words: Words, first: int, end: int) -> bool:
    """Whether a clause begins in `first..end` that the negator at `first` does not reach: after a comma, or
    after the verb that was denied, the speaker says what they do.
    """
    negator = words.words[first].sound
    if negator not in _NEGATORS:
        return False
    for at in range(first + 2, end - 1):
        before = words.words[at - 1].sound
        done = _INFINITIVE.search(before) or (negator == "sin" and before != "ke")
        if not (words.words[at].comma_before or done):
            continue
        rest = [*dropwhile(_LEADS_IN.__contains__, words.sounds[at:end])]
        if rest and rest[0] in _OBJECTS and any(map(_ANNOUNCES.search, rest[1:3])):
            return "ni" not in words.sounds[at:]
    return False


def _leads_on(after: str) -> bool:
    return after in ("a", "que", "de") or bool(_INFINITIVE.search(after))


def governed(words: Words, first: int, spans: Iterable[tuple[int, int]], reach: int) -> bool:
    """Whether one of `spans` begins in the same sentence, at most `reach` words before `first`."""
    for start, end in spans:
        if start <= first and first - end < reach:
            between = words.sounds[start:first]
            if STOP not in between and QUESTION not in between:
                return True
    return False
