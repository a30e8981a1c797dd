"""How the debtor addresses whoever calls: as tú or vos, or as usted, and the same all through a talk.

    form = manner_of(scenario, said)    # "tu", "usted"; empty where nothing tells
    mixes(line, form)                   # whether a line addresses otherwise

Lines are written for anybody; the case's own words (its openings, what hides behind) set the tone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from drills.scenario import Scenario
from nlp.address import LIKELY, familiar_forms
from nlp.address_shared import ORDERS_TO_USTED
from nlp.text import plain, words_of

Form = Literal["tu", "usted", ""]
# orders that a debtor's line gives to usted besides; what an agent says may mean another thing by them
_ORDERS = """
    mirelo disculpeme perdone perdoneme fijese pongale pongame anote anoteme espere deje dejeme haga
    hagame tome entienda entiendame crea creame vea venga escuche escucheme explique expliqueme hable
    hableme avise aviseme llame llameme mande mandeme cuide vaya guardese bajele digamelo repitame
    contesteme tranquilicese imaginese deme
""".split()
# the same with what hangs on them, as they are accented: «téngalo», «quédese»; tú's end in other vowels
_HANGS_ON = re.compile(
    r"\b(?:(?!ánd|píd|léel)\w*[áéíóú](?!r)\w{0,5}?(?<![ae][mst])(?<!n[ms])e"
    r"|(?:tén|pón|dí|há|trái|sál|ói|vén)ga|(?:váy|entiénd|rínd|escríb|créa|sép|vénd)a)"
    r"(?:[mts]?e)?(?:l[aeo]|me|se)\b"
)
# said to one person as usted; «ustedes» is everybody's
_USTED = re.compile(
    r"\b(?:usted|(?:le|se l[oa]) (?:\w+o|doy|voy|estoy|\w+[aei]mos|\w+re|\w+ria)|l[oa] escucho|cuente con"
    r"|(?:se )?le (?:ofrece|alcanza|parece|sirven?|queda|debo|arde|entra)"
    r"|no (?:me |le |se |l[oa] )+"
    r"(?:diga|pida|regatee|vuelva|quite|salga|haga|llame|hable|apure|moleste|venga)"
    r"|su (?:oferta|casa|abuela|supervisor|jefe|ayuda|trato|paciencia|nombre|gran solucion)"
    r"|no sabe (?:lo|cuanto)|ni se le ocurra|escoja|revise|consulte|ponga|diga"
    rf"|{'|'.join(sorted((*ORDERS_TO_USTED, *_ORDERS)))})\b"
)
_ASKED = re.compile(
    r"¿[^?]*\b(?:(?:me|se|que|quien|y) (?:llama|busca|habla|pregunta|dice|ofrece|propone|esta)"
    r"|(?:que|como|no|donde|mas) (?:quiere|oye|entiende))\b"
)
_PLURAL = re.compile(r"\b(?:ustedes|les)\b")
# says that this is not all: of the whole debt there is no rest
_REST = re.compile(
    r"\b(?:lo demas|el resto|lo que falta|de ahi seguimos|completo no|empiezo con|voy viendo|mas no|con mas"
    r"|no me (?:queda|pida) mas|no hay|ni uno mas|no es mucho|algo|lo mas que|ofrecerle mas|solo|un poco)\b"
)


def manner_of(scenario: Scenario, said: Sequence[str]) -> Form:
    """How the debtor of a case speaks to whoever calls: as its own words do, else as the lines so far."""
    own = [one for one in (scenario.hidden_reason, scenario.bait) if one]
    forms = [form for text in (*own, *said) if (form := form_of(text))]
    return forms[0] if forms else ""


@lru_cache(maxsize=8192)
def form_of(text: str) -> Form:
    """How the words address one person; empty where they do not, or do both."""
    familiar = any(one.score >= LIKELY for one in familiar_forms(words_of(text)))
    said = _PLURAL.sub(" ", plain(text))
    formal = any((_USTED.search(said), _ASKED.search(said), _HANGS_ON.search(text.lower())))
    if familiar == formal:
        return ""
    return "tu" if familiar else "usted"


def mixes(line: str, form: Form) -> bool:
    """Whether a line addresses in another way than the talk does."""
    return bool(form) and form_of(line) not in ("", form)


def leaves_rest(line: str) -> bool:
    """Whether a line speaks of a sum as of a part."""
    return _REST.search(plain(line)) is not None
